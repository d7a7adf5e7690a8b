import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Judges models on what was held out.
  static let eval = Command(
    "eval", .judging, summary: "judge models on ratings that they have not seen",
    operands: [
      Operand(
        "models", .model, .any, "models; without one the newest; popular, baseline and random need no training")
    ],
    options: [
      OptionSpec("on", .dataset, default: "test", "what to judge on; on=train gives the training error, labelled"),
      OptionSpec(
        "metrics", .metrics, list: true, "the columns; without it rmse, precision, recall, ndcg and coverage"),
      .count(
        "at", default: 10, in: 1...1_000_000, unit: "items",
        "the length of lists, for metrics without a cutoff of their own"),
      OptionSpec(
        "relevant", .relevance, default: "auto",
        "from which rating on an item is relevant; auto is three quarters of the scale"),
      .choice(
        "gain", default: "binary",
        [Choice("binary", "1 for a relevant item"), Choice("graded", "2^rating − 1 for every test item")],
        "what an item adds to ndcg"),
      OptionSpec(
        "candidates", .candidates, default: "all",
        "which items compete: every one, or so many drawn beside the user's own"),
    ],
    examples: [
      Example("eval popular svd tfidf", after: .trained), Example("eval svd metrics=ndcg@5,mrr,mae", after: .trained),
      Example("eval svd on=train", after: .trained),
    ],
    notes: """
      Candidates are all items that the user has no training rating of, the same for all models; what a model cannot \
      score stands last, tied. Ranking metrics are means over users with a relevant test item; the others are counted as \
      skipped. RMSE and MAE use every test row, fallback answers included and counted, with predictions clipped to the \
      scale. Intervals are the 2.5 and 97.5 percentiles of 1,000 resamplings of users, undefined below ten users. With \
      several models a last line gives the paired difference between the two best. Rows that a model was trained on are \
      refused. `help ndcg` defines a metric.
      """,
    source: "Efron & Tibshirani 1993 (bootstrap), doi:10.1201/9780429246593"
  ) { call, session in
    let data = try session.judgingData(call)
    var models = try call.operands.map { try session.model($0) }
    if models.isEmpty { models = [try session.model(with: nil, for: call)] }
    let request = try call.evaluationRequest(for: data)
    do {
      let report = try evaluate(
        models: models, on: data, request: request, seed: session.settings.seed, execution: session.execution)
      session.keep(report, of: models, on: data)
      let tables = report.tables(of: data)
      let warning = call.warning(onNothingRelevantIn: report, feedback: data.feedback).map(Output.Content.warning)
      return Reply(
        .table(tables[0]), outputs: [warning].compactMap { $0 } + tables.map(Output.Content.table) + report.remarks)
    } catch let error as EvaluationError {
      throw Diagnostic(evaluationError: error, call: call, data: data)
    }
  }
}

extension Session {
  /// What `on=` names, else `test`.
  fileprivate func judgingData(_ call: Call) throws(Diagnostic) -> Dataset {
    if let argument = call.argument("on") {
      if self[argument.text] != nil || argument.text.lowercased() != "test" { return try dataset(argument) }
    } else if case .dataset(let test)? = self["test"] {
      return test
    }
    throw Diagnostic(
      .missing, "nothing is held out to judge on", at: call.verbRange,
      help: "split the ratings and train again: split test=20% by=user")
  }
}

extension Call {
  fileprivate func evaluationRequest(for data: Dataset) throws(Diagnostic) -> EvaluationRequest {
    let length = try count("at") ?? 10
    var metrics: [MetricChoice] = []
    for argument in options["metrics"] ?? [] {
      do { metrics.append(try MetricChoice(parsing: argument.text, listLength: length)) } catch {
        throw Diagnostic(metricError: error, at: argument.range)
      }
    }
    if metrics.isEmpty { metrics = MetricCatalog.defaults(for: data.feedback, listLength: length) }
    let relevance = try number("relevant").map { EvaluationRequest.Relevance.atLeast(Float($0)) }
    return EvaluationRequest(
      metrics: metrics, relevance: relevance ?? .auto, gain: try word("gain") == "graded" ? .graded : .binary,
      candidates: try count("candidates").map(EvaluationRequest.Candidates.sampled) ?? .all,
      allowsTrainingRows: data.role == .train || argument("on")?.text == "train")
  }
  /// Warns where no user has a relevant test item, so that no ranking metric is defined.
  fileprivate func warning(onNothingRelevantIn report: EvaluationReport, feedback: Feedback) -> Diagnostic? {
    guard report.rows.allSatisfy({ $0.users == 0 }), !report.metrics.allSatisfy(\.metric.judgesRatings)
    else { return nil }
    var warning = Diagnostic(
      warning: "nothing-relevant", "no user has a relevant test item, and ranking metrics are undefined",
      at: argument("relevant")?.range ?? verbRange)
    if case .ratings(let scale) = feedback {
      warning.hint = "ratings go from \(plain(Double(scale.lowest))) to \(plain(Double(scale.highest)))"
    }
    return warning
  }
}
