import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Whether models differ by more than chance.
  static let compare = Command(
    "compare", .judging, summary: "tell whether models differ, user by user",
    operands: [
      Operand(
        "models", .model, .any, "two models or more; popular, baseline and random need no training")
    ],
    options: [
      OptionSpec("metric", .metrics, "what to compare by; without it ndcg"),
      OptionSpec("on", .dataset, default: "test", "what to judge on"),
    ] + OptionSpec.judging,
    examples: [
      Example("compare svd popular", after: .trained),
      Example("compare svd popular tfidf metric=recall", after: .trained),
      Example("compare svd baseline metric=rmse; plot", after: .trained),
    ],
    notes: """
      All models are judged by the same users, and each user's values are compared: the difference of the means (of rmse: \
      of the pooled values) with the interval of 1,000 resamplings of users, the better model first; users for whom it is \
      better (win), equal or worse (loss); Cohen's d_z, the mean difference in its standard deviations (0.2 is small, 0.8 \
      large); the paired t-test and Wilcoxon's signed-rank test, two-sided. Of rmse and mae a user's value is that of the \
      user's own test ratings.

      With several models every pair is tested. holm_p is the p-value of the t-test corrected for the number of pairs; from \
      0.05 on the line below says that the data show no difference. That is no proof that there is none: the interval says \
      how large it may be. Users of one data set, one split and one training are compared; what another training would give \
      shows `crossval`.
      """,
    source: """
      Smucker, Allan & Carterette 2007 (tests of rankings), doi:10.1145/1321440.1321528; Wilcoxon 1945, \
      doi:10.2307/3001968; Holm 1979; Efron & Tibshirani 1993, doi:10.1201/9780429246593
      """
  ) { call, session in
    let data = try session.judgingData(call)
    guard call.operands.count > 1 else {
      throw Diagnostic(
        .missingOperand, "'compare' needs two models or more", at: call.operands.first?.range ?? call.verbRange,
        hint: "such as compare \(call.operands.first?.text ?? "svd") popular")
    }
    let models = try call.operands.map { try session.model($0) }
    let metric = try call.userMetric(of: data, orFirstOf: ["ndcg"])
    do {
      let report = try evaluate(
        models: models, on: data, request: try call.evaluationRequest(for: data, metrics: [metric]),
        seed: session.settings.seed, execution: session.execution)
      session.keep(report, of: models, on: data)
      let comparisons = report.comparisons(of: 0)
      guard !comparisons.isEmpty else {
        let without = report.rows.filter { $0.values[0].value == nil }.map(\.model)
        throw Diagnostic(
          .unsuitableModel,
          "\(listed(without, "and")) \(without.count == 1 ? "has" : "have") no value of \(metric.name)",
          at: call.argument("metric")?.range ?? call.verbRange,
          hint: metric.metric.judgesRatings ? "metric=ndcg compares models that predict no ratings" : nil)
      }
      let table = report.table(of: comparisons, metric: metric, data: data)
      // People read two tables that fit a screen; `it` has all columns.
      let (sizes, tests) = (
        table.with(columns: Self.sizeColumns), table.with(columns: Self.testColumns, title: "tests")
      )
      return Reply(.table(table), outputs: [.table(sizes), .table(tests)] + comparisons.map { .text($0.verdict) })
    } catch let error as EvaluationError {
      throw Diagnostic(evaluationError: error, call: call, data: data)
    }
  }
}

extension Command {
  private static let sizeColumns = ["difference", "value", "low", "high", "win", "tie", "loss", "d_z", "users"]
  private static let testColumns = ["difference", "t", "t_p", "wilcoxon_p", "holm_p"]
}

extension Table {
  /// Some of its columns, under its heading or a title of their own.
  fileprivate func with(columns names: [String], title: String? = nil) -> Table {
    let places = names.compactMap { place(ofColumn: $0) }
    return Table(
      title: title ?? self.title, heading: title == nil ? heading : nil, columns: places.map { columns[$0] },
      rows: firstRows(.max).map { row in places.map { row[$0] } })
  }
}

extension EvaluationReport {
  fileprivate func table(of comparisons: [PairedComparison], metric: MetricChoice, data: Dataset) -> Table {
    let columns = [
      Table.Column("difference", .text), Table.Column("value", .decimals(4)),
      Table.Column("low", .decimals(4), role: .low(of: "value")),
      Table.Column("high", .decimals(4), role: .high(of: "value")), Table.Column("win", .count),
      Table.Column("tie", .count), Table.Column("loss", .count), Table.Column("d_z", .decimals(3)),
      Table.Column("t", .decimals(2)), Table.Column("t_p", .decimals(4)), Table.Column("wilcoxon_p", .decimals(4)),
      Table.Column("holm_p", .decimals(4)), Table.Column("users", .count, role: .context),
    ]
    let rows = comparisons.map { pair -> [Table.Cell] in
      let difference = pair.difference
      return [
        .text("\(difference.first) − \(difference.second)"), Table.Cell(difference.value), Table.Cell(difference.low),
        Table.Cell(difference.high), .count(pair.wins), .count(pair.ties), .count(pair.losses),
        Table.Cell(pair.effectSize), Table.Cell(pair.t), Table.Cell(pair.tP), Table.Cell(pair.signedRankP),
        Table.Cell(pair.holmP), .count(pair.users),
      ]
    }
    return Table(title: "differences", heading: "\(metric.name) · \(heading(of: data))", columns: columns, rows: rows)
  }
}

extension PairedComparison {
  /// What one may say.
  fileprivate var verdict: String {
    let (first, second) = (difference.first, difference.second)
    return isShown
      ? "\(first) is better than \(second)" : "\(first) and \(second): no difference that this data can show"
  }
}
