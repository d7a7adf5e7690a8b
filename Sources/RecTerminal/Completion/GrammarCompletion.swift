import RecLanguage
import RecModels

/// What may stand at a cursor by the grammar: commands, options, their values, names, metrics, files and titles.
struct GrammarCompletion {
  let session: Session

  /// How many candidates are offered at most; further ones are counted.
  static let limit = 200

  init(_ session: Session) {
    self.session = session
  }

  /// The candidates for a text with the cursor at an offset in UTF-8.
  func completions(_ text: String, _ cursor: Int) -> Completions {
    let found = StatementWords(text, cursor: cursor)
    var current = found.current
    if current.text.hasPrefix("="), current.quote == nil, Self.isTargetList(found.words[...]) {
      current.text.removeFirst()
      current.range = current.range.lowerBound + 1..<current.range.upperBound
      return statementStart(current)
    }
    if current.quote == nil, let dollar = current.text.lastIndex(of: "$") { return reference(current, from: dollar) }
    let words = Self.withoutTargets(found.words)
    guard let verb = words.first else {
      return statementStart(current)
    }
    guard var command = session.catalog.command(for: verb.text) else {
      return verb.text.lowercased() == "expect" ? statementStart(current, after: words) : .none(at: cursor)
    }
    var arguments = Array(words.dropFirst())
    if !command.parts.isEmpty {
      guard let word = arguments.first else {
        return matching(
          command.parts.map { Candidate($0.partName, help: $0.summary) }, current.text, current.range)
      }
      guard let part = command.part(word.text) else { return .none(at: cursor) }
      command = part
      arguments.removeFirst()
    }
    // Behind the options of `tune` stands a command of its own.
    if command.nesting != nil,
      let place = arguments.firstIndex(where: { session.catalog[$0.text]?.makesModel ?? false }),
      let inner = session.catalog[arguments[place].text]
    {
      return completions(of: inner, Array(arguments[(place + 1)...]), current)
    }
    return completions(of: command, arguments, current)
  }

  private func completions(
    of command: Command, _ arguments: [StatementWords.Word], _ current: StatementWords.Word
  ) -> Completions {
    if let option = option(of: command, arguments, current) {
      return values(option.spec, option.typed, command, arguments)
    }
    return operands(of: command, arguments, current)
  }

  // MARK: Parts of a statement

  /// Drops `name, name =` in front, and `expect error`.
  private static func withoutTargets(_ words: [StatementWords.Word]) -> [StatementWords.Word] {
    if let equals = words.firstIndex(where: { $0.text.hasPrefix("=") }), isTargetList(words[..<equals]) {
      var rest = Array(words[equals...])
      rest[0].text.removeFirst()
      return rest[0].text.isEmpty ? Array(rest.dropFirst()) : rest
    }
    if words.count >= 2, words[0].text.lowercased() == "expect", words[1].text.lowercased() == "error" {
      return Array(words.dropFirst(2))
    }
    return words
  }

  /// `name, name`, as it stands before `=`.
  private static func isTargetList(_ words: ArraySlice<StatementWords.Word>) -> Bool {
    !words.isEmpty && words.allSatisfy { isName($0.text) } && words.dropFirst().allSatisfy(\.followsComma)
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_"
    }
  }

  /// A verb, or a name with its fields where an expression may begin.
  private func statementStart(
    _ current: StatementWords.Word, after words: [StatementWords.Word] = []
  ) -> Completions {
    guard current.quote == nil else { return .none(at: current.range.upperBound) }
    if let fields = fields(current) { return fields }
    var candidates: [Candidate] = []
    if words.isEmpty {
      candidates = session.catalog.commands.map { Candidate($0.verb, help: $0.summary) }
      candidates.append(Candidate("for", help: "run a block once for each word or number"))
      candidates.append(Candidate("expect", help: "fail unless a comparison holds"))
    }
    candidates += names { _ in true }
    return matching(candidates, current.text, current.range)
  }

  /// The option whose value is being typed, as `k=5`, `k = 5` or `metrics=rmse,ndcg`.
  private func option(
    of command: Command, _ arguments: [StatementWords.Word], _ current: StatementWords.Word
  ) -> (spec: OptionSpec, typed: StatementWords.Word)? {
    func spec(_ name: some StringProtocol) -> OptionSpec? {
      command.options.first { $0.name == name.lowercased() }
    }
    if current.quote == nil, let equals = current.text.firstIndex(of: "=") {
      guard let spec = spec(current.text[..<equals]) else { return nil }
      var typed = current
      let value = current.text[current.text.index(after: equals)...]
      typed.range = current.range.upperBound - value.utf8.count..<current.range.upperBound
      typed.quote = value.first == "\"" || value.first == "'" ? value.first : nil
      typed.text = String(typed.quote == nil ? value : value.dropFirst())
      return (spec, typed)
    }
    var place = arguments.count
    var follows = current.followsComma
    while follows, place > 0 {
      place -= 1
      follows = arguments[place].followsComma
    }
    if current.followsComma {
      guard place < arguments.count else { return nil }
      if let equals = arguments[place].text.firstIndex(of: "="), equals > arguments[place].text.startIndex {
        return spec(arguments[place].text[..<equals]).map { ($0, current) }
      }
      // The list of `metrics = rmse, ndcg` starts behind the sign of its own.
      guard place >= 2, arguments[place - 1].text == "=" else { return nil }
      return spec(arguments[place - 2].text).map { ($0, current) }
    }
    guard let last = arguments.last, last.quote == nil, last.text.hasSuffix("=") else { return nil }
    let name = last.text == "=" ? arguments.dropLast().last?.text ?? "" : String(last.text.dropLast())
    return spec(name).map { ($0, current) }
  }

  private func operands(
    of command: Command, _ arguments: [StatementWords.Word], _ current: StatementWords.Word
  ) -> Completions {
    var place = 0
    var given: Set<String> = []
    for (index, word) in arguments.enumerated() {
      let next = index + 1 < arguments.count ? arguments[index + 1].text : ""
      if word.quote == nil, let equals = word.text.firstIndex(of: "=") {
        if equals > word.text.startIndex { given.insert(word.text[..<equals].lowercased()) }
      } else if next == "=" {
        given.insert(word.text.lowercased())
      } else if !word.followsComma || given.isEmpty {
        place += 1
      }
    }
    let operand = command.operands.last.flatMap { last in
      place < command.operands.count
        ? command.operands[place] : last.arity == .any || last.arity == .restOfLine ? last : nil
    }
    var result = operand.map { slot($0.slot, current, command, arguments) } ?? .none(at: current.range.upperBound)
    if result.candidates.isEmpty { result.replace = current.range }
    // A file that begins so is more likely meant than an option.
    let isPath = operand?.slot == .path && !current.text.isEmpty && !result.candidates.isEmpty
    if current.quote == nil, operand?.arity != .restOfLine, !isPath {
      result.candidates += command.options.filter {
        !given.contains($0.name) && $0.name.hasPrefix(current.text.lowercased())
      }.map { spec in
        let standard = spec.defaultText.map { " (\($0))" } ?? ""
        return Candidate(spec.name + "=", help: spec.summary + standard, appendSpace: false)
      }
    }
    return result
  }

  /// `$name` in a word.
  private func reference(_ word: StatementWords.Word, from dollar: String.Index) -> Completions {
    let typed = word.text[word.text.index(after: dollar)...]
    let isBraced = typed.first == "{"
    let start = word.range.upperBound - typed.utf8.count + (isBraced ? 1 : 0)
    let candidates = session.names.map { Candidate($0 + (isBraced ? "}" : ""), appendSpace: false) }
    return matching(candidates, String(isBraced ? typed.dropFirst() : typed), start..<word.range.upperBound)
  }

  // MARK: Matching

  /// The candidates that start like the text, without regard to case.
  func matching(_ candidates: [Candidate], _ text: String, _ range: Range<Int>) -> Completions {
    let wanted = text.lowercased()
    let found = candidates.filter { $0.text.lowercased().hasPrefix(wanted) }
    return Completions(
      replace: range, candidates: Array(found.prefix(Self.limit)), moreCount: max(0, found.count - Self.limit))
  }

  /// Names whose values fit, the newest first.
  func names(_ fits: (Value) -> Bool) -> [Candidate] {
    session.names.reversed().compactMap { name in
      guard let value = session[name], fits(value) else { return nil }
      return Candidate(name, help: value.kindPhrase)
    }
  }

  /// A text in quotes, as a word of the language.
  static func quoted(_ text: String, _ quote: Character = "\"") -> String {
    var result = String(quote)
    for character in text {
      if quote == "'" {
        result += character == "'" ? "''" : String(character)
      } else {
        if "\"\\$".contains(character) { result += "\\" }
        result.append(character)
      }
    }
    return result + String(quote)
  }
}
