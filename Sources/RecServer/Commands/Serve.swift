import RecKernels
import RecLanguage
import RecModels

extension Command {
  /// A server beside the session.
  static let serve = Command(
    "serve", .using, summary: "answer over HTTP, beside the prompt",
    operands: [
      Operand("models", .weightedModel, .any, "models; without any the newest; with shares, svd:50 als:50, a test")
    ],
    options: [
      .count("port", default: 8080, in: 0...65_535, "where it listens; 0 takes a free port"),
      OptionSpec("host", .text, default: "127.0.0.1", "the address; 0.0.0.0 is open to other machines"),
      OptionSpec("log", .path, "a file that events go to: exposures, clicks, purchases"),
      OptionSpec("test", .text, "the name of the A/B test, which salts the assignment; else the models' names"),
      OptionSpec("tokens", .path, "a file of lines: reading TOKEN, events TOKEN or administration TOKEN"),
    ],
    examples: [
      Example("serve svd port=0; stop", after: .trained),
      Example("serve svd:50 tfidf:50 port=0; stop", after: .trained),
    ],
    notes: """
      It answers with the models as they are now, while the session goes on; `stop` ends it, and a script waits for it at \
      its end. The first model answers where a request names none. With shares every user belongs to one arm by a salted \
      hash of the id, whatever is asked when, and a changed share moves nobody who was shown an arm before. The page at \
      the address shows lists, reasons and the test; GET /openapi.json tells programs of everything.
      """
  ) { call, session in
    if let running = session.background {
      throw Diagnostic(
        "already-serving", "the session is \(running.phrase)", at: call.verbRange, hint: "stop ends it")
    }
    var models = try call.operands.map { try session.model($0) }
    if models.isEmpty { models = [try session.model(with: nil, for: call)] }
    for (place, model) in models.enumerated() where models[..<place].contains(where: { $0.name == model.name }) {
      throw Diagnostic(
        "bad-operand", "'\(model.name)' is named twice", at: call.operands[place].range)
    }
    var configuration = ServerConfiguration()
    configuration.ports = [try call.count("port") ?? 8080]
    configuration.host = try call.word("host") ?? configuration.host
    configuration.threadCount = session.settings.threadCount
    if let file = call.argument("tokens") {
      configuration.tokens = try located(file) { path throws(Diagnostic) in
        try AccessTokens(file: session.resolve(path))
      }
    }
    var log: EventLog?
    if let file = call.argument("log") {
      log = try located(file) { path throws(Diagnostic) in try EventLog(path: session.resolve(path)) }
    }
    let experiment = try call.experiment(models, log: log)
    let registry = ModelRegistry(models.map { ServedModel($0) })
    let service = RecommendationService(configuration, registry: registry, events: log, experiment: experiment)
    let server = try located(call.argument("port") ?? Call.Argument(text: "", range: call.verbRange)) {
      _ throws(Diagnostic) in try RunningServer(service)
    }
    session.background = server
    let names = listed(models.map(\.name), "and")
    let test = experiment.map { ", test \(Diagnostic.quoted($0.name))" } ?? ""
    return Reply(outputs: [.text("serving \(names) at \(server.address)\(test)")])
  }
}

/// What a closure makes of the text of a word, its errors at the word's place.
private func located<Result>(
  _ argument: Call.Argument, _ make: (String) throws(Diagnostic) -> Result
) throws(Diagnostic) -> Result {
  do { return try make(argument.text) } catch { throw error.located(at: argument.range) }
}

extension Call {
  /// The experiment that shares ask for; nil where none are written.
  fileprivate func experiment(_ models: [Model], log: EventLog?) throws -> LiveExperiment? {
    guard operands.contains(where: { $0.weight != nil }) else { return nil }
    for operand in operands {
      guard let share = operand.weight else {
        throw Diagnostic(
          "bad-operand", "'\(operand.text)' has no share, and others have", at: operand.range,
          hint: "\(operand.text):50")
      }
      guard share >= 0, share <= 1e6 else {
        throw Diagnostic(
          "bad-operand", "a share is not below zero, nor above a million", at: operand.weightRange ?? operand.range)
      }
    }
    guard models.count > 1, models.count <= 100 else {
      throw Diagnostic("bad-operand", "a test has from 2 to 100 arms, found \(models.count)", at: operands[0].range)
    }
    guard operands.contains(where: { $0.weight != 0 }) else {
      throw Diagnostic("bad-operand", "the shares sum to zero", at: operands[0].range)
    }
    let name = try word("test") ?? models.map(\.name).joined(separator: "-")
    let shares = zip(models, operands).map { (model: $0.name, weight: $1.weight ?? 0) }
    return try LiveExperiment(name: name, shares: shares, log: log)
  }
}
