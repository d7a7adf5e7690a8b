import RecKernels
package import RecLanguage
package import RecNotebook

/// A script that was run beside its recorded outputs.
package struct ScriptCheck {
  /// How the run ended.
  package enum Ending: Sendable, Equatable {
    case done
    /// Files that the script needs are not there, and nothing ran.
    case absent([Diagnostic])
    /// An error in the script or its data, which was shown.
    case failed
    case interrupted
  }

  package let notebook: Notebook
  /// What the script says of its last recording.
  package let record: RunRecord?
  /// The session as the script left it.
  package private(set) var session: Session
  package var script: RecordedScript { notebook.recorded }
  /// One for each passage; what did not run counts as printed as recorded.
  package private(set) var comparisons: [OutputComparison] = []
  package private(set) var ending = Ending.done
  /// Whether an `expect` failed, or the solution of an exercise does not meet its conditions, which was shown.
  package private(set) var hasUnmetExpectation = false

  package var isEqual: Bool { comparisons.allSatisfy { $0.isEqual } }

  /// Runs a text in a session and compares as it goes; errors and failed expectations are shown.
  package init(_ source: SourceText, in session: Session, _ presenter: Presenter, _ progress: ProgressBar) {
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    notebook = Notebook(parsed.script, in: source)
    record = RunRecord(parsed.script, in: source)
    self.session = session
    let lines = RecordedLines(presenter, source)
    var evaluator = Evaluator(source) { lines.take($0) }
    let problems = Evaluator.problems(of: parsed, in: session)
    if problems.isEmpty {
      run(&evaluator, lines, progress)
    } else if problems.allSatisfy({ $0.code == .missingFile }) {
      ending = .absent(problems)
    } else {
      evaluator.tell(problems)
      ending = .failed
    }
    for passage in script.passages.dropFirst(comparisons.count) {
      comparisons.append(OutputComparison(recorded: passage.recorded, printed: passage.recorded))
    }
  }

  private mutating func run(
    _ evaluator: inout Evaluator, _ lines: RecordedLines, _ progress: ProgressBar
  ) {
    for part in notebook.parts {
      if case .exercise(let exercise) = part, !solves(exercise, in: session, lines) { hasUnmetExpectation = true }
      guard case .passage(let passage) = part else { continue }
      var isOver = false
      for statement in passage.statements where !isOver {
        progress.begin()
        let outcome = evaluator.run(statement, in: &session)
        progress.end()
        switch outcome {
        case .done: break
        case .unmet: hasUnmetExpectation = true
        case .quit: isOver = true
        case .failed: ending = .failed
        case .interrupted: ending = .interrupted
        }
        if ending != .done { return }
      }
      comparisons.append(OutputComparison(recorded: passage.recorded, printed: lines.takeAll()))
      if isOver { return }
    }
  }
}

extension ScriptCheck {
  /// Whether the solution of an exercise meets its conditions, on a copy of the session as it is at that place.
  private func solves(_ exercise: Exercise, in session: Session, _ lines: RecordedLines) -> Bool {
    guard !exercise.solution.isEmpty else { return true }
    var trial = session
    let name = notebook.source.name
    guard exercise.runSolution(in: &trial, script: name, show: lines.showErrors) == .done else { return false }
    let unmet = exercise.unmet(in: trial, script: name)
    for (_, problem, source) in unmet { lines.show(problem, in: source) }
    return unmet.isEmpty
  }
}

/// The outputs of a passage as they are recorded; errors are shown instead.
///
/// A class because the evaluator's sink and the check share it.
private final class RecordedLines {
  private var printed = RecordedOutput()
  private let presenter: Presenter
  private let source: SourceText

  init(_ presenter: Presenter, _ source: SourceText) {
    self.presenter = presenter
    self.source = source
  }

  func take(_ output: Output) {
    if case .error = output.content { return presenter.show(output, in: source) }
    printed.take(output)
  }

  /// Shows what is wrong in a text beside the script's passages; nothing of it is recorded.
  func showErrors(_ output: Output, in source: SourceText) {
    if case .error = output.content { presenter.show(output, in: source) }
  }

  func show(_ problem: Diagnostic, in source: SourceText) { presenter.show(problem, in: source) }

  /// The lines so far, which are forgotten.
  func takeAll() -> [String] {
    defer { printed = RecordedOutput() }
    return printed.lines
  }
}
