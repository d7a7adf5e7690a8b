/// What parsing gives: always a tree, and what was wrong.
package struct ParseResult: Sendable {
  package let script: Script
  /// In the order of the text.
  package let diagnostics: [Diagnostic]
  /// Whether all that is missing is another line: a block, a parenthesis, a list or a `\` is still open.
  package let needsMoreInput: Bool
}

/// A recursive-descent parser that reports every error and never fails.
///
/// After an error it goes on with the next statement. Nesting is limited, so that no text exhausts the stack, and every
/// byte is looked at a bounded number of times: O(n).
package struct Parser {
  /// How deeply blocks, and parentheses in an expression, may be nested.
  package static let nestingLimit = 100
  /// How many operators one expression may hold.
  package static let operatorLimit = 200

  var lexer: Lexer
  let lexicon: Lexicon
  var diagnostics: [Diagnostic] = []
  /// How many blocks are open around the cursor.
  var blockDepth = 0
  /// Operators and parentheses seen in the expression at the cursor.
  var operatorCount = 0
  /// Closing braces whose opening ones were refused.
  var refusedBraces = 0
  var isMissingBrace = false

  /// The tree of any text whatever, for a given lexicon.
  package static func parse(_ source: SourceText, lexicon: Lexicon) -> ParseResult {
    var parser = Parser(lexer: Lexer(source), lexicon: lexicon)
    parser.refuseInvalidText()
    let items = parser.items()
    return ParseResult(
      script: Script(items: items),
      diagnostics: parser.diagnostics,
      needsMoreInput: parser.lexer.endsOpen && parser.diagnostics.allSatisfy { $0.code.isIncomplete })
  }

  /// script = { statement }, to the end of the text or to a `}` that closes the block.
  mutating func items() -> [Script.Item] {
    var items: [Script.Item] = []
    while true {
      lexer.skipBlanks()
      switch lexer.current {
      case nil:
        return items
      case UInt8(ascii: "\n"), UInt8(ascii: ";"):
        lexer.offset += 1
      case UInt8(ascii: "#"):
        comment(into: &items)
      case UInt8(ascii: "}"):
        if blockDepth > 0 { return items }
        refuseClosingBrace()
      default:
        var statement = statement()
        if lexer.current == UInt8(ascii: "#") {
          let end = lexer.textEnd(from: lexer.offset)
          statement.trailingComment = SourceRange(lexer.offset, end)
          lexer.offset = end
        }
        items.append(.statement(statement))
      }
    }
  }

  /// A line from its `#` on: prose, a recorded line or a comment.
  private mutating func comment(into items: inout [Script.Item]) {
    let start = lexer.offset
    let end = lexer.textEnd(from: start)
    let range = SourceRange(start, end)
    let isInColumnOne = lexer.isAtLineStart
    lexer.offset = end
    guard isInColumnOne else { return items.append(.comment(range)) }
    switch lexer.byte(at: start + 1) {
    case UInt8(ascii: "!") where start <= 3 && items.isEmpty:
      items.append(.interpreter(range))
    case UInt8(ascii: "@"):
      items.append(.runRecord(range))
    case UInt8(ascii: ">"):
      guard blockDepth == 0, case .statement(var statement) = items.last else {
        return items.append(.strayRecord(range))
      }
      // Taken out first, so that there is one owner and appending does not copy.
      items.removeLast()
      statement.recorded.append(range)
      items.append(.statement(statement))
    case nil, UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      let line = lexer.text(min(start + 2, end), end)
      if case .prose(var prose) = items.last, isNextLine(after: prose.range.end, start) {
        items.removeLast()
        prose.lines.append(line)
        prose.range = prose.range.union(range)
        items.append(.prose(prose))
      } else {
        items.append(.prose(Prose(lines: [line], range: range)))
      }
    default:
      items.append(.comment(range))
    }
  }

  /// Whether only a line break lies between two offsets.
  private func isNextLine(after end: Int, _ start: Int) -> Bool {
    start - lexer.lineEnd(from: end) == 1
  }

  private mutating func refuseClosingBrace() {
    let range = SourceRange(lexer.offset, lexer.offset + 1)
    lexer.offset += 1
    if refusedBraces > 0 {
      refusedBraces -= 1
    } else {
      report(Diagnostic("unmatched-brace", "'}' closes no block", at: range))
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  /// Moves to where the next statement may begin: past the rest of a statement that has an error in it.
  mutating func skipStatement() {
    lexer.parenthesisDepth = 0
    while let byte = lexer.current, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: ";") {
      if byte == UInt8(ascii: "}") {
        if refusedBraces == 0 { return }
        refusedBraces -= 1
      } else if byte == UInt8(ascii: "{") {
        refusedBraces += 1
      }
      lexer.offset += 1
    }
  }

  /// Reports the first bytes that are not UTF-8.
  private mutating func refuseInvalidText() {
    var offset = 0
    let bytes = lexer.bytes
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
      } else if let scalar = lexer.scalar(at: offset) {
        offset += scalar.length
      } else {
        report(
          Diagnostic(
            "invalid-utf8", "the text is not UTF-8", at: SourceRange(offset, offset + 1),
            help: "save the script as UTF-8"))
        return
      }
    }
  }
}

extension Diagnostic.Code {
  /// Whether another line could make the error disappear.
  var isIncomplete: Bool {
    self == "missing-brace" || self == "missing-parenthesis" || self == "trailing-comma"
  }
}
