import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Every model that was judged, best first.
  static let leaderboard = Command(
    "leaderboard", .judging, summary: "rank every model that was judged in this session",
    options: [
      OptionSpec("on", .dataset, "the held-out rows; needed where models were judged on several"),
      OptionSpec("metric", .metrics, "rank by it, and show it alone; without it all, by the first ndcg, else rmse"),
    ],
    examples: [Example("eval popular svd; leaderboard", after: .trained)],
    notes: """
      Numbers of different rows, or by different rules of what is relevant, do not compare: `leaderboard` refuses to mix \
      them, and says which model was judged on what. Training errors are left out. A model whose options changed is a row \
      of its own.
      """
  ) { call, session in
    var judged = session.judgedModels
    if let argument = call.argument("on") {
      let data = try session.dataset(argument)
      judged = judged.filter { $0.data.hasRows(of: data) }
    }
    guard let last = judged.last else {
      throw Diagnostic(
        .missing, "no model has been judged\(call.argument("on").map { " on '\($0.text)'" } ?? "")",
        at: call.argument("on")?.range ?? call.verbRange, help: "judge some first: eval svd popular")
    }
    guard judged.allSatisfy({ $0.isJudged(like: last) }) else { throw Diagnostic(mixed: judged, call, session) }
    let table = try Leaderboard(judged, call).table
    return Reply(.table(table), outputs: [.table(table)])
  }
}

/// The rows of models that can be compared, in order.
private struct Leaderboard {
  private let judged: [JudgedModel]
  private let metrics: [MetricChoice]
  private let first: MetricChoice

  init(_ judged: [JudgedModel], _ call: Call) throws(Diagnostic) {
    var metrics: [MetricChoice] = []
    for score in judged.flatMap(\.scores) where !metrics.contains(where: { $0.name == score.metric.name }) {
      metrics.append(score.metric)
    }
    var first = metrics.first { $0.metric.name == "ndcg" } ?? metrics.first { $0.metric.name == "rmse" } ?? metrics[0]
    if let argument = call.argument("metric") {
      let wanted = argument.text.lowercased()
      guard let found = metrics.first(where: { $0.name == wanted || $0.metric.name == wanted }) else {
        throw Diagnostic(
          .unknownMetric, "no model was judged by '\(argument.text)'", at: argument.range,
          help: "judged by: \(metrics.map(\.name).joined(separator: ", "))")
      }
      first = found
      metrics = [found]
    }
    self.first = first
    self.metrics = metrics
    let name = first.name
    let sign = first.metric.isLargerBetter ? -1.0 : 1
    self.judged = judged.enumerated().sorted { left, right in
      // What has no value stands last; ties stay in the order of judging.
      let values = [left, right].map { $0.element[name]?.value.map { $0 * sign } ?? .infinity }
      return values[0] == values[1] ? left.offset < right.offset : values[0] < values[1]
    }.map(\.element)
  }

  var table: Table {
    var columns = [
      Table.Column("rank", .count), Table.Column("model", .text), Table.Column("statement", .text),
    ]
    for metric in metrics { columns += metric.columns }
    let rows = judged.enumerated().map { place, model -> [Table.Cell] in
      [.count(place + 1), .text(model.name), .text(model.statement)]
        + metrics.flatMap { metric in metric.cells(model[metric.name]) }
    }
    let order = first.metric.isLargerBetter ? "larger is better" : "smaller is better"
    return Table(
      heading: "\(judged[0].heading) · by \(first.name), \(order)", columns: columns, rows: rows)
  }
}

extension JudgedModel {
  /// What a metric gave.
  fileprivate subscript(metric: String) -> EvaluationReport.Measurement? {
    scores.first { $0.metric.name == metric }?.value
  }
}

extension Diagnostic {
  /// Models that were judged on different rows or by different rules.
  fileprivate init(mixed judged: [JudgedModel], _ call: Call, _ session: Session) {
    var splits: [(first: JudgedModel, names: [String], bound: String?)] = []
    for model in judged {
      if let place = splits.firstIndex(where: { $0.first.isJudged(like: model) }) {
        if !splits[place].names.contains(model.name) { splits[place].names.append(model.name) }
      } else {
        let bound = session.names.last { name in
          if case .dataset(let data)? = session[name] { data.hasRows(of: model.data) } else { false }
        }
        splits.append((model, [model.name], bound))
      }
    }
    let told = splits.map { split in
      let rows = "\(split.first.heading), \(counted(split.first.data.count, "row"))"
      return "\(split.names.joined(separator: ", ")) on \(rows)" + (split.bound.map { " ('\($0)')" } ?? "")
    }
    let sameRows = splits.allSatisfy { $0.first.data.hasRows(of: splits[0].first.data) }
    let bound = splits.reversed().lazy.compactMap(\.bound).first
    self.init(
      .mixedSplits,
      sameRows
        ? "these models were judged by different rules, and their numbers do not compare"
        : "these models were judged on different rows, and their numbers do not compare",
      at: call.verbRange, hint: sameRows ? nil : bound.map { "leaderboard on=\($0)" },
      help: told.joined(separator: "; "))
  }
}
