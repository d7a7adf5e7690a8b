import RecData
import RecKernels
package import RecLanguage

/// The loop at the prompt: reads a statement, runs it, shows what it gives, until Ctrl-D or `quit`.
///
/// An error never ends the session, and Ctrl-C stops the running statement, not the shell. A class, because the editor's
/// completion reads the session that the loop changes.
package final class Shell {
  private var session: Session
  private let cancellation = Cancellation()
  private let progress = ProgressBar()
  private let history: HistoryLog
  /// The number of the next line, so that outputs of later statements have lines of their own.
  private var nextLine = 1
  private var toldHistoryWarning = false
  private var isDone = false
  /// Whether nobody reads what is written any more.
  private var isPipeClosed = false

  /// A shell over a session, whose execution it takes over: it shows progress and can be stopped by Ctrl-C.
  package init(session: Session, history: HistoryLog = HistoryLog(path: HistoryLog.defaultPath())) {
    self.session = session
    self.history = history
    let progress = progress
    self.session.execution = Execution(
      workers: session.execution.workers, cancellation: cancellation, report: { progress.report($0) })
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
    Interrupts.install(cancellation)
    editor.write(greeting)
    runConfiguration()
    while !isDone, !isPipeClosed {
      guard let statement = readStatement(editor) else { continue }
      history.add(statement)
      tellHistoryWarning()
      run(SourceText(statement, firstLine: nextLine), editor)
    }
    return true
  }

  // MARK: Reading

  /// A whole statement, or `nil` where there is nothing to run.
  private func readStatement(_ editor: LineEditor) -> String? {
    var text = ""
    while true {
      let color = OutputPrinter.isColored(session.settings, .output) ? Accent.prompt.rawValue : ""
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
  private var promptText: String {
    let model = session.newest { if case .model = $0 { true } else { nil } }?.name
    let state = [session.trainingData?.name.onOneLine.fitted(toWidth: 24), model?.fitted(toWidth: 16)]
      .compactMap { $0 }.filter { !$0.isEmpty && !$0.contains("›") }
    return state.isEmpty ? "recline › " : "recline \(state.joined(separator: " · ")) › "
  }

  // MARK: Running

  private func runConfiguration() {
    guard let path = Self.configurationPath(), fileKind(path) == .file else { return }
    // `run` names the file's own lines in errors and starts its relative paths at its folder.
    run(SourceText("run \(GrammarCompletion.quoted(path))", firstLine: nextLine), nil)
  }

  private func run(_ source: SourceText, _ editor: LineEditor?) {
    nextLine = source.firstLine + source.lineCount
    cancellation.reset()
    Interrupts.resetCount()
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    let problems = Evaluator.problems(of: parsed, in: session)
    var evaluator = Evaluator(
      source, keepsHistory: editor != nil, timing: { [unowned self] in tell($0 + "\n") },
      sink: { [unowned self] output in show(output, source) })
    guard problems.isEmpty else {
      // The evaluator words them: it parses and checks once more, and runs nothing.
      _ = evaluator.run(in: &session)
      return
    }
    for statement in parsed.script.statements where !isDone {
      progress.begin()
      var session = session
      let outcome = evaluator.run(statement, in: &session)
      self.session = session
      progress.end()
      switch outcome {
      case .done: continue
      case .quit: isDone = true
      case .interrupted:
        editor?.discardPendingInput()
        tell(StandardStream.error.isTerminal ? "\r\u{1B}[Kinterrupted\n" : "interrupted\n")
      case .failed, .unmet: break
      }
      return
    }
  }

  private func show(_ output: Output, _ source: SourceText) {
    progress.hide()
    do throws(FileFailure) {
      try OutputPrinter(settings: session.settings, source: source).print(output)
    } catch {
      isPipeClosed = error == .closedPipe
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
