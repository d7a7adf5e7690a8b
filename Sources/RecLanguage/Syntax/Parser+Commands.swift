extension Parser {
  /// command = VERB { operand | option } [ command ], commas between operands being blanks; the cursor stands at the verb.
  ///
  /// Only some verbs take a command, and that one takes none: `tune tune svd` has a word too many.
  mutating func command(_ verb: Name, isKnown: Bool, mayNest: Bool = true) throws(Diagnostic) -> CommandCall {
    lexer.offset = verb.range.end
    let nests = mayNest && lexicon.nestingVerbs.contains(verb.text.lowercased())
    var arguments: [CommandCall.Argument] = []
    var inner: [CommandCall] = []
    if lexicon.lineVerbs.contains(verb.text.lowercased()) {
      lexer.skipBlanks()
      if let word = try lexer.restOfLine() { arguments.append(.operand(word)) }
    } else {
      while try hasArgument() {
        if nests, let name = bareVerb() {
          let isKnown = lexicon.verbs.contains(name.text.lowercased())
          inner = [try command(name, isKnown: isKnown, mayNest: false)]
          break
        }
        arguments.append(try argument())
      }
    }
    let end = arguments.last.map { argument in
      switch argument {
      case .operand(let word): word.range.end
      case .option(let option): option.range.end
      }
    }
    return CommandCall(
      verb: verb, isKnown: isKnown, arguments: arguments, inner: inner,
      range: SourceRange(verb.range.start, inner.last?.range.end ?? end ?? verb.range.end))
  }

  /// The bare word at the cursor, unless it begins an option.
  private func bareVerb() -> Name? {
    let start = lexer.offset
    let end = lexer.bareWordEnd(from: start)
    guard optionEquals(at: start) == nil, end > start, !"\"'".utf8.contains(lexer.bytes[start]) else { return nil }
    // As in a statement, a word of megabytes is not made a string to find that out.
    return Name(end - start <= 200 ? lexer.text(start, end) : "", SourceRange(start, end))
  }

  /// Moves to the next operand or option of the command, if there is one.
  private mutating func hasArgument() throws(Diagnostic) -> Bool {
    while true {
      lexer.skipBlanks()
      if lexer.isStatementEnd(at: lexer.offset) { return false }
      switch lexer.current {
      case UInt8(ascii: ","): try skipComma()
      case UInt8(ascii: "{"): throw Self.unexpectedBrace(at: lexer.offset)
      case UInt8(ascii: "="):
        throw Diagnostic(
          "unexpected-equals", "'=' needs the name of an option before it",
          at: SourceRange(lexer.offset, lexer.offset + 1), hint: "options are written name=value")
      default: return true
      }
    }
  }

  /// Passes over a comma and the blanks after it; a line does not end after a comma.
  mutating func skipComma() throws(Diagnostic) {
    let comma = SourceRange(lexer.offset, lexer.offset + 1)
    lexer.offset = lineBlanksEnd(from: comma.end)
    guard lexer.isStatementEnd(at: lexer.offset) else { return }
    let reachesEnd = lexer.offset == lexer.bytes.count
    let isOpen = reachesEnd && !lexer.bytes[comma.end...].dropLast().contains(UInt8(ascii: "\n"))
    if isOpen { lexer.endsOpen = true }
    throw Diagnostic(
      isOpen ? "trailing-comma" : "misplaced-comma", "nothing follows the comma", at: comma)
  }

  private mutating func argument() throws(Diagnostic) -> CommandCall.Argument {
    guard let equals = optionEquals(at: lexer.offset) else {
      let word = try lexer.word()
      return .operand(word)
    }
    let start = lexer.offset
    let nameEnd = lexer.nameEnd(from: start) ?? start
    let name = Name(lexer.text(start, nameEnd), SourceRange(start, nameEnd))
    if lexer.byte(at: equals + 1) == UInt8(ascii: "=") {
      throw Diagnostic(
        "unexpected-equals", "an option has one '='", at: SourceRange(equals, equals + 2),
        hint: "\(Diagnostic.shortened(name.text))=…")
    }
    lexer.offset = equals + 1
    lexer.skipBlanks()
    let hasBlank = lexer.offset > equals + 1
    let isMissing =
      lexer.isStatementEnd(at: lexer.offset) || lexer.current == UInt8(ascii: ",")
      || hasBlank && optionEquals(at: lexer.offset) != nil
    if isMissing {
      throw Diagnostic(
        "missing-value", "\(Diagnostic.quoted(name.text + "=")) has no value", at: SourceRange(start, equals + 1))
    }
    var values: [Word] = []
    while true {
      if lexer.current == UInt8(ascii: "{") { throw Self.unexpectedBrace(at: lexer.offset) }
      if lexer.current == UInt8(ascii: ",") {
        throw Diagnostic(
          "misplaced-comma", "a value is missing before ','", at: SourceRange(lexer.offset, lexer.offset + 1))
      }
      values.append(try lexer.word())
      let next = lexer.blanksEnd(from: lexer.offset)
      guard lexer.byte(at: next) == UInt8(ascii: ",") else { break }
      // `k=50, center=item`: the comma ends the list, because an option follows.
      if optionEquals(at: lineBlanksEnd(from: next + 1)) != nil { break }
      lexer.offset = next
      try skipComma()
    }
    let end = values.last?.range.end ?? equals + 1
    return .option(OptionArgument(name: name, values: values, range: SourceRange(start, end)))
  }

  /// The offset of the `=` of an option that starts at an offset: a NAME directly before it, blanks allowed.
  private func optionEquals(at start: Int) -> Int? {
    guard let end = lexer.nameEnd(from: start) else { return nil }
    let equals = lexer.blanksEnd(from: end)
    return lexer.byte(at: equals) == UInt8(ascii: "=") ? equals : nil
  }
}
