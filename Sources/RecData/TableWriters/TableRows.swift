/// A value of a table as a file holds it.
package enum TableCell: Sendable, Equatable {
  case text(String)
  case integer(Int64)
  case number(Double)
  case missing
}

/// Rows under named columns, made one group after the other, so that a table need not be in memory as a whole.
package protocol TableRows {
  var columnNames: [String] { get }
  /// What a table of them in a database is called; nil for the name of the file.
  var tableName: String? { get }
  /// The share of the rows that were given, from 0 to 1.
  var fractionDone: Double { get }
  /// The next rows, each with a cell for each column; nil at the end. Any number of them, none included.
  mutating func next() throws -> [[TableCell]]?
}

extension TableRows {
  package var tableName: String? { nil }
}

/// Rows that are in memory.
package struct StoredRows: TableRows {
  package let columnNames: [String]
  private var rows: [[TableCell]]?

  package init(columnNames: [String], rows: [[TableCell]]) {
    self.columnNames = columnNames
    self.rows = rows
  }

  package var fractionDone: Double { rows == nil ? 1 : 0 }

  package mutating func next() -> [[TableCell]]? {
    defer { rows = nil }
    return rows
  }
}
