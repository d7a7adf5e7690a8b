extension Parser {
  /// loop = "for" NAME "in" word { "," word } "{" script "}"
  ///
  /// A mistake in the head must not make the statements of the body look like statements of the script: the body is
  /// parsed all the same, and the loop is given up.
  mutating func loop() throws(Diagnostic) -> Statement.Body {
    let start = lexer.offset
    do throws(Diagnostic) {
      let (variable, items) = try loopHeader()
      let body = try block()
      return .loop(Loop(variable: variable, items: items, body: body, range: SourceRange(start, lexer.offset)))
    } catch {
      let head = lexer.bytes[lexer.offset..<lexer.lineEnd(from: lexer.offset)]
      guard Self.headErrors.contains(error.code), let brace = head.firstIndex(of: UInt8(ascii: "{")) else {
        throw error
      }
      report(error)
      lexer.offset = brace
      _ = try block()
      return .invalid
    }
  }

  private static let headErrors: Set<Diagnostic.Code> = ["malformed-loop", "setting-name", "reserved-name"]

  private mutating func loopHeader() throws(Diagnostic) -> (Name, [Word]) {
    lexer.offset += "for".utf8.count
    lexer.skipBlanks()
    guard let nameEnd = lexer.nameEnd(from: lexer.offset) else {
      throw malformedLoop("'for' needs a name")
    }
    let range = SourceRange(lexer.offset, nameEnd)
    let variable = Name(lexer.text(range.start, range.end), range)
    if lexicon.settings.contains(variable.text.lowercased()) {
      throw Diagnostic(
        "setting-name", "\(Diagnostic.quoted(variable.text)) is a setting, not a name", at: range,
        hint: "give the loop's variable another name")
    }
    if Self.reservedNames.contains(variable.text.lowercased()) {
      throw Diagnostic("reserved-name", "'\(variable.text)' belongs to the language", at: range)
    }
    lexer.offset = nameEnd
    lexer.skipBlanks()
    let inEnd = lexer.nameEnd(from: lexer.offset) ?? lexer.offset
    guard lexer.text(lexer.offset, inEnd).lowercased() == "in" else {
      throw malformedLoop("'in' must follow the name of the loop's variable")
    }
    lexer.offset = inEnd
    lexer.skipBlanks()
    var items: [Word] = []
    while true {
      if lexer.current == UInt8(ascii: ",") { throw malformedLoop("a word is missing before ','") }
      if lexer.current == UInt8(ascii: "{") || lexer.isStatementEnd(at: lexer.offset) {
        throw malformedLoop("'for' needs words to go through")
      }
      items.append(try lexer.word())
      lexer.skipBlanks()
      guard lexer.current == UInt8(ascii: ",") else { break }
      try skipComma()
    }
    if lexer.current == UInt8(ascii: "{") { return (variable, items) }
    if lexer.isStatementEnd(at: lexer.offset) {
      throw malformedLoop("'{' must follow the words of 'for' on their line")
    }
    throw Diagnostic(
      "malformed-loop", "',' must stand between the words of 'for'",
      at: SourceRange(lexer.offset, lexer.bareWordEnd(from: lexer.offset)), hint: "for k in 5,10,20 { … }")
  }

  private func malformedLoop(_ message: String) -> Diagnostic {
    let start = lexer.offset
    let end = lexer.isStatementEnd(at: start) ? start : max(start + 1, lexer.bareWordEnd(from: start))
    return Diagnostic("malformed-loop", message, at: SourceRange(start, end), hint: "for k in 5,10,20 { … }")
  }

  /// "{" script "}"; the cursor stands at the opening brace.
  private mutating func block() throws(Diagnostic) -> Script {
    let brace = SourceRange(lexer.offset, lexer.offset + 1)
    if blockDepth == Self.nestingLimit {
      skipBalancedBlock()
      throw Diagnostic(
        "nested-too-deeply", "blocks are nested more than \(Self.nestingLimit) deep", at: brace)
    }
    lexer.offset += 1
    blockDepth += 1
    let items = items()
    blockDepth -= 1
    if lexer.current == UInt8(ascii: "}") {
      lexer.offset += 1
    } else if !isMissingBrace {
      isMissingBrace = true
      lexer.endsOpen = true
      report(Diagnostic("missing-brace", "a block is not closed", at: brace, hint: "'}' is missing"))
    }
    return Script(items: items)
  }

  /// Passes over a block without a look into it.
  private mutating func skipBalancedBlock() {
    var depth = 0
    while let byte = lexer.current {
      lexer.offset += 1
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return }
    }
    isMissingBrace = true
  }
}
