import RecLanguage

extension Grid.Column {
  /// The cells that its name and its texts take.
  var width: Int {
    max(displayWidth(of: name), texts.lazy.map { displayWidth(of: $0) }.max() ?? 0)
  }
}

extension Grid {
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
