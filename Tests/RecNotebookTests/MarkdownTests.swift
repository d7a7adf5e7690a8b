import RecNotebook
import Testing

/// Read off CommonMark 0.31.2 and the description of GitHub's tables.
struct MarkdownTests {
  static let spans: [(text: String, spans: [MarkdownSpan])] = [
    ("plain", [.text("plain")]),
    ("*a* and **b**", [.emphasis([.text("a")]), .text(" and "), .strong([.text("b")])]),
    ("_a_", [.emphasis([.text("a")])]),
    ("snake_case_name", [.text("snake_case_name")]),
    ("2 * 3 * 4", [.text("2 * 3 * 4")]),
    ("*open", [.text("*open")]),
    ("`svd k=50`", [.code("svd k=50")]),
    ("`` a`b ``", [.code("a`b")]),
    ("`open", [.text("`open")]),
    ("`*a*`", [.code("*a*")]),
    ("\\*a\\*", [.text("*a*")]),
    ("[guide](https://a.b/c)", [.link([.text("guide")], address: "https://a.b/c")]),
    ("<https://a.b>", [.link([.text("https://a.b")], address: "https://a.b")]),
    ("<b>", [.text("<b>")]),
    ("**a *b* c**", [.strong([.text("a "), .emphasis([.text("b")]), .text(" c")])]),
  ]

  @Test(arguments: spans) func `reads the marks within a line`(_ row: (text: String, spans: [MarkdownSpan])) {
    #expect(MarkdownParser.blocks(of: [row.text]) == [.paragraph(row.spans)])
  }

  static let blocks: [(lines: [String], blocks: [MarkdownBlock])] = [
    ([], []),
    (["", "  "], []),
    (["# Title", "text"], [.heading(level: 1, [.text("Title")]), .paragraph([.text("text")])]),
    (["###### Six"], [.heading(level: 6, [.text("Six")])]),
    (["####### Seven"], [.paragraph([.text("####### Seven")])]),
    (["#hash"], [.paragraph([.text("#hash")])]),
    (["one", "two", "", "three"], [.paragraph([.text("one two")]), .paragraph([.text("three")])]),
    (["---"], [.rule]),
    (
      ["- a", "- b"],
      [.list(first: nil, items: [[.paragraph([.text("a")])], [.paragraph([.text("b")])]])]
    ),
    (
      ["1. a", "2. b", "", "text"],
      [
        .list(first: 1, items: [[.paragraph([.text("a")])], [.paragraph([.text("b")])]]),
        .paragraph([.text("text")]),
      ]
    ),
    (["3. a", "4. b"], [.list(first: 3, items: [[.paragraph([.text("a")])], [.paragraph([.text("b")])]])]),
    (
      ["- a", "  - b", "- c"],
      [
        .list(
          first: nil,
          items: [
            [.paragraph([.text("a")]), .list(first: nil, items: [[.paragraph([.text("b")])]])],
            [.paragraph([.text("c")])],
          ])
      ]
    ),
    (["- a", "goes on"], [.list(first: nil, items: [[.paragraph([.text("a goes on")])]])]),
    (
      ["```rec", "svd", "", "# x", "```", "text"],
      [.code(language: "rec", ["svd", "", "# x"]), .paragraph([.text("text")])]
    ),
    (["```", "open"], [.code(language: "", ["open"])]),
    (["> a", "> b"], [.quote([.paragraph([.text("a b")])])]),
    (
      ["| k | rmse |", "| ---: | :---: |", "| 5 | `a|b` |", "| 6 |"],
      [
        .table(
          header: [[.text("k")], [.text("rmse")]], alignments: [.right, .center],
          rows: [[[.text("5")], [.code("a|b")]], [[.text("6")], []]])
      ]
    ),
    (["a | b"], [.paragraph([.text("a | b")])]),
  ]

  @Test(arguments: blocks) func `reads the blocks of a text`(_ row: (lines: [String], blocks: [MarkdownBlock])) {
    #expect(MarkdownParser.blocks(of: row.lines) == row.blocks)
  }

  /// CommonMark 0.31.2, examples 303 and 304.
  @Test func `take a number at the start of a line for a sentence's, unless it is 1`() {
    let sentence = ["The number of windows in my house is", "14.  The number of doors is 6."]
    #expect(MarkdownParser.blocks(of: sentence).count == 1)
    #expect(MarkdownParser.blocks(of: [sentence[0], "1.  The number of doors is 6."]).count == 2)
  }

  @Test func `reads any text at all`() {
    let signs = ["#", " ", "-", "*", "_", "`", "|", ">", "[", "]", "(", ")", "<", "1.", "\\", "a", "ä", "```", "---"]
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<2000 {
      let lines = (0..<next(8)).map { _ in (0..<next(12)).map { _ in signs[next(signs.count)] }.joined() }
      let blocks = MarkdownParser.blocks(of: lines)
      #expect(lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } == blocks.isEmpty)
    }
  }

  @Test func `ends soon with marks that stand deep in one another`() {
    let text = String(repeating: "[*", count: 2000)
    #expect(MarkdownParser.blocks(of: [text]).count == 1)
    #expect(!MarkdownParser.blocks(of: [String(repeating: "> ", count: 2000) + "a"]).isEmpty)
  }
}
