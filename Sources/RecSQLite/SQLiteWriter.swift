import GRDB

/// A value of a row as SQLite stores it.
package enum SQLiteValue: Sendable, Equatable {
  case text(String)
  case integer(Int64)
  case number(Double)
  case null
}

/// Writes tables into databases.
package enum SQLiteWriter {
  /// Replaces one table of a database, in one transaction: it is there in full afterwards, or as it was before.
  ///
  /// - Parameters:
  ///   - isScratch: whether the file is new and ours alone, so that no journal is needed.
  ///   - next: the next rows, each with a value for each column; nil at the end. What it throws is thrown on.
  /// - Returns: the number of rows.
  /// - Throws: `SQLiteFailure`, and what `next` throws.
  package static func replace(
    table: String, columns: [String], in path: String, isScratch: Bool, next: () throws -> [[SQLiteValue]]?
  ) throws -> Int {
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)
    if isScratch {
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF") }
    }
    let name = SQLiteReader.quoted(table)
    let names = columns.map(SQLiteReader.quoted).joined(separator: ", ")
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    do {
      return try DatabaseQueue(path: path, configuration: configuration).write { database in
        try database.execute(sql: "DROP TABLE IF EXISTS \(name)")
        try database.execute(sql: "CREATE TABLE \(name) (\(names))")
        let insert = try database.makeStatement(sql: "INSERT INTO \(name) VALUES (\(places))")
        var count = 0
        while let rows = try next() {
          for row in rows { try insert.execute(arguments: StatementArguments(row.map(\.databaseValue))) }
          count += rows.count
        }
        return count
      }
    } catch let error as DatabaseError {
      throw SQLiteFailure(error)
    }
  }
}

extension SQLiteValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .text(let text): text.databaseValue
    case .integer(let number): number.databaseValue
    case .number(let number): number.databaseValue
    case .null: .null
    }
  }
}
