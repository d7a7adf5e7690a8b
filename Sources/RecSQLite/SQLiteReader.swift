import GRDB

/// The rows that a statement gives, as text.
package struct SQLiteRows: Sendable, Equatable {
  package let columns: [String]
  /// A line for each row without a header, commas between fields (RFC 4180); NULL is empty, a blob a zero byte.
  package let text: [UInt8]
  package let count: Int
}

/// Reads databases, which it opens read-only.
package enum SQLiteReader {
  /// How every SQLite database begins.
  package static let signature = Array("SQLite format 3\0".utf8)

  /// The names of tables and views, ascending.
  package static func tables(in path: String) throws(SQLiteFailure) -> [String] {
    do {
      return try open(path).read { database in
        try String.fetchAll(
          database,
          sql:
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name")
      }
    } catch {
      throw SQLiteFailure(error)
    }
  }

  /// A name as SQL takes it, whatever it holds.
  package static func quoted(_ name: String) -> String {
    "\"" + String(name.flatMap { $0 == "\"" ? ["\"", "\""] : [$0] }) + "\""
  }

  /// The rows of one statement that reads.
  package static func rows(
    of statement: String, in path: String, isCancelled: () -> Bool
  ) throws(SQLiteFailure) -> SQLiteRows {
    do {
      return try open(path).read { database in
        let prepared = try database.makeStatement(sql: statement)
        guard prepared.columnCount > 0 else {
          throw SQLiteFailure.statement("it gives no rows: a SELECT does")
        }
        let columns = prepared.columnNames
        var text: [UInt8] = []
        var count = 0
        let rows = try Row.fetchCursor(prepared)
        while let row = try rows.next() {
          for column in columns.indices {
            if column > 0 { text.append(UInt8(ascii: ",")) }
            append(row[column], to: &text)
          }
          text.append(UInt8(ascii: "\n"))
          count += 1
          if count & 1023 == 0, isCancelled() { throw SQLiteFailure.cancelled }
        }
        return SQLiteRows(columns: columns, text: text, count: count)
      }
    } catch {
      throw SQLiteFailure(error)
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func append(_ value: DatabaseValue, to text: inout [UInt8]) {
    switch value.storage {
    case .null: break
    case .int64(let number): text.append(contentsOf: String(number).utf8)
    case .double(let number): text.append(contentsOf: "\(number)".utf8)
    case .string(let string):
      text.append(UInt8(ascii: "\""))
      for byte in string.utf8 {
        if byte == UInt8(ascii: "\"") { text.append(byte) }
        text.append(byte)
      }
      text.append(UInt8(ascii: "\""))
    case .blob: text.append(0)
    }
  }
}
