import FoundationEssentials
import RecData
package import RecKernels
package import RecLanguage

/// A session that a program talks to: a JSON object a line on standard input, and the same on standard output.
///
/// ``guide`` is the whole of the protocol.
package struct ProtocolServer {
  private var session: Session
  private let input: ProtocolInput

  package init(_ session: Session, _ input: ProtocolInput) {
    self.session = session
    self.input = input
  }

  /// Answers requests up to the end of the input or a request to leave.
  package mutating func run() throws(FileFailure) {
    while let line = input.next() {
      guard let request = try? JSONDecoder().decode(ProtocolRequest.self, from: Data(line)) else {
        try answer(nil, "error") { $0.member("message", "this is no request: an object with \"do\" and \"text\"") }
        continue
      }
      guard try answer(request) else { return }
    }
  }

  /// Answers one request; false after one to leave.
  private mutating func answer(_ request: ProtocolRequest) throws(FileFailure) -> Bool {
    let text = request.text ?? ""
    let scalars = text.unicodeScalars
    let cursor = min(max(request.cursor ?? scalars.count, 0), scalars.count)
    switch request.do {
    case "execute":
      return try execute(text, request.id)
    case "complete":
      let offset = String(scalars.prefix(cursor)).utf8.count
      let found = GrammarCompletion(session).completions(text, offset)
      try answer(request.id, "ok") { json in
        json.member("start", Self.scalarCount(text, found.replace.lowerBound))
        json.member("end", Self.scalarCount(text, found.replace.upperBound))
        json.member("more", found.moreCount)
        json.member("matches") { json in
          json.array { json in
            for candidate in found.candidates {
              json.object { json in
                json.member("text", candidate.text)
                json.member("help", candidate.help)
              }
            }
          }
        }
      }
    case "inspect":
      let help = Inspection(session).text(at: cursor, in: text)
      try answer(request.id, "ok") { json in
        json.member("text") { if let help { $0.string(help) } else { $0.null() } }
      }
    case "is_complete":
      let parsed = Parser.parse(SourceText(text), lexicon: session.catalog.lexicon)
      let form = parsed.needsMoreInput ? "incomplete" : parsed.diagnostics.isEmpty ? "complete" : "invalid"
      try answer(request.id, "ok") { $0.member("form", form) }
    case "interrupt":
      // Nothing is running: what ran has been stopped by it already, or has ended before it came.
      try answer(request.id, "ok") { _ in }
    case "shutdown":
      try answer(request.id, "ok") { _ in }
      return false
    default:
      try answer(request.id, "error") { $0.member("message", "no request named '\(request.do)'") }
    }
    return true
  }

  private mutating func execute(_ text: String, _ id: ProtocolIdentifier?) throws(FileFailure) -> Bool {
    session.execution.cancellation.reset()
    Interrupts.resetCount()
    let source = SourceText(text)
    var failure: FileFailure?
    let cancellation = session.execution.cancellation
    let width = session.settings.width ?? 80
    var evaluator = Evaluator(source) { output in
      guard failure == nil else { return }
      do throws(FileFailure) {
        try StandardStream.output.write(Self.line(output, of: id, in: source, width: width))
      } catch {
        failure = error
        cancellation.cancel()
      }
    }
    let start = ContinuousClock.now
    let outcome = evaluator.run(in: &session)
    if let failure { throw failure }
    let status =
      switch outcome {
      case .done: "ok"
      case .quit: "quit"
      case .failed, .unmet: "error"
      case .interrupted: "interrupted"
      }
    let time = ContinuousClock.now - start
    try answer(id, status) { json in
      json.member("seconds") { json in
        json.number(Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
      }
    }
    return outcome != .quit
  }

  /// An output as JSON, and as what a front end can show.
  private static func line(
    _ output: Output, of id: ProtocolIdentifier?, in source: SourceText, width: Int
  ) -> String {
    var json = JSONText()
    json.object { json in
      json.write(id)
      json.member("output") { $0.write(output, source) }
      json.member("data") { json in
        json.object { json in
          let surroundings = Renderer.Surroundings(width: width, source: source)
          json.member("text/plain", Renderer.table.render(output, in: surroundings))
          switch output.content {
          case .table(let table): json.member("text/html", HTMLTable(table).text)
          case .figure(let figure): json.member("application/vnd.vegalite.v5+json") { $0.vegaLite(figure) }
          case .text, .value, .summary, .warning, .error: break
          }
        }
      }
    }
    return json.text + "\n"
  }

  private func answer(
    _ id: ProtocolIdentifier?, _ status: String, _ members: (inout JSONText) -> Void
  ) throws(FileFailure) {
    var json = JSONText()
    json.object { json in
      json.write(id)
      json.member("status", status)
      members(&json)
    }
    try StandardStream.output.write(json.text + "\n")
  }

  private static func scalarCount(_ text: String, _ offset: Int) -> Int {
    String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self).unicodeScalars.count
  }
}

extension JSONText {
  fileprivate mutating func write(_ id: ProtocolIdentifier?) {
    switch id {
    case .number(let number): member("id", number)
    case .text(let text): member("id", text)
    case nil: member("id") { $0.null() }
    }
  }
}
