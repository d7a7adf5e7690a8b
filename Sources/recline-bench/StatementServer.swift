import RecData
import RecKernels
import RecLanguage
import RecModels
import RecTerminal

/// A session that another program drives, so that a statement's own time is measured, without the start of a process.
///
/// A line of standard input is one statement. Its outputs come as JSON Lines, and after them one line more,
/// `{"kind":"done","seconds":0.0123}`; `"kind":"failed"` where an error stands among the outputs. The line `lists MODEL`
/// is no statement: it makes the ten best unseen items of all users, in memory, as a service that holds the model does.
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
      let words = line.split(separator: " ")
      let seconds =
        if words.first == "lists", let name = words.last, case .model(let model)? = session[String(name)] {
          time {
            _ = model.lists(
              of: 0..<model.entities.users.count, ListRule(length: 10, hidesSeen: true), workers: execution.workers)
          }
        } else {
          time { outcome = session.run(SourceText(line), presenter, progress) }
        }
      let kind = outcome == .done ? "done" : "failed"
      do {
        try StandardStream.output.write("{\"kind\":\"\(kind)\",\"seconds\":\(seconds)}\n")
      } catch { return }
    }
  }
}
