import RecKernels
import RecSQLite

extension TableFormat {
  /// A table of an SQLite database, whose other tables stay; missing values are NULL.
  package static let sqlite = TableFormat(
    database: "db", orElse: ["sqlite", "sqlite3"], summary: "a table of an SQLite database, whose others stay")
}

extension SQLiteTable {
  /// Writes rows as a table, which is there in full afterwards, or the file is as it was before.
  ///
  /// A file that is no database yet is written beside its place and moved there; in a database the table is replaced in
  /// one transaction.
  static func write(_ rows: some TableRows, to path: String, execution: Execution) throws -> Int {
    let table = rows.tableName ?? LoadSources.baseName(path, droppingEnding: true)
    let existing = try? FileBytes(contentsOf: path)
    if let existing, isDatabase(existing) {
      return try write(rows, table, path, in: path, isScratch: false, execution)
    }
    let file = try AtomicFile(replacing: path)
    let count = try write(rows, table, path, in: file.temporaryPath, isScratch: true, execution)
    try file.finish()
    return count
  }

  private static func write(
    _ rows: some TableRows, _ table: String, _ path: String, in file: String, isScratch: Bool, _ execution: Execution
  ) throws -> Int {
    var rows = rows
    do {
      return try SQLiteWriter.replace(table: table, columns: rows.columnNames, in: file, isScratch: isScratch) {
        try execution.checkpoint()
        execution.report(Progress(label: "save", fraction: rows.fractionDone))
        return try rows.next()?.map { $0.map(SQLiteValue.init) }
      }
    } catch let failure as SQLiteFailure {
      switch failure {
      case .cancelled: throw Cancelled()
      case .full: throw DataError.notWritable(path: path, reason: "no space left")
      case .locked: throw DataError.notWritable(path: path, reason: "another program holds it")
      case .damaged: throw DataError.damaged(path: path, reason: "it is no SQLite database any more")
      case .statement(let message), .other(let message): throw DataError.notWritable(path: path, reason: message)
      }
    }
  }
}

extension SQLiteValue {
  fileprivate init(_ cell: TableCell) {
    switch cell {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = number.isFinite ? .number(number) : .null
    case .missing: self = .null
    }
  }
}
