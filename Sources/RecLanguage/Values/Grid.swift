/// A table as people read it: texts in columns, the intervals beside their values, what all rows share below.
package struct Grid {
  package struct Column {
    package var name: String
    package var isNumeric: Bool
    package var texts: [String]
    /// The intervals of the rows, where the column has some.
    package var intervals: [String]?
  }

  package var columns: [Column]
  package let rowCount: Int
  /// Facts that are the same for every row, such as `users 610`.
  package let shared: [String]

  package init(_ table: Table) {
    let rows = table.firstRows
    rowCount = rows.count
    var columns: [Column] = []
    var shared: [String] = []
    for (place, column) in table.columns.enumerated() {
      let texts = rows.map { $0[place].text(column.style) }
      switch column.role {
      case .low, .high: continue
      case .context:
        if let first = texts.first, texts.allSatisfy({ $0 == first }) {
          shared.append("\(column.name) \(first)")
          continue
        }
      case .plain: break
      }
      columns.append(
        Column(
          name: column.name, isNumeric: column.style != .text, texts: texts,
          intervals: Self.intervals(of: column, in: table, rows: rows)))
    }
    self.columns = columns
    self.shared = shared
  }

  private static func intervals(of column: Table.Column, in table: Table, rows: [[Table.Cell]]) -> [String]? {
    guard let low = table.columns.firstIndex(where: { $0.role == .low(of: column.name) }),
      let high = table.columns.firstIndex(where: { $0.role == .high(of: column.name) })
    else { return nil }
    return rows.map { row in
      if row[low] == .undefined || row[high] == .undefined { return "" }
      return "\(row[low].text(table.columns[low].style))..\(row[high].text(table.columns[high].style))"
    }
  }
}
