import RecModels

extension Slot {
  /// Reads a word as what the slot wants; says what would be right where it is something else.
  ///
  /// Names, ids, titles and paths come back as they are: whether they exist is asked when the statement runs.
  func read(_ argument: Call.Argument, option: String) throws(Diagnostic) -> OptionValue {
    let text = argument.text
    switch self {
    case .count(let bounds):
      let value = try argument.read { text throws(LiteralProblem) in try Literal.count(text) }
      guard bounds.contains(value) else {
        let hint =
          value < bounds.lowerBound ? "at least \(bounds.lowerBound)" : "at most \(grouped(bounds.upperBound))"
        throw .badValue(argument, of: option, "is out of range", hint: hint)
      }
      return .count(value)
    case .number(let bounds):
      let value = try argument.read(Literal.number)
      guard bounds.contains(value) else {
        throw .badValue(
          argument, of: option, "is out of range",
          hint: "from \(plain(bounds.lowerBound)) to \(plain(bounds.upperBound))")
      }
      return .number(value)
    case .share: return .number(try argument.read(Literal.share))
    case .flag:
      switch text.lowercased() {
      case "on", "yes", "true": return .flag(true)
      case "off", "no", "false": return .flag(false)
      default: throw .badValue(argument, of: option, "is a switch", hint: "on or off")
      }
    case .choice(let choices):
      let wanted = text.lowercased()
      if let choice = choices.first(where: { $0.word == wanted }) { return .word(choice.word) }
      throw .unknownChoice(argument, of: option, among: choices.map(\.word))
    case .range:
      let range = try argument.read(Literal.range)
      return .range(lowest: range.start, highest: range.end, step: range.step)
    case .moment: return .number(try argument.read(Literal.moment))
    case .relevance:
      if text.lowercased() == "auto" { return .word("auto") }
      return .number(try argument.read(Literal.number))
    case .candidates:
      if text.lowercased() == "all" { return .word("all") }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count == 2, parts[0].lowercased() == "sampled", let count = Int(parts[1]), count > 0 {
        return .count(count)
      }
      throw .badValue(argument, of: option, "takes all or sampled:N", hint: "such as \(option)=sampled:100")
    case .command, .fields, .metrics, .model, .weightedModel, .dataset, .name, .user, .item, .ratedItem, .weightedWord,
      .path, .tableOrPath,
      .condition, .text, .topic, .setting:
      return .word(text)
    }
  }
}

extension Call.Argument {
  /// The text as what a slot wants; its problem stands at the word.
  func read<T>(_ reading: (String) throws(LiteralProblem) -> T) throws(Diagnostic) -> T {
    do { return try reading(text) } catch { throw error.diagnostic(at: range) }
  }
}

extension Diagnostic {
  /// An option whose word does not fit its slot.
  static func badValue(_ argument: Call.Argument, of option: String, _ problem: String, hint: String? = nil)
    -> Diagnostic
  {
    Diagnostic(.badValue, "'\(option)' \(problem), found '\(argument.text)'", at: argument.range, hint: hint)
  }

  /// A word that is none of an option's choices.
  static func unknownChoice(_ argument: Call.Argument, of option: String, among words: [String]) -> Diagnostic {
    let near = nearest(argument.text, in: words)
    return Diagnostic(
      .badValue, "'\(argument.text)' is no choice of '\(option)'", at: argument.range, hint: didYouMean(near),
      help: "choices: \(words.joined(separator: ", "))")
  }
}
