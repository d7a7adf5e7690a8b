import RecLanguage
import RecNotebook
import Testing

struct RecordedScriptTests {
  /// A script, what each passage prints, and the script that `record` makes of it.
  static let recordings: [(script: String, printed: [[String]], recorded: String)] = [
    ("svd\n", [["a", "b"]], "svd\n#> a\n#> b\n"),
    ("svd\n#> old\n", [["new"]], "svd\n#> new\n"),
    ("svd\n#> old\n#> older\n\n# Prose.\n", [[]], "svd\n\n# Prose.\n"),
    ("svd", [["a", "b"]], "svd\n#> a\n#> b"),
    ("svd\n#> old", [["new"]], "svd\n#> new\n"),
    ("svd\r\n#> old\r\nhelp\r\n", [["new"], ["text"]], "svd\r\n#> new\r\nhelp\r\n#> text\r\n"),
    ("svd\n", [["", "a  "]], "svd\n#>\n#> a\n"),
    // What still holds is not touched, patterns included.
    ("svd\n#> 0.50\n", [["0.51"]], "svd\n#> 0.50\n"),
    ("svd\n#>0.50\n", [["0.51"]], "svd\n#>0.50\n"),
    ("svd\n#> [..] s\n#> old\n", [["1.5 s", "new"]], "svd\n#> [..] s\n#> new\n"),
    // Statements of one line are recorded together; a block is one statement.
    ("svd; help # why\n#> old\n", [["a", "b"]], "svd; help # why\n#> a\n#> b\n"),
    ("for k in 1,2 {\n  svd k=$k\n}\n#> old\n", [["a"]], "for k in 1,2 {\n  svd k=$k\n}\n#> a\n"),
    ("for k in 1,2 {\n  svd k=$k\n}; help\n", [["a"]], "for k in 1,2 {\n  svd k=$k\n}; help\n#> a\n"),
    ("svd \\\n  k=2\n", [["a"]], "svd \\\n  k=2\n#> a\n"),
    // All else stays to the byte.
    (
      "#!/usr/bin/env recline\n# Prose\t \n\n  svd  k=2\t# why\n#> old\n\n\n#silent\n", [["new"]],
      "#!/usr/bin/env recline\n# Prose\t \n\n  svd  k=2\t# why\n#> new\n\n\n#silent\n"
    ),
    ("# only prose\n#> stray\n", [], "# only prose\n#> stray\n"),
    ("", [], ""),
  ]

  @Test(arguments: recordings)
  func `recording changes the outputs and nothing else`(_ row: (script: String, printed: [[String]], recorded: String))
  {
    let script = recordedScript(row.script)
    let updated = script.updated(with: compare(script, row.printed))
    #expect(String(decoding: updated, as: UTF8.self) == row.recorded)
  }

  @Test(arguments: recordings)
  func `what was recorded compares equal`(_ row: (script: String, printed: [[String]], recorded: String)) {
    let comparisons = compare(recordedScript(row.recorded), row.printed)
    #expect(comparisons.allSatisfy { $0.isEqual })
  }

  @Test func `a difference reads like that of diff`() {
    let script = recordedScript(
      """
      # A title
      load films
      #> 610 users
      svd
      for k in 1,2 {
        svd k=$k

        eval svd
      }
      #> k  rmse
      #> 1  0.95
      #> 2  0.90
      help
      #> text
      """)
    let printed = [["610 users"], ["svd ready"], ["k  rmse", "1  0.95", "2  0.80"], []]
    #expect(
      script.unifiedDifference(compare(script, printed)) == """
        --- films.rec (recorded)
        +++ films.rec (this run)
        @@ -4,1 +4,2 @@
         svd
        +#> svd ready
        @@ -7,6 +8,6 @@
        \u{20}
           eval svd
         }
         #> k  rmse
         #> 1  0.95
        -#> 2  0.90
        +#> 2  0.80
        @@ -13,2 +14,1 @@
         help
        -#> text

        """)
    #expect(
      script.unifiedDifference(script.passages.map { OutputComparison(recorded: $0.recorded, printed: $0.recorded) })
        == "")
  }

  private func recordedScript(_ text: String) -> RecordedScript {
    let source = SourceText(name: "films.rec", text)
    let lexicon = Lexicon(verbs: ["svd", "help", "load", "eval"])
    return RecordedScript(Parser.parse(source, lexicon: lexicon).script, in: source)
  }

  private func compare(_ script: RecordedScript, _ printed: [[String]]) -> [OutputComparison] {
    zip(script.passages, printed).map { OutputComparison(recorded: $0.recorded, printed: $1) }
  }
}
