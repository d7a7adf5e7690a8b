import RecKernels
import RecSQLite

/// A table of an SQLite database, or what a statement gives, as delimited text; its lines are the rows of the result.
enum SQLiteTable {
  /// Tables that hold ratings where nobody says which does.
  private static let usualNames = ["ratings", "interactions", "events", "reviews", "purchases", "orders"]

  static func isDatabase(_ file: FileBytes) -> Bool {
    let signature = SQLiteReader.signature
    return file.count >= signature.count && file[0..<signature.count] == signature
  }

  /// Reads the rows that the options ask for.
  ///
  /// - Throws: `DataError.sql` for a statement that is wrong, `.noTable`, `.damaged`, `.unreadable`; `Cancelled`.
  static func open(
    _ path: String, options: LoadOptions, execution: Execution
  ) throws -> (source: TextSource, layout: FileLayout, summary: String) {
    if options.table != nil, options.query != nil {
      throw DataError.unsuitableOption(option: "query", reason: "and table= exclude each other")
    }
    let statement: String
    let summary: String
    if let query = options.query {
      statement = query
      summary = "an SQLite query"
    } else {
      let table = try table(in: path, asked: options.table, kind: options.kind)
      statement = "SELECT * FROM \(SQLiteReader.quoted(table))"
      summary = "table '\(table)' of an SQLite database"
    }
    let cancellation = execution.cancellation
    let outcome = try execution.abandonable {
      Result { () throws(SQLiteFailure) in
        try SQLiteReader.rows(of: statement, in: path) { cancellation.isCancelled }
      }
    }
    switch outcome {
    case .success(let rows):
      if rows.count == 0 { throw DataError.empty(path: path) }
      let source = TextSource(converted: FileBytes(joining: [rows.text]), path: path, origin: nil)
      return (source, .converted(rows.columns), summary)
    case .failure(let failure):
      throw try error(failure, path, option: options.query == nil ? nil : "query")
    }
  }

  /// The first of some tables that a database has; nil where it has none of them, and for a file that is no database.
  static func preferred(_ names: [String], in path: String) throws -> String? {
    guard !names.isEmpty, let file = try? FileBytes(contentsOf: path), isDatabase(file) else { return nil }
    do {
      let tables = try SQLiteReader.tables(in: path)
      return names.lazy.compactMap { name in tables.first { $0.lowercased() == name } }.first
    } catch {
      throw try self.error(error, path, option: nil)
    }
  }

  private static func table(in path: String, asked: String?, kind: TableKind?) throws -> String {
    let tables: [String]
    do {
      tables = try SQLiteReader.tables(in: path)
    } catch {
      throw try self.error(error, path, option: nil)
    }
    if let asked {
      guard let table = tables.first(where: { $0.lowercased() == asked.lowercased() }) else {
        throw DataError.noTable(path: path, asked: asked, tables: tables)
      }
      return table
    }
    if tables.count == 1 { return tables[0] }
    let usual = kind == nil || kind == .ratings ? usualNames : [kind?.rawValue ?? ""]
    guard let table = usual.lazy.compactMap({ name in tables.first { $0.lowercased() == name } }).first else {
      throw DataError.noTable(path: path, asked: nil, tables: tables)
    }
    return table
  }

  private static func error(_ failure: SQLiteFailure, _ path: String, option: String?) throws -> DataError {
    switch failure {
    case .damaged: .damaged(path: path, reason: "it is no SQLite database any more")
    case .locked: .unreadable(path: path, reason: "another program holds it")
    case .full: .unreadable(path: path, reason: "no space left")
    case .cancelled: throw Cancelled()
    case .statement(let message): .sql(path: path, message: message, option: option)
    case .other(let message): .unreadable(path: path, reason: message)
    }
  }
}
