import RecData
import RecKernels
package import RecLanguage

/// The loop at the prompt: reads a statement, runs it, shows what it gives, until Ctrl-D or `quit`.
///
/// An error never ends the session, and Ctrl-C stops the running statement, not the shell. A class, because the editor's
/// completion reads the session that the loop changes.
package final class Shell {
  private var session: Session
  private let presenter: Presenter
  private let progress: ProgressBar
  private let history: HistoryLog
  private let log: SessionLog
  /// The number of the next line, so that outputs of later statements have lines of their own.
  private var nextLine = 1
  private var toldHistoryWarning = false
  private var isDone = false

  /// A shell over a session, whose cancellation Ctrl-C asks for and whose progress the bar shows.
  package init(
    session: Session, presenter: Presenter, progress: ProgressBar,
    history: HistoryLog = HistoryLog(path: HistoryLog.defaultPath()),
    log: SessionLog = SessionLog(folder: SessionLog.defaultFolder())
  ) {
    self.session = session
    self.presenter = presenter
    self.progress = progress
    self.history = history
    self.log = log
    presenter.isPaged = true
    let folder = log.folder
    let own = log.name
    self.session.previousStatements = { SessionLog.statements(before: own, in: folder) }
  }

  /// The configuration that is read at start: `$XDG_CONFIG_HOME/recline/init.rec`, by default under `~/.config`.
  package static func configurationPath(_ environment: (String) -> String? = RecKernels.environment) -> String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/recline/init.rec" }
    guard let home = environment("HOME"), !home.isEmpty else { return nil }
    return home + "/.config/recline/init.rec"
  }

  /// Runs until the user leaves; `false` where libedit finds no terminal.
  package func run(greeting: String) -> Bool {
    let editor = LineEditor(history: history) { [unowned self] line, cursor in
      GrammarCompletion(session).completions(line, cursor)
    }
    guard let editor else { return false }
    editor.write(greeting)
    runConfiguration()
    while !isDone, presenter.failure == nil {
      guard let statement = readStatement(editor) else { continue }
      history.add(statement)
      tellHistoryWarning()
      if let command = Self.systemCommand(statement) {
        run(command)
        continue
      }
      run(SourceText(statement, firstLine: nextLine), editor)
    }
    return true
  }

  // MARK: Reading

  /// A whole statement, or `nil` where there is nothing to run.
  private func readStatement(_ editor: LineEditor) -> String? {
    var text = ""
    while true {
      let color = presenter.isColored(.output) ? Accent.prompt.rawValue : ""
      let prompt = text.isEmpty ? Prompt(promptText, color: color) : Prompt("      … › ", color: color)
      switch editor.readLine(prompt: prompt, continuing: text) {
      case .interrupted:
        editor.discardPendingInput()
        return nil
      case .endOfFile where text.isEmpty:
        editor.write("\n")
        isDone = true
        return nil
      case .endOfFile:
        // What is open stays so; the parser tells what is missing.
        editor.write("\n")
        return text
      case .line(let line):
        text += PastedText.withoutPrompt(line)
        if text == line, Self.systemCommand(text) != nil { return text }
        let parsed = Parser.parse(SourceText(text), lexicon: session.catalog.lexicon)
        if parsed.needsMoreInput {
          text += "\n"
        } else if parsed.script.statements.isEmpty, parsed.diagnostics.isEmpty {
          return nil
        } else {
          return text
        }
      }
    }
  }

  /// `recline › `, with what is loaded and trained: `recline ml-latest-small · svd › `.
  private var promptText: String { PromptText.text(session.settings.prompt, session) }

  /// What stands behind the `!` that a line starts with.
  private static func systemCommand(_ line: String) -> String? {
    let rest = line.drop { $0.isWhitespace }
    return rest.first == "!" ? String(rest.dropFirst()) : nil
  }

  // MARK: Running

  private func runConfiguration() {
    guard let path = Self.configurationPath(), fileKind(path) == .file else { return }
    // `run` names the file's own lines in errors and starts its relative paths at its folder.
    run(SourceText("run \(GrammarCompletion.quoted(path))", firstLine: nextLine), nil)
    session.history = []
  }

  private func run(_ source: SourceText, _ editor: LineEditor?) {
    nextLine = source.firstLine + source.lineCount
    session.execution.cancellation.reset()
    Interrupts.resetCount()
    let known = session.history.count
    let outcome = session.run(source, presenter, progress)
    presenter.settings = session.settings
    if editor != nil { log.add(session.history.dropFirst(known).map(\.text)) }
    switch outcome {
    case .done, .failed, .unmet: return
    case .quit: isDone = true
    case .interrupted:
      editor?.discardPendingInput()
      tell(StandardStream.error.isTerminal ? "\r\u{1B}[Kinterrupted\n" : "interrupted\n")
    }
  }

  /// Runs a command of the system's shell, and tells its status where it did not succeed.
  private func run(_ command: String) {
    if command.trimmed.isEmpty { return tell("a command follows the '!', such as !ls\n") }
    switch SystemCommand(text: command).run() {
    case 0: return
    case nil: tell("the command cannot be started\n")
    case let status?: tell("exit status \(status)\n")
    }
  }

  private func tellHistoryWarning() {
    guard let warning = history.warning, !toldHistoryWarning else { return }
    toldHistoryWarning = true
    tell("warning: \(warning)\n")
  }

  /// Writes beside the results; nobody is left to be told when this fails.
  private func tell(_ text: String) {
    try? StandardStream.error.write(text)
  }
}
