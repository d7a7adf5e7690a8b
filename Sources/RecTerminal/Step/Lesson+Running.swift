import RecKernels
import RecLanguage
import RecNotebook

extension Lesson {
  /// Runs a statement of the script and compares; nil where it does not come to its end, and the session is as before.
  ///
  /// Errors are shown in any case, and whether it printed what is recorded unless it is quiet.
  func run(_ passage: RecordedScript.Passage, isQuiet: Bool) -> LessonResult? {
    let before = session
    // Beside what is shown, the text as it is recorded: 80 columns, no colour, no errors.
    var printed = RecordedOutput()
    var isMet = true
    var evaluator = Evaluator(source, timing: { [presenter] time in presenter.write(time + "\n", to: .error) }) {
      [presenter, progress, source] output in
      progress.hide()
      let isError = if case .error = output.content { true } else { false }
      if !isQuiet || isError { presenter.show(output, in: source) }
      if !isError { printed.take(output) }
    }
    for statement in passage.statements {
      presenter.settings = session.settings
      resetInterruption()
      progress.begin()
      let outcome = evaluator.run(statement, in: &session)
      progress.end()
      presenter.settings = session.settings
      switch outcome {
      case .done: continue
      case .quit:
        finish()
      // The statements behind an expectation run all the same, as in a check.
      case .unmet: isMet = false
      case .failed: session = before
      case .interrupted:
        session = before
        tellInterruption()
      }
      if case .unmet = outcome { continue }
      presenter.settings = session.settings
      return nil
    }
    guard !passage.recorded.isEmpty else { return .ran(isAsRecorded: isMet ? nil : false) }
    let comparison = OutputComparison(recorded: passage.recorded, printed: printed.lines)
    if !isQuiet { tell(comparison) }
    return .ran(isAsRecorded: comparison.isEqual && isMet)
  }

  func resetInterruption() {
    session.execution.cancellation.reset()
    Interrupts.resetCount()
  }

  func tellInterruption() {
    input.discardPendingInput()
    say(StandardStream.error.isTerminal ? "\r\u{1B}[Kinterrupted\n" : "interrupted\n")
  }

  private func tell(_ comparison: OutputComparison) {
    if comparison.isEqual { return say("✓ as recorded\n".painted(.first, isColored)) }
    say("✗ not as recorded (- recorded, + now)\n".painted(.second, isColored))
    for line in comparison.shortDifference {
      say(line.painted(line.hasPrefix(" ") ? .faint : .second, isColored) + "\n")
    }
  }

  // MARK: The summary

  /// How many statements ran, and how they compare.
  var summary: String {
    var (ran, same, different, skipped, solved) = (0, 0, 0, 0, 0)
    for step in passed {
      switch step.result {
      case .ran(let isAsRecorded):
        ran += 1
        if isAsRecorded == true { same += 1 }
        if isAsRecorded == false { different += 1 }
      case .skipped: skipped += 1
      case .solved: solved += 1
      }
    }
    var parts = ["\(ran) \(ran == 1 ? "statement" : "statements")", "\(same) ✓", "\(different) ✗"]
    if skipped > 0 { parts.append("\(skipped) skipped") }
    let exercises = stops.count { if case .exercise = $0.content { true } else { false } }
    if exercises > 0 { parts.append("\(solved) of \(exercises) exercises solved") }
    return "The end: " + parts.joined(separator: " · ")
  }
}

extension OutputComparison {
  /// The lines that differ as `diff -u` marks them, each with at most one that does not above and below it.
  ///
  /// At most twelve, then how many more there are.
  var shortDifference: [String] {
    let isChanged = lines.map { if case .kept = $0 { false } else { true } }
    var shown: [String] = []
    for (index, line) in lines.enumerated() {
      guard isChanged[max(0, index - 1)...min(index + 1, lines.count - 1)].contains(true) else { continue }
      switch line {
      case .kept(let text): shown.append("  " + text)
      case .missing(let text): shown.append("- " + text)
      case .added(let text): shown.append("+ " + text)
      }
    }
    let limit = 12
    guard shown.count > limit + 1 else { return shown }
    return shown.prefix(limit) + ["  … \(shown.count - limit) more lines"]
  }
}
