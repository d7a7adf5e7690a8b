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
    if gain != .binary { parts.append("graded gain") }
    if let library { parts.append("as \(library.title) counts") }
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
  var remarks: [Output.Content] { listRemarks + noteRemarks }

  /// What the lists look like, so that one sees where everybody is shown the same.
  private var listRemarks: [Output.Content] {
    if lists.count == 1, let overlap = lists[0].overlap, let popularity = lists[0].popularity {
      return [
        .text(
          "two users' lists share \(decimals(overlap * 100, 1))%, an item in them has \(decimals(popularity, 1)) ratings"
        )
      ]
    }
    func line(_ words: String, _ value: (Lists) -> String?) -> String? {
      let values = lists.compactMap { list in
        value(list).map { "\(list.model) \($0)" }
      }
      let text = "\(words): \(values.joined(separator: ", "))"
      return values.isEmpty ? nil : HelpText.wrap(text, width: 78).joined(separator: "\n  ")
    }
    let lines = [
      line("two users' lists share", { list in list.overlap.map { decimals($0 * 100, 1) + "%" } }),
      line("ratings of an item in them", { list in list.popularity.map { decimals($0, 1) } }),
    ].compactMap { $0 }
    return lines.isEmpty ? [] : [.text(lines.joined(separator: "\n"))]
  }

  private var noteRemarks: [Output.Content] {
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

extension Table {
  /// A row for each group and model.
  init(groups: [(group: TestGroup, report: EvaluationReport)], by word: String) {
    let metrics = groups.first?.report.metrics ?? []
    let hasRanges = groups.contains { !$0.group.range.isEmpty }
    var columns = [Column(word.lowercased(), .text), Column("model", .text)]
    if hasRanges { columns.append(Column("range", .text)) }
    for metric in metrics { columns += metric.columns }
    columns += ["users", "ratings"].map { Column($0, .count) }
    let rows = groups.flatMap { group, report in
      report.rows.map { row -> [Cell] in
        [.text(group.name), .text(row.model)] + (hasRanges ? [.text(group.range)] : [])
          + zip(metrics, row.values).flatMap { $0.cells($1) } + [.count(row.users), .count(row.ratings)]
      }
    }
    self.init(title: "by \(word.lowercased())", columns: columns, rows: rows)
  }
}

extension MetricChoice {
  /// How its values read.
  var style: Table.Style {
    switch metric.name {
    case "coverage", "overlap": .percent(1)
    case "popularity": .decimals(1)
    case "novelty": .decimals(2)
    default: .decimals(4)
    }
  }

  /// Its column, and those of its interval where it has one.
  var columns: [Table.Column] {
    let value = Table.Column(name, style)
    guard metric.hasInterval else { return [value] }
    return [
      value, Table.Column(name + "_low", boundStyle, role: .low(of: name)),
      Table.Column(name + "_high", boundStyle, role: .high(of: name)),
    ]
  }

  private var boundStyle: Table.Style { if case .decimals(4) = style { .decimals(3) } else { style } }

  /// A number in its columns.
  func cells(_ value: EvaluationReport.Measurement?) -> [Table.Cell] {
    [Table.Cell(value?.value)] + (metric.hasInterval ? [Table.Cell(value?.low), Table.Cell(value?.high)] : [])
  }
}
