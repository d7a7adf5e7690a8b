import ArgumentParser
import RecKernels
import RecLanguage
import RecTerminal

/// `recline run FILE…`, and what `recline` does where no subcommand is named.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run scripts or statements; with neither, open the shell or read standard input.",
    discussion: "Relative paths in a script start at its folder, those of statements at the current one.")

  @Argument(
    help: ArgumentHelp("Scripts, run one after the other in one session.", valueName: "file"),
    completion: .file(extensions: ["rec"]))
  var files: [String] = []

  @OptionGroup var options: RunOptions

  func validate() throws {
    if options.statements != nil, let file = files.first {
      throw ValidationError("'-c' takes the place of a file; '\(file)' is one")
    }
  }

  func run() throws {
    let progress = ProgressBar(isWanted: !options.quiet)
    var session = Session(options.settings) { progress.report($0) }
    let presenter = Presenter(
      session.settings, isQuiet: options.quiet, cancellation: session.execution.cancellation)
    if let statements = options.statements {
      try run(SourceText(statements), in: &session, presenter, progress)
    } else if files.isEmpty, StandardStream.input.isTerminal, StandardStream.output.isTerminal {
      try openShell(session, presenter, progress)
    } else if files.isEmpty {
      try run(try .standardInput(), in: &session, presenter, progress)
    }
    for file in files {
      let script: SourceText
      do { script = try .script(at: file) } catch {
        presenter.show(error)
        throw ExitCode.scriptError
      }
      session.enter(script)
      guard try run(script, in: &session, presenter, progress) == .done else { return }
    }
  }

  private func openShell(_ session: Session, _ presenter: Presenter, _ progress: ProgressBar) throws {
    let greeting = options.quiet ? "" : "recline \(Recline.version) · `help` lists the commands, Ctrl-D leaves\n"
    let shell = Shell(session: session, presenter: presenter, progress: progress)
    guard shell.run(greeting: greeting) else { throw ExitCode.scriptError }
    if let failure = presenter.failure { throw failure }
  }

  /// Runs a text to its end; throws its exit status where that is not 0.
  @discardableResult
  private func run(
    _ source: SourceText, in session: inout Session, _ presenter: Presenter, _ progress: ProgressBar
  ) throws -> Outcome {
    let outcome = session.run(source, presenter, progress)
    if let failure = presenter.failure { throw failure }
    switch outcome {
    case .done, .quit: return outcome
    case .failed, .unmet: throw ExitCode.scriptError
    case .interrupted: throw ExitCode.interrupted
    }
  }
}

/// The options of `recline` without a subcommand.
struct RunOptions: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, plain, markdown, json
  }

  @Option(
    name: .customShort("c"), parsing: .unconditional,
    help: ArgumentHelp("Statements to run instead of a script.", valueName: "statements"))
  var statements: String?

  @Option(help: "How outputs look: table on a terminal, else plain.")
  var format: Format?

  @Flag(help: "Show nothing but warnings and errors.")
  var quiet = false

  @OptionGroup var session: SessionOptions

  /// What the options ask for, with the program's defaults for the rest.
  var settings: Settings {
    var settings = session.settings
    settings.output = format?.rawValue
    return settings
  }
}
