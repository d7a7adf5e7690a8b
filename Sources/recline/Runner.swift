import ArgumentParser
import RecKernels
import RecLanguage
import RecTerminal

/// Runs what the command line names, in one session.
struct Runner {
  private var session: Session
  private let presenter: Presenter
  private let progress: ProgressBar
  private let isQuiet: Bool

  /// - Parameter isQuiet: whether only warnings and errors are shown.
  init(_ settings: Settings, isQuiet: Bool = false) {
    let progress = ProgressBar(isWanted: !isQuiet)
    self.progress = progress
    self.isQuiet = isQuiet
    session = Session(settings) { progress.report($0) }
    presenter = Presenter(settings, isQuiet: isQuiet, cancellation: session.execution.cancellation)
  }

  /// Opens the shell on a terminal; elsewhere standard input is the script.
  mutating func runInput() throws {
    guard StandardStream.input.isTerminal, StandardStream.output.isTerminal else {
      try run(.standardInput())
      return waitForBackground()
    }
    let greeting = isQuiet ? "" : "recline \(Program.version) · `help` lists the commands, Ctrl-D leaves\n"
    let shell = Shell(session: session, presenter: presenter, progress: progress)
    Interrupts.install(session.execution.cancellation)
    guard shell.run(greeting: greeting) else { throw ExitCode.scriptError }
    if let failure = presenter.failure { throw failure }
  }

  /// Runs scripts one after the other, up to one that says `quit`.
  mutating func run(scripts paths: [String]) throws {
    for path in paths {
      let script: SourceText
      do { script = try .script(at: path) } catch {
        presenter.show(error)
        throw ExitCode.scriptError
      }
      session.enter(script)
      guard try run(script) == .done else { break }
    }
    waitForBackground()
  }

  /// Stays while a server goes on that the statements have started.
  private mutating func waitForBackground() {
    session.background?.wait(session.execution.cancellation)
    session.background = nil
  }

  /// Runs statements, and what they leave going on, to the end; throws the exit status where that is not 0.
  mutating func run(statements source: SourceText) throws {
    try run(source)
    waitForBackground()
  }

  @discardableResult
  private mutating func run(_ source: SourceText) throws -> Outcome {
    // Not before: until statements run, while a script is read, Ctrl-C ends the program as it ends any other.
    Interrupts.install(session.execution.cancellation)
    let outcome = session.run(source, presenter, progress)
    if let failure = presenter.failure { throw failure }
    switch outcome {
    case .done, .quit: return outcome
    case .failed, .unmet: throw ExitCode.scriptError
    case .interrupted: throw ExitCode.interrupted
    }
  }
}
