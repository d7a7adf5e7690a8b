import RecEvaluation

extension Output.Content {
  /// The one number or phrase that the history shows beside the statement; nil where there is none.
  ///
  /// Of a table of judged models it is the best of the first metric, and whose it is.
  var headline: String? {
    switch self {
    case .value(let number): plain(number)
    case .summary(let summary): summary.phrase
    case .table(let table): table.headline
    case .text, .figure, .warning, .error: nil
    }
  }
}

extension Table {
  fileprivate var headline: String? {
    guard case .stored(let rows) = rows, !rows.isEmpty else { return nil }
    guard let place = columns.firstIndex(where: { $0.metric != nil }), let metric = columns[place].metric else {
      return counted(rows.count, "row")
    }
    var best: (name: String, value: Double)?
    for row in rows {
      guard case .number(let value) = row[place], case .text(let name)? = row.first(where: \.isText) else { continue }
      if let best, metric.isLargerBetter ? value <= best.value : value >= best.value { continue }
      best = (name, value)
    }
    return best.map { "\(columns[place].name) \(decimals($0.value, 4)) (\($0.name))" }
  }
}

extension Table.Column {
  /// The metric that it holds, with or without a cutoff.
  fileprivate var metric: Metric? { role == .plain ? MetricCatalog[String(name.prefix { $0 != "@" })] : nil }
}

extension Table.Cell {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
