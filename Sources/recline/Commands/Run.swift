import ArgumentParser
import RecLanguage

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
    if let form = options.protocol {
      guard files.isEmpty, options.statements == nil else {
        throw ValidationError("'--protocol' takes statements from standard input alone")
      }
      return try form.run(options.settings)
    }
    var runner = Runner(options.settings, isQuiet: options.quiet)
    if let statements = options.statements {
      try runner.run(statements: SourceText(statements))
    } else if files.isEmpty {
      try runner.runInput()
    } else {
      try runner.run(scripts: files)
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

  @Option(help: ArgumentHelp("Serve a program: json on standard input and output; help explains.", valueName: "form"))
  var `protocol`: ProtocolForm?

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
