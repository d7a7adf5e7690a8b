/// What the parts of a statement are, for colours: a list of ranges in the order of the text, none within another.
package struct Highlighting: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The verb of a command, `for`, `in`, `expect`.
    case verb
    /// The name that a value is bound to.
    case target
    /// `k` of `k=50`.
    case option
    case string
    case number
    /// `$k` and `${k.field}`.
    case variable
    case comment
    /// A recorded line.
    case output
  }

  package struct Span: Sendable, Equatable {
    package let range: SourceRange
    package let kind: Kind
  }

  package private(set) var spans: [Span] = []

  /// - Parameter script: the tree of exactly this source.
  package init(_ script: Script, in source: SourceText) {
    add(script, source)
    spans.sort { $0.range.start < $1.range.start }
  }

  private mutating func add(_ range: SourceRange, _ kind: Kind) {
    if range.count > 0 { spans.append(Span(range: range, kind: kind)) }
  }

  private mutating func add(_ script: Script, _ source: SourceText) {
    for item in script.items {
      switch item {
      case .statement(let statement): add(statement, source)
      case .prose(let prose): add(prose.range, .comment)
      case .comment(let range), .interpreter(let range), .runRecord(let range): add(range, .comment)
      case .strayRecord(let range): add(range, .output)
      }
    }
  }

  private mutating func add(_ statement: Statement, _ source: SourceText) {
    for target in statement.targets { add(target.range, .target) }
    let start = statement.targets.last.map(\.range.end) ?? statement.range.start
    switch statement.body {
    case .command(let call): add(call)
    case .expression(let expression): add(expression)
    case .loop(let loop):
      addWord("for", from: start, source)
      add(loop.variable.range, .target)
      addWord("in", from: loop.variable.range.end, source)
      for item in loop.items { add(item) }
      add(loop.body, source)
    case .expectation(let expectation):
      addWord("expect", from: start, source)
      add(expectation.left)
      add(expectation.right)
    case .failure(let inner):
      addWord("expect", from: start, source)
      add(inner, source)
    case .invalid: break
    }
    if let comment = statement.trailingComment { add(comment, .comment) }
    for record in statement.recorded { add(record, .output) }
  }

  /// A word of the grammar, which the tree holds no place of: the first letters at or after an offset, if they are it.
  private mutating func addWord(_ word: String, from start: Int, _ source: SourceText) {
    let bytes = source.bytes
    guard let first = bytes[min(start, bytes.count)...].firstIndex(where: \.isLetter) else { return }
    let range = SourceRange(first, min(first + word.utf8.count, bytes.count))
    if source.text(in: range).lowercased() == word { add(range, .verb) }
  }

  private mutating func add(_ call: CommandCall) {
    add(call.verb.range, .verb)
    for argument in call.arguments {
      switch argument {
      case .operand(let word): add(word)
      case .option(let option):
        add(option.name.range, .option)
        for value in option.values { add(value) }
      }
    }
    for inner in call.inner { add(inner) }
  }

  private mutating func add(_ word: Word) {
    for piece in word.pieces {
      switch piece.content {
      case .reference: add(piece.range, .variable)
      case .text(let text):
        if word.quoting == .quoted, piece.isQuoted {
          add(word.pieces.count == 1 ? word.range : piece.range, .string)
        } else if word.quoting == .bare, (try? Literal.number(text)) != nil {
          add(piece.range, .number)
        }
      }
    }
  }

  private mutating func add(_ expression: Expression) {
    switch expression {
    case .number(_, _, let range): add(range, .number)
    case .text(let word): add(word)
    case .reference: break
    case .negation(let inner, _), .group(let inner, _): add(inner)
    case .arithmetic(let left, _, _, let right):
      add(left)
      add(right)
    }
  }
}
