internal import RecModels
import RecLanguage

extension ScriptFormatter {
  mutating func write(_ statement: Statement, depth: Int) {
    for (place, target) in statement.targets.enumerated() {
      if place > 0 { write(", ", to: target.range.start) }
      writeVerbatim(to: target.range.end)
    }
    let separator = statement.targets.isEmpty ? "" : " = "
    switch statement.body {
    case .command(let call):
      write(separator, to: call.verb.range.start)
      write(call)
    case .expression(let expression):
      write(separator, to: expression.range.start)
      write(expression)
    case .loop(let loop):
      write(separator, to: loop.range.start)
      write(loop, depth: depth)
    case .expectation(let expectation):
      write("expect ", to: expectation.left.range.start)
      write(expectation.left)
      write(" \(expectation.comparator.rawValue) ", to: expectation.right.range.start)
      write(expectation.right)
    case .failure(let inner):
      write("expect error ", to: inner.range.start)
      write(inner, depth: depth)
    case .invalid:
      break
    }
    writeVerbatim(to: statement.range.end)
  }

  private mutating func write(_ call: CommandCall) {
    let command = catalog[call.verb.text]
    write(call.isKnown ? call.key : call.verb.text, to: call.verb.range.end)
    for argument in call.arguments {
      switch argument {
      case .operand(let word):
        write(" ", to: word.range.start)
        writeVerbatim(to: word.range.end)
      case .option(let option):
        let spec = command?.options.first { $0.name == option.key }
        write(" ", to: option.name.range.start)
        write(spec?.name ?? option.name.text, to: option.name.range.end)
        for (place, value) in option.values.enumerated() {
          write(place == 0 ? "=" : ",", to: value.range.start)
          write(value, slot: spec?.slot)
        }
      }
    }
    for inner in call.inner {
      write(" ", to: inner.verb.range.start)
      write(inner)
    }
  }

  /// A word of the language in lower case, any other as it is.
  private mutating func write(_ word: Word, slot: Slot?) {
    if word.quoting == .bare, let text = word.literalText, let slot, slot.isOfTheLanguage(text) {
      write(text.lowercased(), to: word.range.end)
    } else {
      writeVerbatim(to: word.range.end)
    }
  }

  private mutating func write(_ expression: Expression) {
    switch expression {
    case .number, .text, .reference:
      writeVerbatim(to: expression.range.end)
    case .negation(let operand, _):
      write("-", to: operand.range.start)
      write(operand)
    case .group(let inner, let range):
      write("(", to: inner.range.start)
      write(inner)
      write(")", to: range.end)
    case .arithmetic(let left, let sign, _, let right):
      write(left)
      write(" \(sign.rawValue) ", to: right.range.start)
      write(right)
    }
  }
}

extension Slot {
  /// Whether a text is one of the words that the slot knows, in any case.
  fileprivate func isOfTheLanguage(_ text: String) -> Bool {
    switch self {
    case .choice(let choices): choices.contains { $0.word == text.lowercased() }
    case .flag: ["on", "off"].contains(text.lowercased())
    case .metrics: true
    default: false
    }
  }
}
