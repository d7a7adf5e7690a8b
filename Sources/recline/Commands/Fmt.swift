import ArgumentParser
import RecData
import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal

/// `recline fmt FILE…`.
struct Fmt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write scripts in their canonical form: spacing, and words of the language in lower case.",
    discussion: """
      Prose, comments and recorded lines stay as they are. Without files, or for '-', standard input is formatted to \
      standard output. A script with an error in its form is left as it is. Status 3: with --check, a file would change.
      """)

  @Argument(
    help: ArgumentHelp("Scripts, and folders of scripts.", valueName: "path"), completion: .file(extensions: ["rec"]))
  var paths: [String] = []

  @Flag(help: "Change nothing; tell which files would change.")
  var check = false

  func run() throws {
    var status: ExitCode?
    for path in paths.isEmpty ? ["-"] : paths {
      for script in path == "-" ? [path] : scripts(at: path) {
        if let own = try format(script), status != .scriptError { status = own }
      }
    }
    if let status { throw status }
  }

  /// Formats one script; gives the exit status where that is not 0.
  private func format(_ path: String) throws -> ExitCode? {
    let presenter = Presenter(Settings(threadCount: 1), cancellation: Cancellation())
    do {
      let source: SourceText = try path == "-" ? .standardInput() : .script(at: path)
      let parsed = Parser.parse(source, lexicon: CommandCatalog.language.lexicon)
      guard parsed.diagnostics.isEmpty else {
        for problem in parsed.diagnostics { presenter.show(problem, in: source) }
        return .scriptError
      }
      let formatted = ScriptFormatter.format(parsed.script, in: source, catalog: .language)
      let isSame = Array(formatted.utf8) == source.bytes
      if check {
        if !isSame { try StandardStream.output.write("would change  \(path)\n") }
        return isSame ? nil : .difference
      }
      if path == "-" {
        try StandardStream.output.write(formatted)
      } else if !isSame {
        var file = try AtomicFile(replacing: path)
        try file.write(Array(formatted.utf8))
        try file.finish()
        try StandardStream.output.write("formatted  \(path)\n")
      }
      return nil
    } catch let problem as Diagnostic {
      presenter.show(problem)
    } catch let problem as DataError {
      presenter.show(Diagnostic(problem))
    }
    return .scriptError
  }
}
