import ArgumentParser
import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal

/// `recline check FILE|FOLDER…`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run scripts and compare what they print with what they have recorded.",
    discussion: """
      Numbers with a decimal point may differ by one in the last printed digit; '[..]' matches anything within a line, \
      '...' any lines. A script whose data is not there is skipped. Status 3 says that something differs.
      """)

  @Argument(
    help: ArgumentHelp("Scripts, and folders of scripts.", valueName: "path"), completion: .file(extensions: ["rec"]))
  var paths: [String]

  @OptionGroup var options: SessionOptions

  func run() throws {
    var status: ExitCode?
    for path in paths {
      for script in scripts(at: path) {
        guard let worse = try check(script) else { continue }
        // An error outweighs a difference.
        if status == nil || worse == .scriptError { status = worse }
      }
    }
    if let status { throw status }
  }

  /// Runs one script and tells what came of it; gives the exit status where that is not 0.
  private func check(_ path: String) throws -> ExitCode? {
    guard let check = try ScriptCheck(path, options) else {
      try tell("failed", path)
      return .scriptError
    }
    switch check.ending {
    case .interrupted: throw ExitCode.interrupted
    case .absent(let missing):
      try tell("skipped", path + ": " + missing.map(\.message).joined(separator: ", "))
      return nil
    case .failed:
      try tell("failed", path)
      return .scriptError
    case .done where check.isEqual && !check.hasUnmetExpectation:
      try tell("same", path)
      return nil
    case .done:
      try tell("differs", path)
      try StandardStream.output.write(check.script.unifiedDifference(check.comparisons))
      return .difference
    }
  }

  private func tell(_ verdict: String, _ path: String) throws {
    try StandardStream.output.write(verdict + String(repeating: " ", count: 8 - verdict.count) + path + "\n")
  }
}

extension ScriptCheck {
  /// Runs the script at a path in a session of its own; nil where it cannot be read, which is shown.
  init?(_ path: String, _ options: SessionOptions) throws {
    let progress = ProgressBar()
    var session = Session(options.settings) { progress.report($0) }
    let presenter = Presenter(session.settings, cancellation: session.execution.cancellation)
    let source: SourceText
    do { source = try .script(at: path) } catch {
      presenter.show(error)
      return nil
    }
    session.enter(source)
    Interrupts.install(session.execution.cancellation)
    self.init(source, in: session, presenter, progress)
    if let failure = presenter.failure { throw failure }
  }
}
