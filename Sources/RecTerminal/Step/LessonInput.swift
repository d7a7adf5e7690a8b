import RecKernels
package import RecLanguage

/// Where the keys and statements of a lesson come from.
package protocol LessonInput: AnyObject {
  /// Asks for a line.
  ///
  /// - Parameters:
  ///   - earlier: the lines of the same statement before it.
  ///   - session: what statements are completed by; nil where keys are asked for.
  func readLine(prompt: Prompt, continuing earlier: String, completing session: Session?) -> LineResult
  /// Keeps a statement for the Up key.
  func remember(_ statement: String)
  /// Forgets what was typed ahead, after an interruption.
  func discardPendingInput()
}

/// A terminal with the line editor; statements are remembered for this lesson only.
package final class EditorInput: LessonInput {
  /// What is completed now; a class, because the editor's completion reads what the input changes.
  private final class Completed {
    var session: Session?
  }

  private let editor: LineEditor
  private let history = HistoryLog(path: nil)
  private let completed = Completed()

  /// `nil` where libedit finds no terminal to edit on.
  package init?() {
    let editor = LineEditor(history: history) { [completed] line, cursor in
      completed.session.map { GrammarCompletion($0).completions(line, cursor) } ?? .none(at: cursor)
    }
    guard let editor else { return nil }
    self.editor = editor
  }

  package func readLine(prompt: Prompt, continuing earlier: String, completing session: Session?) -> LineResult {
    completed.session = session
    defer { completed.session = nil }
    let line = editor.readLine(prompt: prompt, continuing: earlier)
    if line == .endOfFile { editor.write("\n") }
    return line
  }

  package func remember(_ statement: String) { history.add(statement) }

  package func discardPendingInput() { editor.discardPendingInput() }
}

/// The lines of standard input where that is no terminal, each shown behind its prompt, so that the output is whole.
package final class PipedInput: LessonInput {
  private let presenter: Presenter
  private var pending: [UInt8] = []

  package init(_ presenter: Presenter) {
    self.presenter = presenter
  }

  package func readLine(prompt: Prompt, continuing earlier: String, completing session: Session?) -> LineResult {
    let line = nextLine()
    presenter.write(prompt.text + (line ?? "") + "\n")
    return line.map(LineResult.line) ?? .endOfFile
  }

  package func remember(_ statement: String) {}

  package func discardPendingInput() {}

  private func nextLine() -> String? {
    var searched = 0
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeFirst(end + 1)
        return line
      }
      searched = pending.count
      // Input that cannot be read any more has ended.
      guard let part = try? StandardStream.input.read(), !part.isEmpty else { break }
      pending += part
    }
    defer { pending = [] }
    return pending.isEmpty ? nil : String(decoding: pending, as: UTF8.self)
  }
}
