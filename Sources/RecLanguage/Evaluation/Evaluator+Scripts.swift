extension Evaluator {
  /// Runs a script where a statement stands: in the same session, its relative paths from its own folder.
  ///
  /// What it tells has the line of the statement; its errors name the script's own lines. It is on its own session's
  /// list of running scripts, so that a circle is seen.
  mutating func run(_ script: SourceText, in session: inout Session) throws {
    let folder = session.folder
    session.runningScripts.append(script.name)
    session.folder = Session.folder(ofScript: script.name)
    defer {
      session.folder = folder
      session.runningScripts.removeLast()
    }
    let line = line
    let verb = verb
    let isQuiet = loopDepth > 0
    let sink = sink
    var inner = Evaluator(script, keepsHistory: false, timing: timing) { output in
      switch output.content {
      case .error(let diagnostic):
        sink(Output(line: line, command: verb, .error(diagnostic.detached(from: script))))
      case .warning(let diagnostic):
        sink(Output(line: line, command: verb, .warning(diagnostic.detached(from: script))))
      default:
        if !isQuiet { sink(Output(line: line, command: output.command, output.content)) }
      }
    }
    switch inner.run(in: &session) {
    case .done: return
    case .quit: throw Stop.quit
    case .failed(let problems): throw Stop.told(problems)
    case .unmet(let problem): throw Stop.toldUnmet(problem)
    case .interrupted: throw Stop.interrupted
    }
  }
}

extension Session {
  /// Where relative paths of a script start.
  package static func folder(ofScript path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
