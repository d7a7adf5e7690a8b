import RecLanguage

/// A lexicon with the verbs that the tests use.
let testLexicon = Lexicon(
  verbs: [
    "load", "generate", "split", "svd", "tfidf", "popular", "blend", "eval", "recommend", "why", "plot", "show",
    "filter", "rate", "set", "similar", "help", "?", "quit", "exit", "describe",
    "crossval", "tune",
  ],
  lineVerbs: ["filter"], nestingVerbs: ["crossval", "tune"],
  settings: ["seed", "threads", "output", "timer", "color", "width"])

func parse(_ text: String) -> ParseResult {
  Parser.parse(SourceText(text), lexicon: testLexicon)
}

/// The tree in one line, for comparison with what a test expects.
func treeText(_ script: Script) -> String {
  script.items.map { treeText($0) }.joined(separator: " ; ")
}

func treeText(_ item: Script.Item) -> String {
  switch item {
  case .statement(let statement): treeText(statement)
  case .prose(let prose): "prose(\(prose.lines.joined(separator: "|")))"
  case .comment: "comment"
  case .runRecord: "record"
  case .strayRecord: "stray"
  case .interpreter: "interpreter"
  }
}

func treeText(_ statement: Statement) -> String {
  let targets = statement.targets.map(\.text).joined(separator: ",")
  let recorded = statement.recorded.isEmpty ? "" : " >\(statement.recorded.count)"
  let comment = statement.trailingComment == nil ? "" : " #"
  return (targets.isEmpty ? "" : targets + " = ") + treeText(statement.body) + comment + recorded
}

func treeText(_ body: Statement.Body) -> String {
  switch body {
  case .command(let call): treeText(call)
  case .expression(let expression): treeText(expression)
  case .loop(let loop):
    "for \(loop.variable.text) in \(loop.items.map(treeText).joined(separator: "|")) { \(treeText(loop.body)) }"
  case .expectation(let expectation):
    "expect \(treeText(expectation.left)) \(expectation.comparator.rawValue) \(treeText(expectation.right))"
  case .failure(let statement): "fails \(treeText(statement))"
  case .invalid: "invalid"
  }
}

func treeText(_ call: CommandCall) -> String {
  let arguments = call.arguments.map { argument in
    switch argument {
    case .operand(let word): treeText(word)
    case .option(let option): "\(option.name.text)=\(option.values.map(treeText).joined(separator: "|"))"
    }
  }
  let words = [(call.isKnown ? "" : "unknown ") + call.verb.text] + arguments + call.inner.map { treeText($0) }
  return "[" + words.joined(separator: " ") + "]"
}

func treeText(_ word: Word) -> String {
  let text = word.pieces.map { piece in
    switch piece.content {
    case .text(let text): text
    case .reference(let reference): "<\(treeText(reference))>"
    }
  }.joined()
  switch word.quoting {
  case .bare: return text
  case .quoted: return "'\(text)'"
  case .line: return "«\(text)»"
  }
}

func treeText(_ reference: Reference) -> String {
  ([reference.name] + reference.fields).map(\.text).joined(separator: "/")
}

func treeText(_ expression: Expression) -> String {
  switch expression {
  case .number(let value, _, _): "\(value)"
  case .text(let word): treeText(word)
  case .reference(let reference): treeText(reference)
  case .negation(let operand, _): "(- \(treeText(operand)))"
  case .arithmetic(let left, let symbol, _, let right): "(\(treeText(left)) \(symbol.rawValue) \(treeText(right)))"
  case .group(let inner, _): treeText(inner)
  }
}

/// A text without its position markers, and where they stood: 1️⃣ is the first, 2️⃣ the second.
struct MarkedText {
  let text: String
  let range: SourceRange?

  init(_ marked: String) {
    var text = ""
    var places: [Int] = []
    for character in marked {
      if character == "1️⃣" || character == "2️⃣" {
        places.append(text.utf8.count)
      } else {
        text.append(character)
      }
    }
    self.text = text
    range = places.isEmpty ? nil : SourceRange(places[0], places[places.count - 1])
  }
}
