import RecKernels
import RecLanguage
import RecNotebook
import Testing

@testable import RecTerminal

/// A script gone through with keys that were typed before, and all that was shown.
private final class Walk: LessonInput {
  private(set) var shown = ""
  private var lines: [String]
  private let execution = Execution(threadCount: 1)
  /// Ctrl-C is pressed when this is shown.
  private let interruption: String?

  /// - Parameter lines: what is typed; Ctrl-D follows.
  init(
    _ script: String, _ lines: [String], state: TemporaryFolder? = nil, name: String = "lab.rec",
    interruptedAt interruption: String? = nil
  ) {
    self.lines = lines
    self.interruption = interruption
    var settings = Settings(threadCount: 1)
    settings.output = "table"
    settings.width = 80
    settings.color = false
    let source = SourceText(name: name, script)
    let session = Session(catalog: .language, settings: settings, execution: execution, folder: ".")
    let presenter = Presenter(settings, cancellation: execution.cancellation) { [unowned self] _, text in take(text) }
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    #expect(Evaluator.problems(of: parsed, in: session).isEmpty)
    Lesson(
      parsed.script, in: source, session: session, presenter: presenter, progress: ProgressBar(isWanted: false),
      input: self, stateFolder: state?.path
    ).run()
  }

  private func take(_ text: String) {
    shown += text
    if let interruption, text.contains(interruption) { execution.cancellation.cancel() }
  }

  func readLine(prompt: Prompt, continuing earlier: String, completing session: Session?) -> LineResult {
    let line = lines.isEmpty ? nil : lines.removeFirst()
    shown += prompt.text + (line ?? "") + "\n"
    return line.map(LineResult.line) ?? .endOfFile
  }

  func remember(_ statement: String) {}

  func discardPendingInput() {}

  /// What stands between the prompt with a line that was typed, and the next prompt.
  func answer(to line: String) -> String? {
    guard let start = shown.firstRange(of: line + "\n")?.upperBound else { return nil }
    let rest = shown[start...].split(separator: "\n", omittingEmptySubsequences: false)
    return rest.prefix { !$0.contains("› ") }.joined(separator: "\n")
  }
}

@Suite struct `A lesson` {
  private let script = """
    # # Sums
    # One and **one**.

    a = 1 + 1
    a * 1
    #> 2

    # Then more.

    a = a + 1
    a * 1
    #> 4

    # ? What is twice `a`?
    # ?- Multiply.
    # ?= 2 * a
    # ?! it == 6

    a * 10
    #> 30

    # That was all.
    """

  @Test func `shows prose and statement, runs, compares and sums up`() {
    let walk = Walk(script, ["", "", "", "", "skip", "", ""])
    #expect(
      walk.shown == """
        Enter runs a statement, ? shows the keys.

        Sums
        ════

        One and **one**.

          a = 1 + 1

        step 1/6 › 

          a * 1

        step 2/6 › 
        2
        ✓ as recorded

        Then more.

          a = a + 1

        step 3/6 › 

          a * 1

        step 4/6 › 
        3
        ✗ not as recorded (- recorded, + now)
        - 4
        + 3

        **Exercise.** What is twice `a`?
        (Type a statement, or hint, solution or skip. It runs on a copy.)

        exercise › skip

          a * 10

        step 6/6 › 
        30
        ✓ as recorded

        That was all.

        The end: 5 statements · 2 ✓ · 1 ✗ · 1 skipped · 0 of 1 exercises solved

        end › 

        """)
  }

  @Test func `going back restores the session`() {
    let walk = Walk(script, ["", "", "", "b", "p", "a * 7", "resume", "", "p", "a * 9"])
    #expect(walk.answer(to: "play › a * 7") == "14")
    #expect(walk.answer(to: "play › a * 9") == "27")
    #expect(Walk(script, ["b"]).answer(to: "step 1/6 › b") == "This is the beginning.")
  }

  @Test func `skipping runs nothing, and an error leaves one where one was`() {
    let walk = Walk(script, ["", "", "s", "p", "a * 7"])
    #expect(walk.answer(to: "play › a * 7") == "14")
    let failing = Walk(script, ["s", "", "b", "", ""])
    #expect(failing.answer(to: "step 2/6 › ")?.contains("nothing is named 'a'") == true)
    #expect(failing.answer(to: "step 2/6 › ")?.contains("Enter tries again") == true)
    #expect(failing.shown.contains("step 2/6 › b\n\n"))
    #expect(failing.shown.contains("✓ as recorded"))
  }

  @Test(arguments: [["resume"], ["RESUME"], ["quit"]])
  func `playing leaves the session alone`(_ end: [String]) {
    let walk = Walk(script, ["", "p", "a = 99", "a * 1"] + end + [""])
    #expect(walk.answer(to: "play › a * 1") == "99")
    #expect(walk.shown.contains("step 2/6 › \n2\n✓ as recorded\n"))
  }

  @Test func `begins anew`() {
    let walk = Walk(script, ["", "", "", "r", "p", "a * 1"])
    #expect(walk.answer(to: "play › a * 1")?.contains("'a'") == true)
  }

  @Test func `tells the keys, and what to do with anything else`() {
    let walk = Walk(script, ["?", "svd"])
    #expect(walk.answer(to: "step 1/6 › ?")?.contains("goes back one statement") == true)
    #expect(walk.answer(to: "step 1/6 › svd")?.hasPrefix("Enter runs the statement; ? shows the keys") == true)
  }

  @Test func `keeps the place, and goes on with what ran before`() throws {
    let state = try TemporaryFolder()
    let first = Walk(script, ["", "", "", "q"], state: state)
    #expect(first.shown.hasSuffix("goes on at 4/6.\n"))
    let second = Walk(script, ["", "p", "a * 7", "resume", "q"], state: state)
    #expect(second.shown.hasPrefix("You were at 4/6."))
    #expect(second.answer(to: "play › a * 7") == "21")
    let third = Walk(script, ["r", "p", "a * 7"], state: state)
    #expect(third.answer(to: "play › a * 7")?.contains("'a'") == true)
  }

  @Test func `keeps the place at Ctrl-D, and none at the end`() throws {
    let state = try TemporaryFolder()
    _ = Walk(script, [""], state: state)
    let second = Walk(script, ["", "", "", "", "skip", "", ""], state: state)
    #expect(second.shown.hasPrefix("You were at 2/6."))
    #expect(Walk(script, [], state: state).shown.hasPrefix("Enter runs"))
  }

  @Test func `begins anew where the script has changed before the place, not behind it`() throws {
    let state = try TemporaryFolder()
    _ = Walk(script, ["", "", "q"], state: state)
    #expect(Walk(script + "\n1 + 1\n", [], state: state).shown.hasPrefix("You were at 3/7."))
    #expect(Walk("# New.\n" + script, [], state: state).shown.hasPrefix("The script has changed"))
    #expect(Walk(script, [], state: state).shown.hasPrefix("Enter runs"))
  }

  @Test func `keeps the places of two scripts apart`() throws {
    let state = try TemporaryFolder()
    _ = Walk(script, ["", "q"], state: state, name: "one.rec")
    #expect(Walk(script, [], state: state, name: "two.rec").shown.hasPrefix("Enter runs"))
    #expect(Walk(script, [], state: state, name: "./one.rec").shown.hasPrefix("You were at 2/6."))
  }

  @Test func `an interrupted statement leaves the session as it was`() {
    let walk = Walk("x = 5; 40 + 2; y = 7\nx + 1\n", ["", "p", "x"], interruptedAt: "42")
    #expect(walk.shown.contains("interrupted\n"))
    #expect(walk.answer(to: "play › x")?.contains("'x'") == true)
  }

  @Test func `an expectation that does not hold is a cross, and the script goes on`() {
    let walk = Walk("expect 1 > 2\n1 + 1\n", ["", ""])
    #expect(walk.shown.contains("the expectation is not met"))
    #expect(walk.shown.contains("2 statements · 0 ✓ · 1 ✗"))
  }

  @Test func `ends where the script says so`() {
    let walk = Walk("1 + 1\nquit\n2 + 2\n", ["", "", ""])
    #expect(walk.shown.hasSuffix("The end: 1 statement · 0 ✓ · 0 ✗\n\n"))
  }

  // MARK: Exercises

  @Test func `an exercise tells what does not hold, and when it is solved`() {
    let start = ["", "", "", ""]
    let walk = Walk(script, start + ["a = 50; a", "a * 7", "hint", "hint", "2 * a", "p", "a * 8"])
    #expect(walk.answer(to: "exercise › a * 7")?.hasSuffix("✗ it == 6: 'it' is 21") == true)
    #expect(walk.answer(to: "exercise › hint") == "Multiply.")
    #expect(walk.shown.contains("There are no more hints."))
    #expect(walk.answer(to: "exercise › 2 * a")?.contains("6\n✓ solved\n") == true)
    #expect(walk.answer(to: "play › a * 8") == "24")
  }

  @Test func `an exercise shows its solution, and goes on where it is skipped`() {
    let walk = Walk(script, ["", "", "", "", "solution", "skip", ""])
    #expect(walk.answer(to: "exercise › solution")?.contains("  2 * a\n\n6\n") == true)
    #expect(walk.shown.contains("30\n✓ as recorded"))
  }

  @Test func `an answer may take as many statements as the solution`() {
    let script = """
      # ? Bind two names.
      # ?= x = 1
      # ?= y = x + 1
      # ?! x == 1
      # ?! y == 2
      """
    let walk = Walk(script, ["x = 1", "y = x + 1", ""])
    #expect(walk.answer(to: "exercise › x = 1")?.hasPrefix("✗ y == 2: ") == true)
    #expect(walk.shown.contains("1 of 1 exercises solved"))
  }

  // MARK: In a terminal

  @Test func `goes on by Enter in a terminal, and keeps its place`() throws {
    let home = try TemporaryFolder()
    try home.write(script, to: "lab.rec")
    let start = {
      try PseudoTerminal(
        "recline", ["step", "lab.rec"], environment: ["HOME": home.path, "LC_ALL": "C"], folder: home.path, rows: 40)
    }
    let first = try start()
    first.wait(forLine: "step 1/6 ›")
    #expect(first.screen.text.contains("Sums\n════\n\nOne and one.\n"))
    first.send("\r")
    first.wait(forLine: "step 2/6 ›")
    first.send("\r")
    first.wait(for: "2\n✓ as recorded")
    first.wait(forLine: "step 3/6 ›")
    first.send("p\r")
    first.wait(forLine: "play ›")
    first.send("a = 1000\r")
    first.wait(for: "play › a = 1000\nplay ›")
    first.send("\u{4}")
    first.wait(forLine: "step 3/6 ›")
    first.send("q\r")
    #expect(first.finish() == 0)
    #expect(first.isCooked)
    let second = try start()
    second.wait(forLine: "go on ›")
    second.send("\r")
    second.wait(forLine: "step 3/6 ›")
    second.send("\r")
    second.wait(forLine: "step 4/6 ›")
    second.send("\r")
    second.wait(for: "- 4\n+ 3")
    second.send("\u{4}")
    #expect(second.finish() == 0)
  }
}
