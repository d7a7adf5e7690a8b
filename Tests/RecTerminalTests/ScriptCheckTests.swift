import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal
import Testing

struct ScriptCheckTests {
  private func check(_ text: String) -> ScriptCheck {
    let settings = Settings(threadCount: 1)
    let execution = Execution(threadCount: 1)
    let session = Session(catalog: .language, settings: settings, execution: execution, folder: "")
    let presenter = Presenter(settings, isQuiet: true, cancellation: execution.cancellation)
    return ScriptCheck(SourceText(text), in: session, presenter, ProgressBar(isWanted: false))
  }

  @Test(arguments: [
    ("x = 1\n# ? Make y.\n# ?= y = x + 1\n# ?! y == 2\n", true),
    ("x = 1\n# ? Make y.\n# ?= y = x + 1\n# ?! y == 3\n", false),
    // A solution that fails is none.
    ("# ? Make y.\n# ?= y = nothing.here\n# ?! 1 == 1\n", false),
    // Of several conditions all must hold.
    ("# ? Make y.\n# ?= y = 1\n# ?! y == 1\n# ?! y == 2\n", false),
    // Without a solution there is nothing to verify, without a condition the solution must run.
    ("# ? Think.\n# ?! 1 == 2\n", true), ("# ? Make y.\n# ?= y = 1\n", true),
    // The script goes on from before the exercise.
    ("x = 1\n# ? Make x.\n# ?= x = 2\n# ?! x == 2\nexpect x == 1\n", true),
  ]) func `verifies that the solution of an exercise meets its conditions`(text: String, isMet: Bool) {
    let check = check(text)
    #expect(check.ending == .done)
    #expect(check.hasUnmetExpectation == !isMet)
  }

  @Test func `what was recorded of a script is what a check finds`() {
    var scripts = [
      "generate guide\nx = 1 / 3\nx\nfor k in 1,2 { y = x }\nhead ratings rows=2\n", "", "# only prose", "x = 2",
    ]
    scripts += scripts.map { $0.replacing("\n", with: "\r\n") }
    for text in scripts {
      let first = check(text)
      #expect(first.ending == .done, "\(text)")
      let record = RunRecord(version: "1", seed: 42, files: [])
      let recorded = record.written(into: first.script.updated(with: first.comparisons))
      let second = check(String(decoding: recorded, as: UTF8.self))
      #expect(second.ending == .done && second.isEqual && second.record == record, "\(text)")
      #expect(record.written(into: second.script.updated(with: second.comparisons)) == recorded)
    }
  }
}
