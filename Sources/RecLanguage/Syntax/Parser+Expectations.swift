extension Parser {
  /// expectation = "expect" ( expression comparator expression | "error" command )
  mutating func expectation() throws(Diagnostic) -> Statement.Body {
    lexer.offset += "expect".utf8.count
    lexer.skipBlanks()
    if isErrorKeyword(at: lexer.offset) {
      lexer.offset += "error".utf8.count
      lexer.skipBlanks()
      let start = lexer.offset
      if lexer.isStatementEnd(at: start) {
        throw Diagnostic(
          "missing-command", "'expect error' needs the command that must fail", at: SourceRange(start, start))
      }
      let targets = scanTargets()
      let body = try self.body(targets: targets)
      switch body {
      case .command, .expression: break
      default:
        throw Diagnostic(
          "malformed-expect", "'expect error' takes a command", at: SourceRange(start, lexer.offset))
      }
      return .failure(Statement(targets: targets, body: body, range: SourceRange(start, visibleEnd(from: start))))
    }
    if lexer.isStatementEnd(at: lexer.offset) { throw expectedComparison() }
    let left = try expression()
    lexer.skipBlanks()
    let start = lexer.offset
    guard let end = comparisonEnd(at: start) else { throw expectedComparison() }
    guard let comparator = Comparator(rawValue: lexer.text(start, end)) else {
      let written = lexer.text(start, end)
      throw Diagnostic(
        "unknown-comparison", "no comparison '\(written)'", at: SourceRange(start, end),
        hint: written == "=" ? "== compares" : "one of < <= > >= == ~")
    }
    lexer.offset = end
    lexer.skipBlanks()
    let right = try expression()
    if comparator == .approximately, !right.isWrittenNumber {
      throw Diagnostic(
        "malformed-expect", "right of '~' stands a written number", at: right.range,
        hint: "such as 0.8578, compared in its last digit")
    }
    return .expectation(
      Expectation(left: left, comparator: comparator, comparatorRange: SourceRange(start, end), right: right))
  }

  /// `error` is a keyword where a command follows it, and a name where an operator or a field does.
  private func isErrorKeyword(at start: Int) -> Bool {
    guard let end = lexer.nameEnd(from: start), lexer.text(start, end).lowercased() == "error" else { return false }
    let next = lexer.blanksEnd(from: end)
    if lexer.byte(at: end) == UInt8(ascii: ".") || comparisonEnd(at: next) != nil { return false }
    guard let byte = lexer.byte(at: next) else { return true }
    return !"+*/".utf8.contains(byte)
  }

  private func expectedComparison() -> Diagnostic {
    Diagnostic(
      "expected-comparison", "'expect' needs a comparison", at: SourceRange(lexer.offset, lexer.offset),
      hint: "such as expect it.svd.rmse < 0.9")
  }

  /// The end of a comparison operator, right or mistaken; nil where none stands.
  func comparisonEnd(at offset: Int) -> Int? {
    guard let byte = lexer.byte(at: offset) else { return nil }
    let isDouble = lexer.byte(at: offset + 1) == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      return offset + (isDouble || lexer.byte(at: offset + 1) == UInt8(ascii: ">") ? 2 : 1)
    case UInt8(ascii: "!"): return isDouble ? offset + 2 : nil
    case UInt8(ascii: "="): return offset + (isDouble ? 2 : 1)
    case UInt8(ascii: "~"): return offset + 1
    default: return nil
    }
  }
}

extension Expression {
  /// A number as it is written, with its sign.
  var isWrittenNumber: Bool {
    switch self {
    case .number: true
    case .negation(.number, _): true
    default: false
    }
  }
}
