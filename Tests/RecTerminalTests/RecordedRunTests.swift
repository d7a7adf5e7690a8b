import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal
import Testing

/// What is recorded of a script compares equal with the next run, whatever the script.
struct RecordedRunTests {
  private func check(_ text: [UInt8]) -> ScriptCheck {
    let settings = Settings(threadCount: 1)
    let execution = Execution(threadCount: 1)
    let session = Session(catalog: .language, settings: settings, execution: execution, folder: "")
    let presenter = Presenter(settings, isQuiet: true, cancellation: execution.cancellation) { _, _ in }
    return ScriptCheck(SourceText(bytes: text), in: session, presenter, ProgressBar(isWanted: false))
  }

  private func recorded(_ check: ScriptCheck) -> [UInt8] {
    RunRecord(version: "1", seed: 42, files: []).written(into: check.script.updated(with: check.comparisons))
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a random script compares equal once it was recorded, and recording again changes nothing`(seed: UInt64) {
    var scripts = RunnableScripts(state: seed)
    let text = scripts.script()
    let first = check(Array(text.utf8))
    #expect(first.ending == .done, "the generator makes scripts that run:\n\(text)")
    let once = recorded(first)
    let second = check(once)
    #expect(second.ending == .done && second.isEqual, "\(String(decoding: once, as: UTF8.self))")
    #expect(recorded(second) == once)
    // Nothing but recorded lines has changed.
    func code(_ bytes: [UInt8]) -> [Substring] {
      String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        .filter { !$0.hasPrefix("#>") && !$0.hasPrefix("#@ run") }
    }
    #expect(code(once) == code(Array(text.utf8)))
  }
}

/// Scripts by chance that run to their end: data, models, tables, loops, expectations, prose, and outputs recorded wrongly.
private struct RunnableScripts {
  var state: UInt64

  private mutating func next(_ count: Int) -> Int {
    // SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195): neighbouring seeds give unlike scripts.
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }

  private mutating func one(_ texts: [String]) -> String { texts[next(texts.count)] }

  mutating func script() -> String {
    var lines = one(["", "#!/usr/bin/env recline\n# # A title\n"]) + data() + "\n"
    for _ in 0..<1 + next(8) { lines += part() + "\n" }
    lines += one(["", "x = 2", "1 + 1", "\n\n", "#@ run recline 0 seed=1\n"])
    return next(4) == 0 ? lines.replacing("\n", with: "\r\n") : lines
  }

  private mutating func data() -> String {
    one([
      "generate guide\nsplit test=30%", "generate users=40 items=30 ratings=400 seed=5\nsplit test=20%",
      "generate users=25 items=60 ratings=500\nsplit by=user test=0.3; names",
    ]) + "\nsvd k=2\nx = 7"
  }

  private mutating func part() -> String {
    switch next(8) {
    case 0: return one(["# Prose *here*", "#silent", "  # indented", "", "# ? What is x?\n# ?= y = x\n# ?! y == x"])
    case 1: return statement() + one(["  # why", " ;", ";" + statement()])
    case 2: return statement() + one(["\n#> not this", "\n#> ...", "\n#>\n#> [..]", "\n#> 2\n#> 2"])
    case 3: return "for k in " + one(["1,2", "1..3", "4"]) + " {\n  " + statement() + "\n  " + statement() + "\n}"
    default: return statement()
    }
  }

  private mutating func statement() -> String {
    one([
      "x", "y = x / 3", "x * 1.5 - 2", "\"text\"", "svd k=1", "cf = SVD  k=2 center=none", "show svd",
      "head ratings rows=3",
      "head items", "describe ratings", "recommend 1", "recommend users=all top=2", "predict 2 2 with=svd",
      "expect x == 7",
      "expect error svd k=nobody", "plot svd", "eval svd popular metrics=rmse,ndcg@2", "similar 1 with=svd",
      "why 1 2 with=svd", "names", "set seed=3",
      "help svd", "popular",
    ])
  }
}
