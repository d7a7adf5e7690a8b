import ArgumentParser
import RecKernels
import RecLanguage
import RecTerminal

/// `recline step FILE`.
struct Step: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Go through a script statement by statement, as a lesson.",
    discussion: """
      Shows the prose, then each statement, which Enter runs; ✓ or ✗ tell whether it printed what is recorded. \
      '?' shows the keys. Leaving keeps the place for the next time.
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "file"), completion: .file(extensions: ["rec"]))
  var file: String

  @OptionGroup var options: SessionOptions

  func run() throws {
    let progress = ProgressBar()
    var session = Session(options.settings) { progress.report($0) }
    let presenter = Presenter(session.settings, cancellation: session.execution.cancellation)
    let source: SourceText
    do { source = try .script(at: file) } catch {
      presenter.show(error)
      throw ExitCode.scriptError
    }
    session.enter(source)
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    let problems = Evaluator.problems(of: parsed, in: session)
    guard problems.isEmpty else {
      Evaluator(source) { presenter.show($0, in: source) }.tell(problems)
      throw ExitCode.scriptError
    }
    let isTerminal = StandardStream.input.isTerminal && StandardStream.output.isTerminal
    let input: any LessonInput = (isTerminal ? EditorInput() : nil) ?? PipedInput(presenter)
    let lesson = Lesson(
      parsed.script, in: source, session: session, presenter: presenter, progress: progress, input: input,
      stateFolder: HistoryLog.stateFolder())
    Interrupts.install(session.execution.cancellation)
    lesson.run()
    if let failure = presenter.failure { throw failure }
  }
}
