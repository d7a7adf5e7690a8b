extension Parser {
  /// statement = [ NAME { "," NAME } "=" ] ( command | expression | loop ) | expectation
  mutating func statement() -> Statement {
    let start = lexer.offset
    var targets: [Name] = []
    var body = Statement.Body.invalid
    do throws(Diagnostic) {
      targets = scanTargets()
      try check(targets, from: start)
      body = try self.body(targets: targets)
      try expectEnd()
    } catch {
      report(error)
      skipStatement()
      body = .invalid
    }
    lexer.parenthesisDepth = 0
    return Statement(targets: targets, body: body, range: SourceRange(start, visibleEnd(from: start)))
  }

  /// The cursor without the blanks before it.
  func visibleEnd(from start: Int) -> Int {
    var end = lexer.offset
    while end > start, isBlank(lexer.bytes[end - 1]) || lexer.bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    return end
  }

  /// The names before `=`, with the cursor behind it; none, and the cursor where it was, in a statement without.
  mutating func scanTargets() -> [Name] {
    var names: [Name] = []
    var probe = lexer.offset
    var expectsName = true
    while let end = lexer.nameEnd(from: probe) {
      names.append(Name(lexer.text(probe, end), SourceRange(probe, end)))
      probe = lexer.blanksEnd(from: end)
      expectsName = lexer.byte(at: probe) == UInt8(ascii: ",")
      guard expectsName else { break }
      probe = lineBlanksEnd(from: probe + 1)
    }
    guard !expectsName, lexer.byte(at: probe) == UInt8(ascii: "="), lexer.byte(at: probe + 1) != UInt8(ascii: "=")
    else { return [] }
    lexer.offset = probe + 1
    lexer.skipBlanks()
    return names
  }

  /// Blanks after a comma: one line break among them is hidden.
  func lineBlanksEnd(from start: Int) -> Int {
    var end = lexer.blanksEnd(from: start)
    if lexer.byte(at: end) == UInt8(ascii: "#") { end = lexer.lineEnd(from: end) }
    if lexer.byte(at: end) == UInt8(ascii: "\n") { end = lexer.blanksEnd(from: end + 1) }
    return end
  }

  private func check(_ targets: [Name], from start: Int) throws(Diagnostic) {
    var seen: Set<String> = []
    for target in targets {
      if lexicon.settings.contains(target.text.lowercased()) {
        let text = Diagnostic.shortened(lexer.text(lexer.offset, min(bareStatementEnd, lexer.offset + 200)))
        throw Diagnostic(
          "setting-name", "\(Diagnostic.quoted(target.text)) is a setting, not a name", at: target.range,
          hint: "set \(target.text.lowercased())=\(text)")
      }
      if Self.reservedNames.contains(target.text.lowercased()) {
        throw Diagnostic("reserved-name", "'\(target.text)' belongs to the language", at: target.range)
      }
      if !seen.insert(target.text).inserted {
        throw Diagnostic(
          "repeated-target", "\(Diagnostic.quoted(target.text)) stands twice before '='", at: target.range)
      }
    }
  }

  static let reservedNames: Set<String> = ["for", "in", "expect", "it"]

  private var bareStatementEnd: Int {
    var end = lexer.offset
    while !lexer.isStatementEnd(at: end), end < lexer.offset + 200 { end += 1 }
    while end > lexer.offset, isBlank(lexer.bytes[end - 1]) { end -= 1 }
    return end
  }

  /// What follows the targets.
  mutating func body(targets: [Name]) throws(Diagnostic) -> Statement.Body {
    let start = lexer.offset
    if lexer.isStatementEnd(at: start) {
      throw Diagnostic(
        "missing-value", "nothing follows '='", at: SourceRange(start, start), hint: "a command or an expression")
    }
    if !targets.isEmpty, let end = lexer.nameEnd(from: start) {
      let equals = lexer.blanksEnd(from: end)
      if lexer.byte(at: equals) == UInt8(ascii: "="), lexer.byte(at: equals + 1) != UInt8(ascii: "=") {
        throw Diagnostic(
          "unexpected-equals", "one statement has one '='", at: SourceRange(equals, equals + 1),
          hint: "bind one name, then the other")
      }
    }
    // `svd# why` is a verb with a comment, as `x# why` is a name with one.
    let nameEnd = lexer.nameEnd(from: start).flatMap { lexer.byte(at: $0) == UInt8(ascii: "#") ? $0 : nil }
    let end = nameEnd ?? lexer.bareWordEnd(from: start)
    // A verb is short; a word of megabytes is not made a string to find that out.
    let verb = end - start <= 200 ? lexer.text(start, end) : ""
    switch verb.lowercased() {
    case "for": return try loop()
    case "expect":
      if let target = targets.first {
        throw Diagnostic("expect-has-no-value", "'expect' has no value to bind", at: target.range)
      }
      return try expectation()
    case let key where lexicon.verbs.contains(key):
      return .command(try command(Name(verb, SourceRange(start, end)), isKnown: true))
    default:
      if startsExpression(at: start) { return .expression(try lineExpression()) }
      let name = Name(Diagnostic.shortened(lexer.text(start, min(end, start + 200))), SourceRange(start, end))
      return .command(try command(name, isKnown: false))
    }
  }

  /// An expression starts with a number, a string, `(`, `-`, or a name followed by its end, `.` or an operator.
  private func startsExpression(at start: Int) -> Bool {
    guard let first = lexer.byte(at: start) else { return false }
    if first.isDigit || "\"'(-$".utf8.contains(first) { return true }
    if first == UInt8(ascii: "."), let next = lexer.byte(at: start + 1), next.isDigit { return true }
    guard let end = lexer.nameEnd(from: start) else { return false }
    if lexer.byte(at: end) == UInt8(ascii: ".") { return true }
    let next = lexer.blanksEnd(from: end)
    if lexer.isStatementEnd(at: next) { return true }
    guard let byte = lexer.byte(at: next) else { return true }
    return "+-*/<>~)".utf8.contains(byte) || isComparison(at: next)
  }

  private func isComparison(at offset: Int) -> Bool {
    (lexer.byte(at: offset) == UInt8(ascii: "=") || lexer.byte(at: offset) == UInt8(ascii: "!"))
      && lexer.byte(at: offset + 1) == UInt8(ascii: "=")
  }

  /// An expression that is a whole statement: no comparison.
  private mutating func lineExpression() throws(Diagnostic) -> Expression {
    let expression = try self.expression()
    if let operatorEnd = comparisonEnd(at: lexer.offset) {
      throw Diagnostic(
        "comparison-outside-expect", "a comparison stands only after 'expect'",
        at: SourceRange(lexer.offset, operatorEnd), hint: "expect A < B")
    }
    return expression
  }

  /// A statement must end here, by a newline, `;`, `}`, a comment or the end of the text.
  private mutating func expectEnd() throws(Diagnostic) {
    lexer.skipBlanks()
    guard !lexer.isStatementEnd(at: lexer.offset) else { return }
    let end = max(lexer.offset + 1, lexer.bareWordEnd(from: lexer.offset))
    let range = SourceRange(lexer.offset, end)
    switch lexer.current {
    case UInt8(ascii: ")"):
      throw Diagnostic(
        "unmatched-parenthesis", "')' closes no parenthesis", at: SourceRange(range.start, range.start + 1))
    case UInt8(ascii: "{"):
      throw Self.unexpectedBrace(at: lexer.offset)
    default:
      throw Diagnostic(
        "expected-operator", "an operator or the end of the statement must stand before \(quoted(range))", at: range,
        hint: "+ - * / or a new line")
    }
  }

  static func unexpectedBrace(at offset: Int) -> Diagnostic {
    Diagnostic(
      "unexpected-brace", "'{' opens no block here", at: SourceRange(offset, offset + 1),
      hint: "a block belongs to 'for NAME in … { … }'")
  }

  /// The text of a range in quotes, cut to a readable length.
  func quoted(_ range: SourceRange) -> String {
    let end = lexer.source.scalarBoundary(atOrBefore: min(range.end, range.start + 300))
    return Diagnostic.quoted(lexer.text(range.start, max(range.start, end)))
  }
}
