import RecLanguage
import Testing

@testable import RecNotebook

struct ReportTests {
  static let hostile = "<script>alert(1)</script> {{title}} \"\u{301} onload=x ' & ]]>"

  private func report(_ text: String, _ outputs: [[Output.Content]], ending: Report.Ending? = nil) -> Report {
    let source = SourceText(name: "lab.rec", text)
    let parsed = Parser.parse(source, lexicon: CommandCatalog.language.lexicon)
    return Report(
      parsed.script, in: source, outputs: outputs.map { $0.map { Output(line: 1, command: nil, $0) } }, ending: ending,
      record: RunRecord(
        version: "1.2.3", seed: 42,
        files: [.init(path: Self.hostile, digest: "00ff", rows: 3, users: 2, items: 1)]))
  }

  @Test func `everything from the script and from data is escaped`() {
    let hostile = Self.hostile
    let table = Table(
      title: hostile, columns: [.init(hostile, .text), .init("x", .decimals(2))],
      rows: [[.text(hostile), .number(1.5)]],
      notes: [hostile])
    let figure = Figure(
      title: hostile, mark: .point, x: .init(hostile), y: .init(hostile),
      series: [.init(hostile, [.init(x: 1, y: 1, label: hostile)])])
    let page = report(
      """
      # # \(hostile)
      #
      # \(hostile) `\(hostile)` [\(hostile)](javascript:alert(1)) [ok](https://example.org/"x)
      #
      # ## \(hostile)
      # ## again
      # | \(hostile) | b |
      # | --- | --: |
      # | \(hostile) | 1 |
      #
      # ? \(hostile)
      # ?- \(hostile)
      # ?= show "\(hostile)"

      show "\(hostile)" # \(hostile)
      """,
      [
        [
          .table(table), .figure(figure), .text(hostile), .warning(Diagnostic("code", hostile)),
          .summary(Summary(.dataset, name: hostile, facts: [.init("a", .words([]), hostile)])), .value(.nan),
        ]
      ]
    ).html
    #expect(flaw(in: page) == nil)
    #expect(!page.contains("<script") && !page.contains("\"javascript:"))
    #expect(!page.unicodeScalars.contains("\u{1}") && !page.contains("\"\u{301}"))
    #expect(page.contains("{{title}}"))
  }

  @Test func `a failed statement ends the report, with its error`() {
    let failed = report(
      "# First.\nsvd\n# Second.\nhelp\n# Third.\nnames\n",
      [[.text("fine")], [.error(Diagnostic("code", "broken"))]], ending: .failed)
    for text in [
      failed.html, failed.markdown { if case .text(let text) = $0.content { text } else { "error: broken" } },
    ] {
      for word in ["First.", "fine", "Second.", "help", "error: broken"] { #expect(text.contains(word)) }
      for word in ["Third.", "names"] { #expect(!text.contains(word)) }
    }
    #expect(failed.errors.map(\.message) == ["broken"])
  }

  @Test func `numbers stand right, with their intervals, and statements are coloured`() {
    let table = Table(
      columns: [
        .init("model", .text), .init("rmse", .decimals(2)), .init("low", .decimals(2), role: .low(of: "rmse")),
        .init("high", .decimals(2), role: .high(of: "rmse")),
      ], rows: [[.text("svd"), .number(0.876), .number(0.85), .number(0.9)]])
    let page = report("svd k=50\n#> recorded\n", [[.table(table)]]).html
    #expect(page.contains("<th class=\"number\">rmse</th></tr>"))
    #expect(page.contains("<td class=\"number\">0.88 <small>0.85..0.90</small></td>"))
    #expect(
      page.contains(#"<span class="verb">svd</span> <span class="option">k</span>=<span class="number">50</span>"#))
    #expect(!page.contains("recorded"))
    #expect(page.contains("<footer><p>recline 1.2.3 · seed 42 · lab.rec</p><details><summary>Data: 1 file</summary>"))
  }

  @Test func `long outputs, hints and solutions are folded, and contents lead to headings`() {
    let long = (0..<40).map { "line \($0)" }.joined(separator: "\n")
    let page = report(
      "# # Lab\n# ## One\n# ## Two\n# ? Which?\n# ?- Try.\n# ?= svd\n\nhelp\n", [[.text(long)]]
    ).html
    #expect(page.contains("<details><summary>40 lines</summary><pre>line 0"))
    #expect(page.contains("<details><summary>Hint</summary><p>Try.</p></details>"))
    #expect(page.contains("<details><summary>Solution</summary><pre>svd</pre></details>"))
    #expect(page.contains("<a href=\"#s2\">Two</a>") && page.contains("<h2 id=\"s2\">Two</h2>"))
    #expect(page.contains("<title>Lab</title>"))
  }

  @Test(arguments: [
    ("https://a.b/c", true), ("03-x.rec", true), ("#s1", true), ("a/b:c", true), ("javascript:x", false),
    ("JaVaScript:x", false), (" javascript:x", false), ("data:text/html,x", false), ("java\tscript:x", false),
  ])
  func `only addresses that lead somewhere are links`(_ row: (address: String, isHarmless: Bool)) {
    #expect(ProseWriter.isHarmless(row.address) == row.isHarmless)
  }
}
