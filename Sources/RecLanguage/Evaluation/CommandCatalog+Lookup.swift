import RecModels

extension CommandCatalog {
  /// Short forms that run, and the verbs that they stand for.
  private static let verbsOfShortForms = ["?": "help", "exit": "quit"]

  /// The short forms of verbs that this catalog has.
  var shortForms: [String] { Self.verbsOfShortForms.filter { self[$0.value] != nil }.map(\.key) }

  /// The command of a verb or of a short form, without regard to case.
  package func command(for verb: String) -> Command? {
    self[verb] ?? Self.verbsOfShortForms[verb.lowercased()].flatMap { self[$0] }
  }

  /// Whether a text from elsewhere, such as a file, is a NAME that a statement could bind.
  func canBind(_ name: String) -> Bool {
    let lexer = Lexer(SourceText(name: "name", name))
    let word = name.lowercased()
    return lexer.nameEnd(from: 0) == lexer.bytes.count && !lexicon.settings.contains(word)
      && !Parser.reservedNames.contains(word)
  }

  /// The error that a verb of no command is, with what was probably meant.
  func unknownCommand(_ verb: Name, boundNames: [String] = []) -> Diagnostic {
    let word = String(verb.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    let wanted = word.isEmpty ? verb.text : word
    var hint = hintForFirstGuess(wanted)
    if hint == nil, boundNames.contains(wanted), self["show"] != nil {
      hint = "a command starts with its verb, such as show \(Diagnostic.shortened(wanted))"
    }
    if hint == nil, verb.text.contains("("), self[word] != nil { hint = "a command has no parentheses" }
    return Diagnostic(
      "unknown-command", "no command \(Diagnostic.quoted(verb.text))", at: verb.range,
      hint: hint ?? didYouMean(nearest(wanted, in: verbs)), help: "'help' lists the commands")
  }

  /// What is known of a first guess, where the command that it means is in this catalog.
  func hintForFirstGuess(_ word: String) -> String? {
    guard let hint = FirstGuess.hint(for: word) else { return nil }
    if let verb = FirstGuess.verb(for: word), self[verb] == nil { return nil }
    return hint
  }
}
