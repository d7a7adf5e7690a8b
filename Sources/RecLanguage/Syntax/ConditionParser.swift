extension Condition {
  /// The condition that a text writes down.
  ///
  /// - Parameter offset: where the text starts in its source, so that an error points at the right place.
  package init(parsing text: String, at offset: Int = 0) throws(Diagnostic) {
    var parser = ConditionParser(bytes: Array(text.utf8), base: offset)
    root = try parser.condition()
  }
}

/// condition = all { "or" all };  all = part { "and" part };  part = "not" part | "(" condition ")" | test
/// test = field ( relation value | "has" value | [ "is" ] "missing" )
private struct ConditionParser {
  private static let coreNouns = ["users", "items"]
  let bytes: [UInt8]
  /// What is added to an offset in the text to make one in the source.
  let base: Int
  var offset = 0
  var depth = 0

  mutating func condition() throws(Diagnostic) -> Condition.Node {
    let root = try any()
    guard let word = peek() else { return root }
    let quotes = #"'and' or 'or' before it, or quotes around a text: has "Film Noir""#
    var hint = word.text == ")" ? "'(' is missing" : quotes
    // `users>=5 itmes>=5` was to be a core, which needs nothing between its parts.
    if case .comparison(let field, _, _) = root, Self.coreNouns.contains(field.text.lowercased()),
      let meant = didYouMean(nearest(word.text, in: Self.coreNouns))
    {
      hint = meant
    }
    throw problem("unexpected-text", "the condition ends before \(Diagnostic.quoted(word.text))", word, hint)
  }

  private mutating func any() throws(Diagnostic) -> Condition.Node {
    var parts = [try all()]
    while take("or") || take("||") { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(Diagnostic) -> Condition.Node {
    var parts = [try part()]
    while take("and") || take("&&") { parts.append(try part()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func part() throws(Diagnostic) -> Condition.Node {
    guard let word = peek() else { throw expectedField(nil) }
    guard word.text == "(" || word.text.lowercased() == "not", !word.isQuoted else { return try test() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.nestingLimit else {
      throw problem("nested-too-deeply", "a condition is nested more than \(Parser.nestingLimit) deep", word, nil)
    }
    offset = word.end
    guard word.text == "(" else { return .not(try part()) }
    let inner = try any()
    guard take(")") else {
      throw problem("missing-parenthesis", "a parenthesis is not closed", word, "')' is missing")
    }
    return inner
  }

  private mutating func test() throws(Diagnostic) -> Condition.Node {
    guard let field = peek(), field.isQuoted || !field.isSymbol, !field.isKeyword else { throw expectedField(peek()) }
    offset = field.end
    let name = Name(field.text, range(field))
    let operation = peek()
    if let operation { offset = operation.end }
    switch operation?.text.lowercased() {
    case "has": return .has(field: name, try value(after: "has"))
    case "missing": return .missing(field: name)
    case "is":
      guard take("missing") else {
        throw problem("unexpected-text", "only 'missing' follows 'is'", peek() ?? field, "== compares")
      }
      return .missing(field: name)
    case "=": return .comparison(field: name, .equal, try value(after: "="))
    case "<>": return .comparison(field: name, .unequal, try value(after: "<>"))
    case let text?:
      if let relation = Condition.Relation(rawValue: text) {
        return .comparison(field: name, relation, try value(after: text))
      }
    case nil: break
    }
    offset = field.end
    let meant = ["=>": ">=", "=<": "<=", "=!": "!=", "contains": "has", "in": "has", "like": "has"]
    throw problem(
      "expected-comparison", "\(Diagnostic.quoted(field.text)) is compared with nothing", operation ?? field,
      (operation?.text.lowercased()).flatMap { meant[$0] }.map { "did you mean '\($0)'?" }
        ?? "one of < <= > >= == != has missing")
  }

  private mutating func value(after operation: String) throws(Diagnostic) -> Condition.Value {
    guard let word = peek(), word.isQuoted || !word.isSymbol, !word.isKeyword else {
      let end = SourceRange(base + offset, base + offset)
      throw Diagnostic("missing-value", "nothing to compare with follows '\(operation)'", at: peek().map(range) ?? end)
    }
    offset = word.end
    return Condition.Value(word.text, isQuoted: word.isQuoted, range: range(word))
  }

  private func expectedField(_ word: Token?) -> Diagnostic {
    let end = SourceRange(base + offset, base + offset)
    return Diagnostic(
      "expected-field", "the name of a field must stand here", at: word.map(range) ?? end, hint: "such as rating >= 4")
  }

  private func problem(_ code: Diagnostic.Code, _ message: String, _ word: Token, _ hint: String?) -> Diagnostic {
    Diagnostic(code, message, at: range(word), hint: hint)
  }

  private func range(_ word: Token) -> SourceRange {
    SourceRange(base + word.start, base + word.end)
  }

  private mutating func take(_ text: String) -> Bool {
    guard let word = peek(), !word.isQuoted, word.text.lowercased() == text else { return false }
    offset = word.end
    return true
  }

  private struct Token {
    let text: String
    let start: Int
    let end: Int
    let isQuoted: Bool
    let isSymbol: Bool

    var isKeyword: Bool { !isQuoted && ["and", "or", "has", "is"].contains(text.lowercased()) }
  }

  /// The next word, string or symbol, without moving on.
  private func peek() -> Token? {
    var start = offset
    while start < bytes.count, isBlank(bytes[start]) || bytes[start] == UInt8(ascii: "\n") { start += 1 }
    guard start < bytes.count else { return nil }
    if bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") { return string(from: start) }
    if isSymbol(bytes[start]) {
      var end = start + 1
      let isSingle = bytes[start] == UInt8(ascii: "(") || bytes[start] == UInt8(ascii: ")")
      while !isSingle, end < bytes.count, isSymbol(bytes[end]), !"()".utf8.contains(bytes[end]) { end += 1 }
      return token(start, end, isSymbol: true)
    }
    var end = start
    while end < bytes.count, !isSymbol(bytes[end]), !isBlank(bytes[end]), bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return token(start, end, isSymbol: false)
  }

  private func token(_ start: Int, _ end: Int, isSymbol: Bool) -> Token {
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return Token(text: text, start: start, end: end, isQuoted: false, isSymbol: isSymbol)
  }

  private func isSymbol(_ byte: UInt8) -> Bool {
    "()<>=!&|~".utf8.contains(byte)
  }

  /// A string by the rules of words; one that is not closed ends with the text.
  private func string(from start: Int) -> Token {
    let quote = bytes[start]
    var content: [UInt8] = []
    var end = start + 1
    while end < bytes.count, bytes[end] != quote || quote == UInt8(ascii: "'") && follows(quote, end) {
      if bytes[end] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), end + 1 < bytes.count { end += 1 }
      if bytes[end] == quote, quote == UInt8(ascii: "'") { end += 1 }
      content.append(bytes[end])
      end += 1
    }
    let text = String(decoding: content, as: UTF8.self)
    return Token(text: text, start: start, end: min(end + 1, bytes.count), isQuoted: true, isSymbol: false)
  }

  private func follows(_ byte: UInt8, _ offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset + 1] == byte
  }
}
