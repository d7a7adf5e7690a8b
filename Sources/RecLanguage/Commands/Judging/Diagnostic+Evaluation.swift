import RecData
import RecEvaluation

extension Diagnostic {
  /// A word that is no metric.
  init(metricError error: MetricError, at range: SourceRange) {
    switch error {
    case .unknown(let word):
      let names = MetricCatalog.metrics.map(\.name)
      self.init(
        .unknownMetric, "no metric named '\(word)'", at: range, hint: didYouMean(nearest(word, in: names)),
        help: "metrics: \(names.joined(separator: ", "))")
    case .takesNoCutoff(let metric):
      self.init(.badValue, "'\(metric)' has no cutoff", at: range, hint: metric)
    case .cutoffOutOfBounds(let metric, let text):
      self.init(
        .badValue, "the cutoff of '\(metric)' is a whole number from 1, found '\(text)'", at: range,
        hint: "\(metric)@10")
    }
  }

  /// Models that cannot be judged, at the word that names them.
  init(evaluationError error: EvaluationError, call: Call, data: Dataset) {
    switch error {
    case .noModels:
      self.init(.missing, "there is no model to judge", at: call.verbRange, help: "train one first: svd")
    case .nothingHeldOut:
      let argument = call.argument("on")
      self.init(
        .missing, "'\(argument?.text ?? "test")' has no rows to judge on", at: argument?.range ?? call.verbRange,
        help: "split the ratings first: split test=20% by=user")
    case .trainedOnTest(let model, let rows, let examples, let isChoice):
      let shown = examples.prefix(3).map { "user \($0.user), item \($0.item)" }.joined(separator: "; ")
      let place = call.operands.first { $0.text == model }?.range ?? call.verbRange
      let mayAsk = call.command.verb == "eval"
      self.init(
        .leak,
        "'\(model)' was \(isChoice ? "chosen by" : "trained on") \(grouped(rows)) of the \(grouped(data.count)) rows it would be judged by",
        at: place, hint: "such as \(shown)",
        help: isChoice
          ? "judge it by rows that had no say in it: on=test"
          : "train it on the training side alone\(mayAsk ? "; or ask for the training error: on=train" : "")")
    case .trainedOnFuture(let model, let rows, let examples, let start):
      let shown = examples.prefix(3).map { "user \($0.user), item \($0.item)" }.joined(separator: "; ")
      let place = call.operands.first { $0.text == model }?.range ?? call.verbRange
      self.init(
        .future,
        "'\(model)' was trained on \(counted(rows, "row")) from \(moment(start)) on, when what it would be judged by begins",
        at: place, hint: "such as \(shown)", help: "train it on the training side of the split by time alone")
    }
  }
}
