import RecKernels
import RecLanguage
import RecTerminal

/// A session that another program drives, so that a statement's own time is measured, without the start of a process.
///
/// A line of standard input is one statement. Its outputs come as JSON Lines, and after them one line more,
/// `{"kind":"done","seconds":0.0123}`; `"kind":"failed"` where an error stands among the outputs.
enum StatementServer {
  static func run() {
    var settings = Settings(threadCount: Workers.coreCount)
    settings.output = "json"
    let execution = Execution(workers: Workers(threadCount: settings.threadCount))
    var session = Session(catalog: .language, settings: settings, execution: execution, folder: "")
    let presenter = Presenter(settings, cancellation: execution.cancellation)
    let progress = ProgressBar(isWanted: false)
    while let line = readLine() {
      var outcome = Outcome.done
      let seconds = time { outcome = session.run(SourceText(line), presenter, progress) }
      let kind = outcome == .done ? "done" : "failed"
      do {
        try StandardStream.output.write("{\"kind\":\"\(kind)\",\"seconds\":\(seconds)}\n")
      } catch { return }
    }
  }
}
