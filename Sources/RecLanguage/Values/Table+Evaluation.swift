import RecData
import RecEvaluation
import RecModels

extension EvaluationReport {
  /// A row for each model, and with several models the difference between the two best.
  func tables(of data: Dataset) -> [Table] {
    var columns = [Table.Column("model", .text)]
    for metric in metrics { columns += metric.columns }
    columns += ["users", "ratings", "skipped", "fallback"].map { Table.Column($0, .count, role: .context) }
    let cells = rows.map { row -> [Table.Cell] in
      var cells: [Table.Cell] = [.text(row.model)]
      for (metric, value) in zip(metrics, row.values) { cells += metric.cells(value) }
      return cells + [.count(row.users), .count(row.ratings), .count(row.skipped), .count(row.fallback)]
    }
    let main = Table(
      title: isTrainingError ? "training error" : nil, heading: heading(of: data), columns: columns, rows: cells)
    return differences.isEmpty ? [main] : [main, differenceTable]
  }

  /// The line above the table: the data and what counts as relevant.
  func heading(of data: Dataset) -> String {
    // A file of its own that is tested on is no part of a split.
    let judged = data.role == .whole ? data.name : "\(data.role.rawValue) of \(data.name)"
    var parts = [isTrainingError ? "training error" : judged]
    switch relevance {
    case .atLeast(let mark): parts.append("relevant from \(plain(Double(mark)))")
    case .everyInteraction: parts.append("every interaction relevant")
    }
    if case .sampled(let count) = candidates { parts.append("\(grouped(count)) sampled candidates") }
    if gain == .graded { parts.append("graded gain") }
    return parts.joined(separator: " · ")
  }

  private var differenceTable: Table {
    let rows = differences.map { difference -> [Table.Cell] in
      [
        .text("\(difference.first) − \(difference.second)"), .text(difference.metric), Table.Cell(difference.value),
        Table.Cell(difference.low), Table.Cell(difference.high),
      ]
    }
    return Table(
      title: "differences",
      columns: [
        Table.Column("difference", .text), Table.Column("metric", .text), Table.Column("value", .decimals(4)),
        Table.Column("low", .decimals(4), role: .low(of: "value")),
        Table.Column("high", .decimals(4), role: .high(of: "value")),
      ], rows: rows)
  }

  /// What stands under the tables.
  var remarks: [Output.Content] {
    notes.map { note in
      switch note {
      case .belowPopular(let model, let metric, let value, let popular):
        .text(
          "note: \(model) ranks below popular by \(metric): \(decimals(value, 4)) against \(decimals(popular, 4))")
      case .trainingError(let model, let rows):
        .text("note: \(model) was trained on \(grouped(rows)) of these rows")
      }
    }
  }
}

extension MetricChoice {
  /// Its column, and those of its interval where it has one.
  var columns: [Table.Column] {
    let value = Table.Column(name, metric.name == "coverage" ? .percent(1) : .decimals(4))
    guard metric.hasInterval else { return [value] }
    return [
      value, Table.Column(name + "_low", .decimals(3), role: .low(of: name)),
      Table.Column(name + "_high", .decimals(3), role: .high(of: name)),
    ]
  }

  /// A number in its columns.
  func cells(_ value: EvaluationReport.Measurement?) -> [Table.Cell] {
    [Table.Cell(value?.value)] + (metric.hasInterval ? [Table.Cell(value?.low), Table.Cell(value?.high)] : [])
  }
}
