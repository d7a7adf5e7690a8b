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
        "relevant", .text, default: "auto",
        "from which rating on an item is relevant; auto is three quarters of the scale"),
      .choice(
        "gain", default: "binary",
        [Choice("binary", "1 for a relevant item"), Choice("graded", "2^rating − 1 for every test item")],
        "what an item adds to ndcg"),
      OptionSpec(
        "candidates", .text, default: "all", "which items compete: all, or sampled:100 beside the user's own"),
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
      let tables = report.tables(of: data)
      return Reply(.table(tables[0]), outputs: tables.map(Output.Content.table) + report.remarks)
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
    var relevance = EvaluationRequest.Relevance.auto
    if let argument = argument("relevant"), argument.text.lowercased() != "auto" {
      relevance = .atLeast(Float(try argument.read(Literal.number)))
    }
    return EvaluationRequest(
      metrics: metrics, relevance: relevance, gain: try word("gain") == "graded" ? .graded : .binary,
      candidates: try candidates(), allowsTrainingRows: data.role == .train || argument("on")?.text == "train")
  }

  private func candidates() throws(Diagnostic) -> EvaluationRequest.Candidates {
    guard let argument = argument("candidates"), argument.text.lowercased() != "all" else { return .all }
    guard argument.text.lowercased() == "sampled", let count = argument.weight.flatMap({ Int(exactly: $0) }), count > 0
    else {
      throw Diagnostic(
        .badValue, "'candidates' takes all or sampled:N, found '\(argument.text)'", at: argument.range,
        hint: "such as candidates=sampled:100")
    }
    return .sampled(count)
  }
}
