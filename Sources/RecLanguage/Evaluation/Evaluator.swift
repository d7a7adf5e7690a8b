import RecKernels
import RecModels

/// Runs the statements of one text against a session and tells what they show, one output at a time.
///
/// A statement that fails leaves the session as it was. Between statements, and between the rounds of a loop, it looks
/// whether it was asked to stop.
package struct Evaluator {
  let source: SourceText
  let sink: (Output) -> Void
  let timing: ((String) -> Void)?
  /// Whether statements are added to the session's history; those of a script that a statement runs are not.
  private let keepsHistory: Bool
  /// Loop variables as they were written, `007` or `0.10`, and the values that they are bound to.
  var loopTexts: [String: (text: String, value: Value)] = [:]
  /// How many loops are open around the statement; inside, only warnings and errors are told.
  var loopDepth = 0
  /// Warnings of the outermost loop so far, so that each is told once.
  private var toldWarnings: [Diagnostic] = []
  /// What the history says of the statement's result: of the first output that has something to say.
  private var headline: String?
  /// What the history keeps of the statement's outputs.
  private var kept: [Output.Content] = []
  /// The line and verb of the statement that outputs belong to.
  private(set) var line = 1
  private(set) var verb: String?

  /// - Parameters:
  ///   - timing: takes `line N: 0.001234 s` as each statement ends, where `set timer=on` asks for it.
  ///   - sink: takes the outputs in order, warnings and errors among them.
  package init(
    _ source: SourceText, keepsHistory: Bool = true, timing: ((String) -> Void)? = nil,
    sink: @escaping (Output) -> Void
  ) {
    self.source = source
    self.keepsHistory = keepsHistory
    self.timing = timing
    self.sink = sink
  }

  /// Parses, checks and runs the whole text. With an error in it nothing runs, and every error is told.
  package mutating func run(in session: inout Session) -> Outcome {
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    let problems = Evaluator.problems(of: parsed, in: session)
    guard problems.isEmpty else {
      session.lastError = problems.first
      tell(problems)
      return .failed(problems)
    }
    return run(parsed.script, in: &session)
  }

  /// What is wrong with a text before it runs: errors of form and what the checker finds, in the order of the text.
  package static func problems(of parsed: ParseResult, in session: Session) -> [Diagnostic] {
    let problems = parsed.diagnostics + Checker.problems(of: parsed.script, in: session)
    return problems.enumerated().sorted { left, right in
      (left.element.range?.start ?? 0, left.offset) < (right.element.range?.start ?? 0, right.offset)
    }.map(\.element)
  }

  /// Runs statements that were checked, up to the first that is not done.
  package mutating func run(_ script: Script, in session: inout Session) -> Outcome {
    for statement in script.statements {
      let outcome = run(statement, in: &session)
      guard outcome == .done else { return outcome }
    }
    return .done
  }

  /// Runs one statement that was checked.
  package mutating func run(_ statement: Statement, in session: inout Session) -> Outcome {
    let seed = session.settings.seed
    let start = ContinuousClock.now
    let outcome = outcome(of: statement, in: &session)
    let duration = ContinuousClock.now - start
    if let timing, session.settings.showsTime {
      let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
      timing("line \(source.line(at: statement.range.start)): \(decimals(seconds, 6)) s")
    }
    if keepsHistory, outcome == .done {
      session.history.append(
        Session.HistoryEntry(
          text: source.text(in: statement.range), duration: duration, headline: headline ?? "", seed: seed,
          outputs: kept))
    }
    switch outcome {
    case .failed(let problems): session.lastError = problems.first
    case .unmet(let problem): session.lastError = problem
    case .done, .quit, .interrupted: break
    }
    return outcome
  }

  private mutating func outcome(of statement: Statement, in session: inout Session) -> Outcome {
    loopDepth = 0
    toldWarnings = []
    headline = nil
    kept = []
    do {
      _ = try execute(statement, in: &session)
      // A training that was stopped has kept what it had; the script ends all the same.
      return session.execution.cancellation.isCancelled ? .interrupted : .done
    } catch Stop.quit {
      return .quit
    } catch Stop.unmet(let diagnostic) {
      tell([diagnostic])
      return .unmet(diagnostic)
    } catch Stop.told(let problems) {
      return .failed(problems)
    } catch Stop.toldUnmet(let problem) {
      return .unmet(problem)
    } catch Stop.interrupted {
      return .interrupted
    } catch is Cancelled {
      return .interrupted
    } catch {
      let diagnostic = Self.diagnostic(for: error, at: statement.range)
      tell([diagnostic])
      return .failed([diagnostic])
    }
  }

  /// Reasons to stop that are no errors of a statement.
  enum Stop: Error {
    case quit
    case unmet(Diagnostic)
    /// A script that a statement ran failed, and has told its errors.
    case told([Diagnostic])
    /// A comparison of such a script was false, and was told.
    case toldUnmet(Diagnostic)
    case interrupted
  }

  /// An error with its place; what has none yet stands at the statement.
  static func diagnostic(for error: any Error, at range: SourceRange) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic.located(at: range) }
    return Diagnostic("failed", "\(error)", at: range)
  }

  /// Runs a statement inside or outside a loop; gives its value, where it has one.
  mutating func execute(_ statement: Statement, in session: inout Session) throws -> Value? {
    try session.execution.checkpoint()
    line = source.line(at: statement.range.start)
    verb = nil
    switch statement.body {
    case .command(let call):
      verb = session.catalog.command(for: call.key)?.verb
      return try run(call, targets: statement.targets, in: &session)
    case .expression(let expression):
      let value = try evaluate(expression, in: session)
      return try give(value, shownAs: expression.shownName, to: statement.targets, in: &session)
    case .loop(let loop):
      let startLine = line
      let table = try run(loop, in: &session)
      line = startLine
      verb = nil
      guard let table else { return nil }
      if loopDepth == 0 { tell(.table(table)) }
      return try give(.table(table), shownAs: nil, to: statement.targets, in: &session)
    case .expectation(let expectation):
      try check(expectation, at: statement.range, in: session)
      return nil
    case .failure(let inner):
      try expectFailure(of: inner, at: statement.range, in: session)
      return nil
    case .invalid:
      throw Diagnostic("invalid-statement", "the statement has an error in it", at: statement.range)
    }
  }

  /// Makes a value `it`, binds it to a target, and shows it where there is none and a name to show it by.
  private mutating func give(
    _ value: Value, shownAs name: String?, to targets: [Name], in session: inout Session
  ) throws(Diagnostic) -> Value {
    if let surplus = targets.dropFirst().first {
      throw .surplusTarget(surplus, verb: verb, names: [])
    }
    session.it = value
    if let target = targets.first {
      bind(target.text, value.named(target.text), in: &session)
    } else if let name {
      for content in value.shown(as: name) { tell(content) }
    }
    return value
  }

  mutating func bind(_ name: String, _ value: Value, in session: inout Session) {
    loopTexts[name] = nil
    session.bind(name, value)
  }

  // MARK: Telling

  /// Passes an output on; inside a loop only warnings, each once and not without end.
  mutating func tell(_ content: Output.Content) {
    if loopDepth > 0 {
      guard case .warning(let diagnostic) = content, toldWarnings.count < DiagnosticRenderer.errorLimit,
        !toldWarnings.contains(diagnostic)
      else { return }
      toldWarnings.append(diagnostic)
    }
    if headline == nil { headline = content.headline }
    if keepsHistory, let content = content.kept { kept.append(content) }
    sink(Output(line: line, command: verb, content))
  }

  /// Tells errors at their own lines: at most ``DiagnosticRenderer/errorLimit``, then how many more there are.
  package func tell(_ errors: [Diagnostic]) {
    for error in errors.prefix(DiagnosticRenderer.errorLimit) {
      let line = error.range.map { source.line(at: $0.start) } ?? line
      sink(Output(line: line, command: nil, .error(error)))
    }
    let more = errors.count - DiagnosticRenderer.errorLimit
    if more > 0 {
      sink(Output(line: line, command: nil, .error(Diagnostic("more-errors", "\(counted(more, "more error"))"))))
    }
  }
}

extension Value {
  /// The value with its own name changed, where it has one: models carry theirs.
  func named(_ name: String) -> Value {
    guard case .model(var model) = self else { return self }
    model.name = name
    return .model(model)
  }
}

extension Expression {
  /// The name by which its value is shown.
  var shownName: String {
    switch self {
    case .reference(let reference): reference.fields.last?.text ?? reference.name.text
    case .group(let inner, _): inner.shownName
    case .number, .text, .negation, .arithmetic: "it"
    }
  }
}
