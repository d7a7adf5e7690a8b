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
      .judgedMetrics,
      OptionSpec("by", .fields, "each group by itself: activity, popularity, or a field of users or items"),
    ] + OptionSpec.judging,
    examples: [
      Example("eval popular svd tfidf", after: .trained), Example("eval svd metrics=ndcg@5,mrr,mae", after: .trained),
      Example("eval svd metrics=ndcg,diversity,novelty,gini", after: .trained),
      Example("eval svd by=activity metrics=rmse,ndcg", after: .trained), Example("eval svd on=train", after: .trained),
    ],
    notes: """
      Candidates are all items that the user has no training rating of, the same for all models; what a model cannot \
      score stands last, tied. Ranking metrics are means over users with a relevant test item; the others are counted as \
      skipped. RMSE and MAE use every test row, fallback answers included and counted, with predictions clipped to the \
      scale. Intervals are the 2.5 and 97.5 percentiles of 1,000 resamplings of users, undefined below ten users. With \
      several models a last line gives the paired difference between the two best. Rows that a model was trained on are \
      refused, and so is a model that knows what came after the rows of a split by time. `help ndcg` defines a metric.

      Under the table stands what the lists look like: how much of a list stands in another user's, too (`help overlap`), \
      and how many training ratings its items have.

      by=activity groups users by their training ratings: few, some and many, a third of the tested users each. \
      by=popularity groups items: the head holds a third of the training ratings, the tail another. A field of users or \
      items gives a group for each label (the 30 largest), numbers in thirds; an item with several genres stands in each. Of \
      a group of items only its own test items count, against all candidates.
      """,
    source: "Efron & Tibshirani 1993 (bootstrap), doi:10.1201/9780429246593"
  ) { call, session in
    let data = try session.judgingData(call)
    var models = try call.operands.map { try session.model($0) }
    if models.isEmpty { models = [try session.model(with: nil, for: call)] }
    let request = try call.evaluationRequest(for: data)
    let grouping = try call.argument("by").map { argument throws(Diagnostic) in try Grouping(argument, of: data) }
    do {
      let report = try evaluate(
        models: models, on: data, request: request, seed: session.settings.seed, execution: session.execution)
      session.keep(report, of: models, on: data)
      let tables = report.tables(of: data)
      let warning = call.warning(onNothingRelevantIn: report, feedback: data.feedback).map(Output.Content.warning)
      var reply = Reply(
        .table(tables[0]), outputs: [warning].compactMap { $0 } + tables.map(Output.Content.table) + report.remarks)
      if let grouping {
        let groups = try evaluate(
          models: models, on: data, by: grouping, training: models[0].training, request: request,
          seed: session.settings.seed, execution: session.execution)
        let table = Table(groups: groups, by: call.argument("by")?.text ?? "")
        reply.value = .table(table)
        reply.outputs.append(.table(table))
      }
      return reply
    } catch let error as EvaluationError {
      throw Diagnostic(evaluationError: error, call: call, data: data)
    }
  }
}

extension Session {
  /// What `on=` names, else `test`.
  func judgingData(_ call: Call) throws(Diagnostic) -> Dataset {
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
