extension Output.Content {
  /// How many cells of a stored table a session keeps.
  private static let keptCells = 20_000

  /// What a session keeps of an output, so that it can be saved as a document; nothing of an error.
  ///
  /// Of a lazy table those are the rows that were shown, so that no model is held by it; of a long one its first rows.
  var kept: Output.Content? {
    switch self {
    case .error: return nil
    case .table(var table):
      switch table.rows {
      case .stored(let rows):
        table.rows = .stored(Array(rows.prefix(Self.keptCells / max(1, table.columns.count))))
      case .lazy(_, let summary, _):
        let shown = table.firstRows
        table.rows = .lazy(groupCount: 1, summary: summary) { _ in shown }
      }
      return .table(table)
    case .text, .value, .figure, .summary, .warning: return self
    }
  }
}
