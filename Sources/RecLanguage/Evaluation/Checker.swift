import RecData
import RecEvaluation
import RecKernels
import RecModels

/// Finds what is wrong with a script before anything of it runs, so that a slip on line 40 is not found after training.
///
/// Checked are commands, options, operands, values, names and paths that are certain; what depends on a file is left to
/// the run. `expect error COMMAND` is exempt.
package struct Checker {
  let session: Session
  var known: KnownNames
  var problems: [Diagnostic] = []
  private var writtenPaths: Set<String> = []
  /// Whether a statement before may have written any path.
  private var mayHaveWritten = false

  /// How many errors of a script are shown; the rest are counted.
  private static let shownProblems = 20

  private init(_ session: Session) {
    self.session = session
    known = KnownNames(session)
  }

  /// Every error of a script, in the order of its text.
  package static func problems(of script: Script, in session: Session) -> [Diagnostic] {
    var checker = Checker(session)
    checker.check(script)
    return checker.problems
  }

  private mutating func check(_ script: Script) {
    for statement in script.statements { check(statement) }
  }

  private mutating func check(_ statement: Statement) {
    switch statement.body {
    case .command(let call):
      check(call, targets: statement.targets)
    case .expression(let expression):
      check(expression, isWholeStatement: true)
      var kind = KnownNames.Kind.other
      if case .reference(let reference) = expression { kind = self.kind(of: reference) }
      for target in statement.targets { known.bind(target.text, kind) }
    case .loop(let loop):
      for word in loop.items { checkItem(word) }
      known.bind(loop.variable.text, .other)
      check(loop.body)
      for target in statement.targets { known.bind(target.text, .other) }
    case .expectation(let expectation):
      check(expectation.left)
      check(expectation.right)
      return
    case .failure:
      return
    case .invalid:
      for target in statement.targets { known.bind(target.text, .other) }
      known.mayHoldAnything = true
    }
    known.bind("it", .other)
  }

  private func kind(of reference: Reference) -> KnownNames.Kind {
    reference.fields.isEmpty ? known[reference.name.text] ?? .other : .other
  }

  private mutating func check(_ call: CommandCall, targets: [Name]) {
    guard let command = session.catalog.command(for: call.key) else {
      problems.append(session.catalog.unknownCommand(call.verb, boundNames: offered()))
      for target in targets { known.bind(target.text, .other) }
      bindMeant(by: call.key)
      return
    }
    let matched = check(wordsOf: call, command, nesting: .plain)
    let inner = innerCommand(of: call, command)
    if let surplus = targets.dropFirst(max(1, command.binds.count)).first {
      problems.append(.surplusTarget(surplus, verb: command.verb, names: command.binds))
    }
    switch command.verb {
    case "forget": for word in call.operands { word.literalText.map { known.forget($0) } }
    case "reset": known.forgetAll()
    case "run": known.mayHoldAnything = true
    case "load" where Self.loadsModel(matched): known.bindLoadedModel(targets: targets)
    default:
      // What `tune` binds is what the command behind it does.
      let binding = command.nesting == .alternatives ? inner : command
      if let binding { known.bind(binding, targets: targets) }
    }
  }

  /// Checks words against the slots of their command; with alternatives, each of them.
  @discardableResult
  private mutating func check(wordsOf call: CommandCall, _ command: Command, nesting: Command.Nesting) -> MatchedCall {
    let matched = MatchedCall(call, command)
    problems += matched.problems
    func words(_ word: Word, _ slot: Slot) -> [Word] {
      nesting == .alternatives ? word.alternatives(in: slot) : [word]
    }
    for (word, operand) in matched.operands {
      for word in words(word, operand.slot) { check(word, operand.slot, option: operand.name, of: matched.command) }
    }
    for (argument, spec) in matched.options {
      for word in argument.values.flatMap({ words($0, spec.slot) }) {
        check(word, spec.slot, option: spec.name, of: matched.command)
      }
    }
    return matched
  }

  /// Checks the command behind another one.
  private mutating func innerCommand(of call: CommandCall, _ outer: Command) -> Command? {
    guard let nesting = outer.nesting, let inner = call.inner.first else { return nil }
    do throws(Diagnostic) {
      let command = try session.catalog.innerCommand(inner, of: outer) { session.statement(ofModel: $0) }
      check(wordsOf: inner, command, nesting: nesting)
      if nesting == .alternatives { try Alternatives(inner, command).check() }
      return command
    } catch {
      problems.append(error)
      bindMeant(by: inner.key)
      return nil
    }
  }

  /// What a mistyped verb meant would have bound its name: later statements that use it are not wrong.
  mutating func bindMeant(by verb: String) {
    for verb in nearest(verb, in: session.catalog.verbs) {
      if let meant = session.catalog[verb] { known.bind(meant, targets: []) }
    }
  }

  /// The names that messages offer: none in errors that nobody sees, where there are too many.
  func offered(_ fits: (KnownNames.Kind) -> Bool = { _ in true }) -> [String] {
    problems.count < Self.shownProblems ? known.names(fits) : []
  }

  /// Whether a `load` reads a model, whose name its file tells.
  private static func loadsModel(_ call: MatchedCall) -> Bool {
    let kind = call.options.first { $0.spec.name == "as" }?.argument.values.first?.literalText?.lowercased()
    if let kind, kind != "auto" { return kind == "model" }
    return call.operands.first?.word.literalText?.lowercased().hasSuffix(Model.ending) ?? true
  }

  // MARK: Words

  private mutating func check(_ word: Word, _ slot: Slot, option: String, of command: Command) {
    for reference in word.references { check(reference) }
    if slot == .path || slot == .tableOrPath && !mayName(word) {
      checkPath(word, isWritten: command.verb == "save" || ["save", "log"].contains(option))
      return
    }
    guard word.references.isEmpty else { return }
    do throws(Diagnostic) {
      let argument = try word.argument(for: slot) { _ throws(Diagnostic) in "" }
      _ = try slot.read(argument, option: option)
      switch slot {
      case .model, .weightedModel: try checkModel(argument)
      case .dataset: try checkDataset(argument, of: command)
      case .name: try checkName(argument, of: command)
      case .metrics: try checkMetric(argument)
      case .condition: try checkCondition(argument, at: word.textOffset ?? word.range.start)
      default: break
      }
    } catch {
      problems.append(error)
    }
  }

  private func checkModel(_ argument: Call.Argument) throws(Diagnostic) {
    switch known[argument.text] {
    case .model, .other: return
    case .dataset:
      throw Diagnostic(.wrongKind, "expected a model, and '\(argument.text)' is a dataset", at: argument.range)
    case nil: break
    }
    let word = argument.text.lowercased()
    if known.mayHoldAnything || AlgorithmCatalog[word]?.isReference ?? false { return }
    throw .unknownName(
      argument, kind: "model", among: offered { $0 == .model }, or: AlgorithmCatalog.referenceNames,
      else: AlgorithmCatalog[word] == nil ? nil : "train it first: \(word)")
  }

  private func checkDataset(_ argument: Call.Argument, of command: Command) throws(Diagnostic) {
    switch known[argument.text] {
    case .dataset, .other: return
    case .model:
      throw Diagnostic(.wrongKind, "expected a dataset, and '\(argument.text)' is a model", at: argument.range)
    case nil: break
    }
    if known.mayHoldAnything || namesField(argument.text) { return }
    var problem = Diagnostic.unknownName(argument, kind: "dataset", among: offered { $0 == .dataset })
    if let option = command.options.first(where: { $0.name == argument.text.lowercased() }) {
      problem.hint = "an option has its value behind '=', such as \(option.name)=\(option.defaultText ?? "…")"
    } else if problem.hint == nil, let option = command.options.first, (try? Literal.number(argument.text)) != nil {
      problem.hint = "options have names, such as \(option.name)=\(Diagnostic.shortened(argument.text))"
    }
    throw problem
  }

  private func checkName(_ argument: Call.Argument, of command: Command) throws(Diagnostic) {
    guard known[argument.text] == nil, !known.mayHoldAnything, !namesField(argument.text) else { return }
    // A reference model is trained where it is saved.
    if command.verb == "save", AlgorithmCatalog[argument.text.lowercased()]?.isReference ?? false { return }
    throw .unknownName(argument, kind: "value", among: offered())
  }

  /// Whether a word is a known name with fields, such as `ml.items`; whether it has them, only the run can tell.
  private func namesField(_ text: String) -> Bool {
    guard let dot = text.firstIndex(of: ".") else { return false }
    return known[String(text[..<dot])] != nil
  }

  private func checkMetric(_ argument: Call.Argument) throws(Diagnostic) {
    do throws(MetricError) {
      _ = try MetricChoice(parsing: argument.text, listLength: 10)
    } catch {
      throw Diagnostic(metricError: error, at: argument.range)
    }
  }

  /// A condition must be well formed; a name of a dataset may stand before one that is the rest of its line.
  private func checkCondition(_ argument: Call.Argument, at offset: Int) throws(Diagnostic) {
    if CoreRequest(argument.text) != nil { return }
    do throws(Diagnostic) {
      _ = try Condition(parsing: argument.text, at: offset)
    } catch {
      let word = argument.text.prefix { !$0.isWhitespace }
      let rest = String(argument.text.dropFirst(word.count))
      guard known[String(word)] != nil, CoreRequest(rest) != nil || (try? Condition(parsing: rest)) != nil
      else { throw error }
    }
  }

  /// Whether a word names, or may name, something that is bound.
  private func mayName(_ word: Word) -> Bool {
    guard let text = word.literalText else { return false }
    return known.mayHoldAnything || known[text] != nil || namesField(text)
  }

  /// A path must be there, unless a statement before writes it.
  private mutating func checkPath(_ word: Word, isWritten: Bool) {
    guard let text = word.literalText else {
      if isWritten { mayHaveWritten = true }
      return
    }
    if isWritten {
      writtenPaths.insert(text)
    } else if !text.contains("://"), !mayHaveWritten, !writtenPaths.contains(text),
      !PathPattern.exists(session.resolve(text))
    {
      problems.append(.missingFile(text, at: word.range, in: session))
    }
  }

  /// The words that a loop goes through.
  private mutating func checkItem(_ word: Word) {
    for reference in word.references { check(reference) }
    guard word.quoting == .bare, let text = word.literalText, Literal.looksLikeRange(text) else { return }
    do { _ = try Literal.range(text) } catch { problems.append(error.diagnostic(at: word.range)) }
  }
}
