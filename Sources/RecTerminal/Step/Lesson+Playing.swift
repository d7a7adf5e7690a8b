import RecLanguage

extension Lesson {
  /// A prompt on a copy of the session, until `resume` or Ctrl-D.
  func play() {
    remark("This is a copy of the session; `resume` or Ctrl-D goes back to the script.")
    var copy = session
    while presenter.failure == nil, let statement = readStatement("play › ", completing: copy) {
      if statement.trimmed.lowercased() == "resume" { break }
      if run(statement, in: &copy) == .quit { break }
    }
    presenter.settings = session.settings
  }

  /// Runs what the learner typed, and shows what it gives.
  func run(_ statement: String, in copy: inout Session) -> Outcome {
    guard !statement.trimmed.isEmpty else { return .done }
    input.remember(statement)
    let text = SourceText(statement, firstLine: nextLine)
    nextLine += text.lineCount
    resetInterruption()
    let before = copy
    let outcome = copy.run(text, presenter, progress)
    if outcome == .interrupted {
      copy = before
      tellInterruption()
    }
    presenter.settings = copy.settings
    return outcome
  }

  /// A whole statement of the learner, empty after Ctrl-C; nil at Ctrl-D.
  func readStatement(_ promptText: String, completing session: Session) -> String? {
    var text = ""
    let mark = String(repeating: " ", count: max(0, promptText.count - 4)) + "… › "
    while true {
      let prompt = prompt(text.isEmpty ? promptText : mark)
      switch input.readLine(prompt: prompt, continuing: text, completing: session) {
      case .interrupted:
        input.discardPendingInput()
        return ""
      case .endOfFile: return text.isEmpty ? nil : text
      case .line(let line):
        text += PastedText.withoutPrompt(line)
        guard Parser.parse(SourceText(text), lexicon: session.catalog.lexicon).needsMoreInput else { return text }
        text += "\n"
      }
    }
  }
}
