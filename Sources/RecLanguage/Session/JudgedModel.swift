import RecData
import RecEvaluation
import RecModels

/// What `eval` found of a model, kept for `leaderboard`.
package struct JudgedModel: Sendable {
  let name: String
  /// The algorithm with the options that are not its defaults, so that `svd k=10` and `svd k=20` are two rows.
  let statement: String
  /// The line above the table of `eval`: the data and what counts as relevant.
  let heading: String
  /// The held-out rows.
  let data: Dataset
  /// By metric, with intervals.
  var scores: [(metric: MetricChoice, value: EvaluationReport.Measurement)]

  /// Whether numbers of the two can be compared: the same rows, judged by the same rules.
  func isJudged(like other: JudgedModel) -> Bool { heading == other.heading && data.hasRows(of: other.data) }
}

extension Dataset {
  /// Whether two datasets are of the same ratings of the same users and items.
  func hasRows(of other: Dataset) -> Bool {
    interactions == other.interactions && entities.users == other.entities.users
      && entities.items == other.entities.items
  }
}

extension Session {
  /// Keeps what a report says of models that were judged on held-out rows; a model judged again takes its old place.
  mutating func keep(_ report: EvaluationReport, of models: [Model], on data: Dataset) {
    guard !report.isTrainingError else { return }
    for (row, model) in zip(report.rows, models) {
      note(report, row, of: model, on: data)
      let judged = JudgedModel(
        name: row.model, statement: model.statement, heading: report.heading(of: data), data: data,
        scores: Array(zip(report.metrics, row.values)).map { (metric: $0, value: $1) })
      let place = judgedModels.firstIndex {
        $0.name == judged.name && $0.statement == judged.statement && $0.isJudged(like: judged)
      }
      guard let place else {
        judgedModels.append(judged)
        continue
      }
      for score in judged.scores {
        judgedModels[place].scores.removeAll { $0.metric.name == score.metric.name }
        judgedModels[place].scores.append(score)
      }
    }
  }
}

extension Session {
  /// Lets a bound model know what it was found to be worth, so that its file can tell.
  private mutating func note(
    _ report: EvaluationReport, _ row: EvaluationReport.Row, of model: Model, on data: Dataset
  ) {
    guard case .model(var own)? = self[model.name] else { return }
    let scores = zip(report.metrics, row.values).compactMap { metric, measured in
      measured.value.map { "\(metric.name) \(decimals($0, 4))" }
    }
    own.judgement = "\(scores.joined(separator: " · ")) on \(report.heading(of: data))"
    replace(model.name, .model(own))
  }
}

extension Model {
  /// How one would type what it is: `svd k=20`, `blend svd:0.8 tfidf:0.2`.
  var statement: String {
    let specs = AlgorithmCatalog[algorithm]?.options ?? []
    let changed = options.entries.filter { entry in
      specs.first { $0.name == entry.name }?.defaultValue != entry.value
    }
    let parts = parts.map { "\($0.model.name):\(decimals($0.weight, 2))" }
    let words =
      [algorithm] + parts + changed.map { "\($0.name)=\($0.value.text)" } + preparationPhrases.map { "(\($0))" }
    return words.joined(separator: " ")
  }
}

extension OptionValue {
  /// The value as one would type it.
  fileprivate var text: String {
    switch self {
    case .count(let count): String(count)
    case .number(let number): plain(number)
    case .flag(let isOn): isOn ? "on" : "off"
    case .word(let word): word
    case .words(let words): words.joined(separator: ",")
    case .range(let lowest, let highest, let step):
      "\(plain(lowest))..\(plain(highest))" + (step.map { ":\(plain($0))" } ?? "")
    }
  }
}
