import ArgumentParser
import RecData
import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal

/// `recline report FILE`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Run a script and write it with its outputs as a page for readers.",
    discussion: """
      The page is one file of HTML that needs neither a network nor scripts; with an ending .md it is Markdown. A script \
      that fails is written up to its error, with status 1.
      """)

  @Argument(help: ArgumentHelp("A script.", valueName: "file"), completion: .file(extensions: ["rec"]))
  var file: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The page, .html or .md; without it FILE.html beside the script.", valueName: "path"))
  var output: String?

  @OptionGroup var options: SessionOptions

  func validate() throws {
    guard let output else { return }
    guard [".html", ".htm", ".md"].contains(where: output.lowercased().hasSuffix) else {
      throw ValidationError("a report ends in .html or .md, and '\(output)' was given")
    }
  }

  func run() throws {
    let progress = ProgressBar()
    var session = Session(options.settings) { progress.report($0) }
    let presenter = Presenter(session.settings, cancellation: session.execution.cancellation)
    let report: Report
    let path = output ?? (file.hasSuffix(".rec") ? String(file.dropLast(4)) : file) + ".html"
    do {
      let source = try SourceText.script(at: file)
      session.enter(source)
      Interrupts.install(session.execution.cancellation)
      report = try Report(running: source, in: &session, folder: Session.folder(ofScript: path), progress)
      try write(report, to: path)
    } catch let problem as Diagnostic {
      presenter.show(problem)
      throw ExitCode.scriptError
    } catch {
      presenter.show(Diagnostic("unreadable-file", "the data that was loaded cannot be read again: \(error)"))
      throw ExitCode.scriptError
    }
    for problem in report.errors { presenter.show(problem, in: report.notebook.source) }
    switch report.ending {
    case .failed: throw ExitCode.scriptError
    case .interrupted: throw ExitCode.interrupted
    case nil: break
    }
  }

  private func write(_ report: Report, to path: String) throws(Diagnostic) {
    let isMarkdown = path.lowercased().hasSuffix(".md")
    let surroundings = Renderer.Surroundings(source: report.notebook.source)
    let text = isMarkdown ? report.markdown { Renderer.markdown.render($0, in: surroundings) } : report.html
    do throws(DataError) {
      var file = try AtomicFile(replacing: path)
      try file.write(text)
      try file.finish()
    } catch {
      throw Diagnostic(error)
    }
  }
}
