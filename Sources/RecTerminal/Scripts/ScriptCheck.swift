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

  package let script: RecordedScript
  /// One for each passage; what did not run counts as printed as recorded.
  package private(set) var comparisons: [OutputComparison] = []
  package private(set) var ending = Ending.done
  /// Whether an `expect` failed, which was shown.
  package private(set) var hasUnmetExpectation = false

  package var isEqual: Bool { comparisons.allSatisfy { $0.isEqual } }

  /// Runs a text in a session and compares as it goes; errors and failed expectations are shown.
  package init(_ source: SourceText, in session: inout Session, _ presenter: Presenter, _ progress: ProgressBar) {
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    script = RecordedScript(parsed.script, in: source)
    let lines = RecordedLines(presenter, source)
    var evaluator = Evaluator(source) { lines.take($0) }
    let problems = Evaluator.problems(of: parsed, in: session)
    if problems.isEmpty {
      run(&evaluator, lines, in: &session, progress)
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
    _ evaluator: inout Evaluator, _ lines: RecordedLines, in session: inout Session, _ progress: ProgressBar
  ) {
    for passage in script.passages {
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

/// The outputs of a passage as they are recorded: tables for people, 80 columns, no colour; errors are shown instead.
///
/// A class because the evaluator's sink and the check share it.
private final class RecordedLines {
  private var text = ""
  private let presenter: Presenter
  private let source: SourceText

  init(_ presenter: Presenter, _ source: SourceText) {
    self.presenter = presenter
    self.source = source
  }

  func take(_ output: Output) {
    if case .error = output.content { return presenter.show(output, in: source) }
    // A warning is recorded without its line of the script, whose number changes with every line above it.
    text += Renderer.table.render(output, in: Renderer.Surroundings())
  }

  /// The lines so far, which are forgotten.
  func takeAll() -> [String] {
    defer { text = "" }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
