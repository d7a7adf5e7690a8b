import RecEvaluation
import RecModels

extension Command {
  /// What there is, and how it is used.
  static let help = Command(
    "help", .session, summary: "explain a command, a metric or the guide",
    operands: [Operand("topic", .topic, .optional, "a command, a metric such as ndcg, or guide")],
    examples: [Example("help"), Example("help svd"), Example("help ndcg"), Example("help guide")]
  ) { call, session in
    guard let topic = call.operands.first else {
      return Reply(outputs: [.text(HelpText.overview(session.catalog))])
    }
    let word = topic.text.lowercased()
    if word == "guide" { return Reply(outputs: [.text(HelpText.guide())]) }
    if let command = session.catalog[word] { return Reply(outputs: [.text(HelpText.command(command))]) }
    let metric = String(word.prefix { $0 != "@" })
    if let metric = MetricCatalog[metric] { return Reply(outputs: [.text(HelpText.metric(metric))]) }
    let topics = session.catalog.commands.map(\.verb) + MetricCatalog.metrics.map(\.name) + ["guide"]
    throw Diagnostic(
      .unknownTopic, "no help on '\(topic.text)'", at: topic.range, hint: didYouMean(nearest(word, in: topics)),
      help: "`help` lists the commands")
  }
}
