import RecKernels
package import RecLanguage
import RecNotebook

/// A script as a lesson: prose, then a statement that Enter runs, until the end.
///
/// The session before each stop is kept, so that going back restores it. A class, because its parts change it in turn.
package final class Lesson {
  /// A stop that was passed, and the session before it.
  struct Passed {
    let session: Session
    let result: LessonResult
  }

  let source: SourceText
  let presenter: Presenter
  let progress: ProgressBar
  let input: any LessonInput
  let stops: [LessonStop]
  let place: PlaceFile?
  private let highlighting: Highlighting
  private let start: Session
  var passed: [Passed] = []
  var session: Session
  private(set) var isOver = false
  /// The line of the learner's next statement, so that outputs have lines of their own.
  var nextLine = 1

  /// - Parameters:
  ///   - script: the tree of exactly this source, in which nothing is wrong.
  ///   - session: what the lesson begins with.
  ///   - stateFolder: where the place is kept; nil keeps none.
  package init(
    _ script: Script, in source: SourceText, session: Session, presenter: Presenter, progress: ProgressBar,
    input: any LessonInput, stateFolder: String?
  ) {
    self.source = source
    self.presenter = presenter
    self.progress = progress
    self.input = input
    stops = LessonStop.stops(of: Notebook(script, in: source))
    place = stateFolder.map { PlaceFile(script: source.name, folder: $0) }
    highlighting = Highlighting(script, in: source)
    start = session
    self.session = session
  }

  /// Runs until the learner leaves, or nobody reads the output any more.
  package func run() {
    offerToGoOn()
    if isOver { return }
    remark("Enter runs a statement, ? shows the keys.")
    arrive()
    while !isOver, presenter.failure == nil {
      switch stop.content {
      case .exercise(let exercise): ask(exercise)
      case .passage, .end: askForKey()
      }
    }
  }

  // MARK: Where the lesson stands

  var stop: LessonStop { stops[passed.count] }

  /// `3/12`; stops are counted from 1, the end is none.
  var position: String { "\(passed.count + 1)/\(stops.count - 1)" }

  /// Goes on behind the stop.
  func pass(_ result: LessonResult, from session: Session) {
    passed.append(Passed(session: session, result: result))
    arrive()
  }

  /// Shows the prose of the stop, and what stands there.
  private func arrive() {
    if !stop.prose.isEmpty {
      say("\n")
      show(stop.prose)
    }
    switch stop.content {
    case .passage(let passage):
      let code = highlighting.text(in: passage.code, of: source, color: isColored)
      say("\n" + Self.indented(code) + "\n\n")
    case .exercise(let exercise):
      say("\n")
      show(MarkdownParser.blocks(of: ["**Exercise.** " + exercise.question]))
      remark("(Type a statement, or hint, solution or skip. It runs on a copy.)")
      say("\n")
    case .end: sumUp()
    }
  }

  /// Longer lines of prose are hard to read.
  private static let proseWidth = 100

  private func sumUp() {
    say("\n")
    remark(summary)
    say("\n")
  }

  private var proseWidth: Int { min(presenter.width(of: .output), Self.proseWidth) }

  func show(_ prose: [MarkdownBlock]) { say(terminalText(prose, width: proseWidth, color: isColored)) }

  /// Says a sentence, broken into lines.
  func remark(_ sentence: String) { show([.paragraph([.text(sentence)])]) }

  static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
  }

  func say(_ text: String) { presenter.write(text) }

  /// Whether what is shown takes colours.
  var isColored: Bool { presenter.isColored(.output) }

  /// The keys' prompts and the learner's look alike.
  func prompt(_ text: String) -> Prompt {
    Prompt(text, color: isColored ? Accent.prompt.rawValue : "")
  }

  // MARK: Keys

  private func askForKey() {
    let isEnd = if case .end = stop.content { true } else { false }
    switch input.readLine(prompt: prompt(isEnd ? "end › " : "step \(position) › "), continuing: "", completing: nil) {
    case .interrupted: input.discardPendingInput()
    case .endOfFile: leave()
    case .line(let text):
      guard let key = LessonKey(typed: text) else {
        return remark("Enter runs the statement; ? shows the keys, p is for statements of your own.")
      }
      act(on: key)
    }
  }

  func act(on key: LessonKey) {
    switch (key, stop.content) {
    case (.run, .passage(let passage)):
      let before = session
      if let result = run(passage, isQuiet: false) {
        pass(result, from: before)
      } else if !isOver {
        remark("The session is as it was: Enter tries again, s skips, p plays.")
        say("\n")
      }
    case (.skip, .passage), (.skip, .exercise):
      pass(.skipped, from: session)
    case (.run, .end), (.skip, .end): leave()
    case (.run, .exercise): break
    case (.back, _): back()
    case (.play, _): play()
    case (.restart, _): restart()
    case (.leave, _): leave()
    case (.keys, _): say(LessonKey.help)
    }
  }

  private func back() {
    guard let last = passed.popLast() else { return remark("This is the beginning.") }
    session = last.session
    arrive()
  }

  func restart() {
    passed = []
    session = start
    arrive()
  }

  /// Ends the lesson before it began; a place that was kept stays.
  func leaveAtOnce() { isOver = true }

  /// Ends the lesson, and keeps its place unless it is the beginning or the end.
  func leave() {
    isOver = true
    if case .end = stop.content { place?.remove() } else { keepPlace() }
  }

  /// Ends the lesson where its script says so.
  func finish() {
    isOver = true
    place?.remove()
    sumUp()
  }
}
