import ArgumentParser
import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal
import Synchronization

/// `recline check FILE|FOLDER…`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run scripts and compare what they print with what they have recorded.",
    discussion: """
      Numbers with a decimal point may differ by one in the last printed digit; '[..]' matches anything within a line, \
      '...' any lines. The solutions of exercises must meet their conditions. A script whose data is not there is \
      skipped. Status 3 says that something differs.
      """)

  @Argument(
    help: ArgumentHelp("Scripts, and folders of scripts.", valueName: "path"), completion: .file(extensions: ["rec"]))
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "How many scripts run at once; what is told of them keeps their order.", valueName: "count"))
  var jobs = 1

  @OptionGroup var options: SessionOptions

  func validate() throws {
    if !(1...1024).contains(jobs) { throw ValidationError("'--jobs' is from 1 to 1024, and \(jobs) was given") }
  }

  func run() throws {
    let scripts = paths.flatMap(scripts(at:))
    let output = OrderedOutput(count: scripts.count)
    let cancellation = Cancellation()
    Interrupts.install(cancellation)
    // The scripts that run at once share the cores; no result depends on the number of threads.
    var settings = options.settings
    if options.threads == nil { settings.threadCount = max(1, settings.threadCount / min(jobs, max(1, scripts.count))) }
    let common = settings
    let ending = Mutex<(status: ExitCode?, failure: FileFailure?)>((nil, nil))
    Workers(threadCount: jobs).forEach(scripts.count) { number in
      guard !cancellation.isCancelled else { return }
      let check = CheckedScript(path: scripts[number], settings: common, cancellation: cancellation) {
        stream, text throws(FileFailure) in
        try output.write(text, to: stream, of: number)
      }
      do throws(FileFailure) {
        let status = try check.run(showsProgress: jobs == 1)
        try output.finish(number)
        // An error outweighs a difference.
        if let status { ending.withLock { if $0.status == nil || status == .scriptError { $0.status = status } } }
      } catch {
        cancellation.cancel()
        ending.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let (status, failure) = ending.withLock { $0 }
    if let failure { throw failure }
    if cancellation.isCancelled { throw ExitCode.interrupted }
    if let status { throw status }
  }
}

/// One of the scripts, and where what is told of it goes.
private struct CheckedScript {
  let path: String
  let settings: Settings
  let cancellation: Cancellation
  let write: Presenter.Writer

  /// Runs the script and tells what came of it; gives the exit status where that is not 0.
  func run(showsProgress: Bool) throws(FileFailure) -> ExitCode? {
    guard
      let check = try ScriptCheck(
        path, settings, cancellation: cancellation, progress: ProgressBar(isWanted: showsProgress), writer: write)
    else {
      try tell("failed")
      return .scriptError
    }
    switch check.ending {
    case .interrupted:
      cancellation.cancel()
      return nil
    case .absent(let missing):
      try tell("skipped", ": " + missing.map(\.message).joined(separator: ", "))
      return nil
    case .failed:
      try tell("failed")
      try tellChanges(of: check)
      return .scriptError
    case .done where check.isEqual && !check.hasUnmetExpectation:
      try tell("same")
      return nil
    case .done:
      try tell("differs")
      try write(.output, check.script.unifiedDifference(check.comparisons))
      try tellChanges(of: check)
      return .difference
    }
  }

  private func tell(_ verdict: String, _ reason: String = "") throws(FileFailure) {
    try write(.output, verdict + String(repeating: " ", count: 8 - verdict.count) + path + reason + "\n")
  }

  private func tellChanges(of check: ScriptCheck) throws(FileFailure) {
    for change in check.record?.changes(in: check.session, folder: check.session.folder) ?? [] {
      try write(.output, "note: \(change)\n")
    }
  }
}

extension ScriptCheck {
  /// Runs the script at a path in a session of its own; nil where it cannot be read, which is shown.
  init?(
    _ path: String, _ settings: Settings, cancellation: Cancellation, progress: ProgressBar,
    writer: @escaping Presenter.Writer = { stream, text throws(FileFailure) in try stream.write(text) }
  ) throws(FileFailure) {
    var session = Session(settings, cancellation: cancellation) { progress.report($0) }
    let presenter = Presenter(settings, cancellation: cancellation, writer: writer)
    let source: SourceText
    do { source = try .script(at: path) } catch {
      presenter.show(error)
      return nil
    }
    session.enter(source)
    self.init(source, in: session, presenter, progress)
    if let failure = presenter.failure { throw failure }
  }
}
