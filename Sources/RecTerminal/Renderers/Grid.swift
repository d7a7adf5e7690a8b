import RecLanguage

/// A table as people read it: texts in columns, the intervals beside their values, what all rows share below.
struct Grid {
  struct Column {
    var name: String
    var isNumeric: Bool
    var texts: [String]
    /// The intervals of the rows, where the column has some.
    var intervals: [String]?

    var width: Int {
      max(displayWidth(of: name), texts.lazy.map { displayWidth(of: $0) }.max() ?? 0)
    }
  }

  var columns: [Column]
  let rowCount: Int
  /// Facts that are the same for every row, such as `users 610`.
  let shared: [String]

  init(_ table: Table) {
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

  /// The values with their intervals behind them in the same cells.
  func withIntervalsInCells() -> Grid {
    var grid = self
    for place in columns.indices {
      guard let intervals = columns[place].intervals else { continue }
      let widest = intervals.map { displayWidth(of: $0) }.max() ?? 0
      grid.columns[place].texts = zip(columns[place].texts, intervals).map { text, interval in
        widest == 0 ? text : text + " " + (interval.isEmpty ? "" : "(\(interval))").padded(toWidth: widest + 2)
      }
      grid.columns[place].intervals = nil
    }
    return grid
  }
}
