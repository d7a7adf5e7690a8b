import RecKernels
import RecLanguage
import RecServer
import Testing

/// `serve` and `stop` as statements.
@Suite struct ServeCommandTests {
  /// Statements wait for the server to start and to end, on a thread that no task needs.
  private func run(_ text: String, in start: Session = Served.session) async -> (
    outputs: [Output.Content], session: Session
  ) {
    await withCheckedContinuation { continuation in
      _ = DetachedThread.start {
        var session = start
        var outputs: [Output.Content] = []
        var evaluator = Evaluator(SourceText(name: "test", text)) { outputs.append($0.content) }
        _ = evaluator.run(in: &session)
        continuation.resume(returning: (outputs, session))
      }
    }
  }

  @Test(arguments: CommandCatalog.server.flatMap { $0.examples.map(\.statement) })
  func `an example in help runs as it stands`(_ statement: String) async {
    let (outputs, session) = await run(statement)
    for output in outputs {
      if case .error(let diagnostic) = output { Issue.record("\(diagnostic.message)") }
    }
    #expect(session.background == nil)
  }

  @Test func `help of the commands is in full`() {
    for command in CommandCatalog.server {
      #expect(!command.summary.hasSuffix(".") && command.summary.count <= 80)
      for line in HelpText.command(command).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  @Test func `a server goes on beside the statements and answers with the models of the session`() async throws {
    let session = await run("serve svd port=0").session
    let server = try #require(session.background as? RunningServer)
    let response = try await Served.get("/recommend/1", port: server.ports[0])
    #expect(response.written("model") == "svd")
    guard case .error(let diagnostic)? = await run("serve svd port=0", in: session).outputs.last else {
      Issue.record("a second server was started")
      return
    }
    #expect(diagnostic.code == "already-serving")
    try await server.end()
  }

  @Test(arguments: [
    ("serve svd:50 tfidf", "bad-operand"), ("serve svd:50", "bad-operand"), ("serve svd svd", "bad-operand"),
    ("serve svd:0 tfidf:0", "bad-operand"), ("serve svd port=70000", "malformed-value"), ("stop", "nothing-there"),
    ("serve svd tokens=/nowhere/tokens", "missing-file"), ("serve svd port=0 log=/nowhere/events.db", "event-log"),
  ]) func `a wrong statement is told`(_ statement: String, _ code: String) async {
    let (outputs, session) = await run(statement)
    guard case .error(let diagnostic)? = outputs.last else {
      Issue.record("\(statement) was taken")
      return
    }
    #expect(diagnostic.code.text == code)
    #expect(session.background == nil)
  }
}
