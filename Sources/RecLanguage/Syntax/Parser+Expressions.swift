extension Parser {
  /// An expression; the cursor stands at its first byte and ends behind its last.
  mutating func expression() throws(Diagnostic) -> Expression {
    operatorCount = 0
    lexer.parenthesisDepth = 0
    return try expression(above: 0)
  }

  /// expression = primary { operator expression }, by precedence climbing over the operators' binding powers.
  private mutating func expression(above minimum: Int) throws(Diagnostic) -> Expression {
    var left = try primary()
    while true {
      lexer.skipBlanks()
      guard let byte = lexer.current, byte < 0x80,
        let symbol = ArithmeticOperator(rawValue: String(Unicode.Scalar(byte))), symbol.bindingPower > minimum
      else { return left }
      let range = SourceRange(lexer.offset, lexer.offset + 1)
      try count(operatorAt: range)
      lexer.offset += 1
      lexer.skipBlanks()
      let right = try expression(above: symbol.bindingPower)
      left = .arithmetic(left, symbol, operatorRange: range, right)
    }
  }

  /// primary = number | string | reference | "-" primary | "(" expression ")"
  private mutating func primary() throws(Diagnostic) -> Expression {
    let start = lexer.offset
    if let end = lexer.numberEnd(from: start) { return try number(to: end) }
    if lexer.nameEnd(from: start) != nil { return .reference(try lexer.nameWithFields()) }
    switch lexer.current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return .text(Word(pieces: try lexer.quotedPieces(), quoting: .quoted, range: SourceRange(start, lexer.offset)))
    case UInt8(ascii: "-"):
      try count(operatorAt: SourceRange(start, start + 1))
      lexer.offset += 1
      lexer.skipBlanks()
      let operand = try primary()
      return .negation(operand, SourceRange(start, operand.range.end))
    case UInt8(ascii: "("):
      return try group()
    case UInt8(ascii: "$"):
      throw Diagnostic(
        "name-with-dollar", "'$' belongs to the words of a command", at: SourceRange(start, start + 1),
        hint: "in an expression the name stands alone")
    default:
      if lexer.current == nil, lexer.parenthesisDepth > 0 { throw missingParenthesis(at: start) }
      let end = lexer.isStatementEnd(at: start) ? start : max(start + 1, lexer.bareWordEnd(from: start))
      throw Diagnostic(
        "expected-expression", "a number, a string or a name must stand here", at: SourceRange(start, end))
    }
  }

  private mutating func number(to end: Int) throws(Diagnostic) -> Expression {
    let start = lexer.offset
    if let next = lexer.scalar(at: end)?.value, next.properties.isAlphabetic || next == "." || next == "_" {
      let range = SourceRange(start, lexer.bareWordEnd(from: end))
      throw Diagnostic("malformed-number", "\(quoted(range)) is no number", at: range)
    }
    let written = lexer.text(start, end)
    do {
      let value = try Literal.number(written)
      lexer.offset = end
      return .number(value, written: written, SourceRange(start, end))
    } catch {
      throw error.diagnostic(at: SourceRange(start, end))
    }
  }

  private mutating func group() throws(Diagnostic) -> Expression {
    let start = lexer.offset
    try count(operatorAt: SourceRange(start, start + 1))
    guard lexer.parenthesisDepth < Self.nestingLimit else {
      throw Diagnostic(
        "nested-too-deeply", "parentheses are nested more than \(Self.nestingLimit) deep",
        at: SourceRange(start, start + 1))
    }
    lexer.offset += 1
    lexer.parenthesisDepth += 1
    lexer.skipBlanks()
    let inner = try expression(above: 0)
    lexer.skipBlanks()
    guard lexer.current == UInt8(ascii: ")") else { throw missingParenthesis(at: start) }
    lexer.offset += 1
    lexer.parenthesisDepth -= 1
    return .group(inner, SourceRange(start, lexer.offset))
  }

  /// - Parameter start: the opening parenthesis, or the end of the text where it must be closed.
  private mutating func missingParenthesis(at start: Int) -> Diagnostic {
    guard lexer.current == nil else {
      let word = SourceRange(lexer.offset, max(lexer.offset + 1, lexer.bareWordEnd(from: lexer.offset)))
      return Diagnostic(
        "expected-parenthesis", "')' must stand before \(quoted(word))",
        at: SourceRange(lexer.offset, lexer.offset + 1))
    }
    lexer.endsOpen = true
    return Diagnostic(
      "missing-parenthesis", "a parenthesis is not closed",
      at: SourceRange(start, min(start + 1, lexer.bytes.count)), hint: "')' is missing")
  }

  /// Bounds the depth of the tree, whatever makes it deep.
  private mutating func count(operatorAt range: SourceRange) throws(Diagnostic) {
    operatorCount += 1
    if operatorCount > Self.operatorLimit {
      throw Diagnostic(
        "expression-too-long", "an expression has more than \(Self.operatorLimit) operators", at: range,
        hint: "bind its parts to names")
    }
  }
}
