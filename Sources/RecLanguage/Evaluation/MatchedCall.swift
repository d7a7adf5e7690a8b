import RecModels

/// The words of a command laid against the slots of its specification; what does not fit becomes a problem.
struct MatchedCall {
  /// The command, or the part of it that the first word chooses.
  private(set) var command: Command
  private(set) var operands: [(word: Word, slot: Command.Operand)] = []
  private(set) var options: [(argument: OptionArgument, spec: OptionSpec)] = []
  private(set) var problems: [Diagnostic] = []

  init(_ call: CommandCall, _ command: Command) {
    self.command = command
    if let problem = arithmetic(call) {
      problems.append(problem)
      return
    }
    var words = call.operands[...]
    if !command.parts.isEmpty {
      guard let part = words.first.flatMap({ command.part($0.literalText ?? "") }) else {
        problems.append(unknownPart(of: call))
        return
      }
      self.command = part
      words = words.dropFirst()
    }
    if call.inner.isEmpty, let operand = command.operands.first(where: { $0.slot == .command }) {
      problems.append(missing(operand, of: call))
    }
    matchOperands(Array(words), of: call)
    for argument in call.options { add(argument) }
  }

  private mutating func matchOperands(_ words: [Word], of call: CommandCall) {
    let slots = command.operands.filter { $0.slot != .command }
    var place = 0
    for (position, word) in words.enumerated() {
      // `save PATH`: an optional operand gives way where the words only suffice for the required ones behind it.
      while place < slots.count, slots[place].arity == .optional,
        words.count - position <= slots[place...].count(where: { $0.arity == .one })
      { place += 1 }
      guard place < slots.count else {
        problems.append(surplus(word, of: call))
        break
      }
      operands.append((word, slots[place]))
      if slots[place].arity != .any { place += 1 }
    }
    if place < slots.count, slots[place].arity == .one { problems.append(missing(slots[place], of: call)) }
  }

  /// A command of parts without one, or with a word that is none.
  private func unknownPart(of call: CommandCall) -> Diagnostic {
    let names = command.parts.map(\.partName)
    guard let word = call.operands.first else {
      return Diagnostic(
        .missingOperand, "'\(command.verb)' needs a word that says what to do",
        at: SourceRange(call.range.end, call.range.end), hint: "one of \(listed(names))")
    }
    return Diagnostic(
      .badOperand, "'\(command.verb)' has no \(Diagnostic.quoted(word.literalText ?? ""))", at: word.range,
      hint: didYouMean(nearest(word.literalText ?? "", in: names)), help: "one of \(listed(names))")
  }

  /// An operator among the words of a command that trains or mixes models: a first guess at a blend.
  private func arithmetic(_ call: CommandCall) -> Diagnostic? {
    guard command.group == .models,
      let word = call.operands.first(where: { word in
        word.quoting == .bare && ArithmeticOperator(rawValue: word.literalText ?? "") != nil
      })
    else { return nil }
    return .arithmeticOnModel(command.verb, at: word.range)
  }

  private mutating func add(_ argument: OptionArgument) {
    guard let spec = command.options.first(where: { $0.name == argument.key }) else {
      problems.append(unknown(argument))
      return
    }
    if options.contains(where: { $0.spec.name == spec.name }) {
      problems.append(
        Diagnostic("repeated-option", "'\(spec.name)' is given twice", at: argument.name.range))
      return
    }
    if !spec.takesList, argument.values.count > 1 {
      problems.append(
        Diagnostic(
          .badValue, "'\(spec.name)' takes one value, found \(argument.values.count)", at: argument.values[1].range))
    }
    options.append((argument, spec))
  }

  private func unknown(_ argument: OptionArgument) -> Diagnostic {
    let names = command.options.map(\.name)
    return Diagnostic(
      "unknown-option", "'\(command.verb)' has no option \(Diagnostic.quoted(argument.name.text))",
      at: argument.name.range, hint: didYouMean(nearest(argument.name.text, in: names)),
      help: names.isEmpty ? "'\(command.verb)' has no options" : "options: \(names.joined(separator: ", "))")
  }

  /// A word for which there is no operand, with the mistake that it most probably is.
  private func surplus(_ word: Word, of call: CommandCall) -> Diagnostic {
    let text = word.literalText ?? ""
    var hint: String?
    if let option = command.options.first(where: { $0.name == text.lowercased() }) {
      hint = "an option has its value behind '=', such as \(option.name)=\(option.defaultText ?? "…")"
    } else if let last = command.operands.last, last.slot == .item, word.quoting == .bare {
      hint = FirstGuess.titleHint
    } else if let option = command.options.first(where: { $0.slot == .model }), word.quoting == .bare {
      hint = "did you mean \(option.name)=\(Diagnostic.shortened(text))?"
    } else if let option = command.options.first, (try? Literal.number(text)) != nil {
      hint = "options have names, such as \(option.name)=\(Diagnostic.shortened(text))"
    }
    let count = command.operands.count
    let message =
      switch count {
      case 0: "'\(command.verb)' takes no operand"
      case 1: "'\(command.verb)' takes one operand"
      default: "'\(command.verb)' takes \(count) operands"
      }
    return Diagnostic(
      "surplus-operand", text.isEmpty ? message : "\(message); \(Diagnostic.quoted(text)) is one too many",
      at: word.range, hint: hint)
  }

  private func missing(_ operand: Command.Operand, of call: CommandCall) -> Diagnostic {
    Diagnostic(
      .missingOperand, "'\(command.verb)' needs \(withArticle(operand.name))",
      at: SourceRange(call.range.end, call.range.end), help: "\(operand.name): \(operand.summary)")
  }
}

/// `a user`, `an item`.
private func withArticle(_ noun: String) -> String {
  (noun.first.map { "aeio".contains($0) } ?? false ? "an " : "a ") + noun
}

extension Word {
  /// The word as a command sees it in a slot, with its `$names` replaced; a pair where the slot takes pairs.
  func argument(
    for slot: Slot, replacing resolve: (Reference) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> Call.Argument {
    if slot == .weightedModel || slot == .ratedItem || slot == .weightedWord, let pair {
      let weight = try pair.weight.text(replacing: resolve)
      let number: Double
      do { number = try Literal.number(weight) } catch { throw error.diagnostic(at: pair.weight.range) }
      return Call.Argument(
        text: try pair.thing.text(replacing: resolve), isQuoted: pair.thing.quoting == .quoted,
        range: pair.thing.range, weight: number, weightRange: pair.weight.range)
    }
    return Call.Argument(
      text: try text(replacing: resolve), isQuoted: quoting == .quoted, range: range)
  }
}
