import RecLanguage
import RecNotebook

extension Lesson {
  /// Asks until the exercise is answered or left.
  ///
  /// A statement runs on a copy of the session before the exercise. Where the solution takes several statements, so may
  /// the answer: they add up on the copy until the conditions hold.
  func ask(_ exercise: Exercise) {
    let place = passed.count
    var hints = exercise.hints[...]
    var copy = session
    while passed.count == place, !isOver, presenter.failure == nil {
      guard let text = readStatement("exercise › ", completing: copy) else { return leave() }
      let word = text.trimmed.lowercased()
      switch word {
      case "":
        remark("Type a statement, or hint, solution or skip.")
      case "hint":
        let none = exercise.hints.isEmpty ? "There is no hint." : "There are no more hints."
        show(MarkdownParser.blocks(of: [hints.popFirst() ?? none]))
      case "solution":
        showSolution(exercise)
      case "?":
        say(LessonKey.exerciseHelp)
      default:
        // A letter that is bound is a statement that shows its value.
        if let key = LessonKey(typed: word), copy[word] == nil {
          act(on: key)
          if key == .restart || key == .back { return }
        } else if run(text, in: &copy) == .done, meets(exercise, copy) {
          pass(.solved, from: session)
        } else if exercise.solution.count <= 1 {
          copy = session
        }
        presenter.settings = session.settings
      }
    }
  }

  private func showSolution(_ exercise: Exercise) {
    guard !exercise.solution.isEmpty else { return remark("The script has no solution.") }
    let statements = exercise.solution.map(\.text).joined(separator: "\n")
    let code = Highlighting.text(of: statements, catalog: session.catalog, color: isColored)
    say("\n" + Self.indented(code) + "\n\n")
    var copy = session
    _ = run(statements, in: &copy)
    presenter.settings = session.settings
    remark("Try it yourself, or skip.")
  }

  /// Whether all that is asked for holds after the learner's statement; what does not is told.
  private func meets(_ exercise: Exercise, _ copy: Session) -> Bool {
    let unmet = exercise.unmet(in: copy, script: source.name)
    for (condition, problem, _) in unmet {
      let prefix = "the expectation is not met: "
      let message = problem.message
      let reason = message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
      say("✗ \(condition.text.onOneLine)".painted(.second, isColored) + ": \(reason)\n")
    }
    if unmet.isEmpty { say("✓ solved\n".painted(.first, isColored)) }
    return unmet.isEmpty
  }
}
