import RecEvaluation
import RecModels

extension Command {
  /// What there is, and how it is used.
  static let help = Command(
    "help", .session, summary: "explain a command, a metric, the language or the guide",
    operands: [
      Operand("topic", .topic, .any, "a command, a metric such as ndcg, language, guide, or ! for the last error")
    ],
    examples: [
      Example("help"), Example("help svd"), Example("help ndcg"), Example("help language"),
      Example("help guide"), Example("help !"),
    ]
  ) { call, session in
    guard let topic = call.operands.first else {
      return Reply(outputs: [.text(HelpText.overview(session.catalog))])
    }
    let word = topic.text.lowercased()
    if word == "!" { return Reply(outputs: [.text(session.lastError.map(HelpText.error) ?? "no error so far")]) }
    if word == "guide" { return Reply(outputs: [.text(HelpText.guide())]) }
    if call.operands.count > 1, let part = session.catalog[word]?.part(call.operands[1].text) {
      return Reply(outputs: [.text(HelpText.command(part))])
    }
    if let surplus = call.operands.dropFirst().first {
      throw Diagnostic(
        .unknownTopic, "no help on '\(topic.text) \(surplus.text)'", at: surplus.range, hint: "help \(topic.text)")
    }
    if let command = session.catalog[word] { return Reply(outputs: [.text(HelpText.command(command))]) }
    if HelpText.languageTopics.contains(word) { return Reply(outputs: [.text(HelpText.language)]) }
    let metric = String(word.prefix { $0 != "@" })
    if let metric = MetricCatalog[metric] { return Reply(outputs: [.text(HelpText.metric(metric))]) }
    if session.catalog.lexicon.settings.contains(word), let set = session.catalog["set"] {
      return Reply(outputs: [.text(HelpText.command(set))])
    }
    let topics = session.catalog.commands.map(\.verb) + MetricCatalog.metrics.map(\.name) + ["guide", "language"]
    throw Diagnostic(
      .unknownTopic, "no help on '\(topic.text)'", at: topic.range, hint: didYouMean(nearest(word, in: topics)),
      help: "`help` lists the commands")
  }
}
