import RecKernels
package import RecLanguage

extension Session {
  /// Checks and runs a text, showing its outputs as they come; with an error in it, nothing runs.
  package mutating func run(_ source: SourceText, _ presenter: Presenter, _ progress: ProgressBar) -> Outcome {
    let parsed = Parser.parse(source, lexicon: catalog.lexicon)
    presenter.settings = settings
    var evaluator = Evaluator(source, timing: tell) { output in
      progress.hide()
      presenter.show(output, in: source)
    }
    let problems = Evaluator.problems(of: parsed, in: self)
    guard problems.isEmpty else {
      lastError = problems.first
      evaluator.tell(problems)
      return .failed(problems)
    }
    for statement in parsed.script.statements {
      presenter.settings = settings
      progress.begin()
      let outcome = evaluator.run(statement, in: &self)
      progress.end()
      guard outcome == .done, presenter.failure == nil else { return outcome }
    }
    return .done
  }
}

/// Tells the time of a statement, where nobody takes it for an output.
private func tell(_ time: String) {
  // On a terminal a bar, or the ^C that stopped the statement, may stand in the line.
  try? StandardStream.error.write((StandardStream.error.isTerminal ? "\r\u{1B}[K" : "") + time + "\n")
}
