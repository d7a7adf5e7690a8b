import FoundationEssentials
import RecLanguage
import Testing

@testable import RecTerminal

@Suite struct `A renderer` {
  private func render(_ content: Output.Content, as name: String, width: Int = 80, color: Bool = false) throws -> String
  {
    let renderer = try #require(Renderer.named(name))
    return renderer.render(
      Output(line: 14, command: "eval", content), in: .init(width: width, color: color, source: SourceText("eval svdd"))
    )
  }

  private let films = Table(
    columns: [
      .init("rank", .count), .init("item", .text), .init("title", .text), .init("score", .decimals(2)),
    ],
    rows: [
      [.count(1), .text("318"), .text("Shawshank Redemption, The (1994)"), .number(4.714)],
      [.count(2), .text("5618"), .text("千と千尋の神隠し (2001)"), .undefined],
    ])

  private let judged = Table(
    title: nil, heading: "test of ml · relevant from 4",
    columns: [
      .init("model", .text), .init("rmse", .decimals(4)), .init("rmse_low", .decimals(4), role: .low(of: "rmse")),
      .init("rmse_high", .decimals(4), role: .high(of: "rmse")), .init("coverage", .percent(1)),
      .init("users", .count, role: .context), .init("fallback", .count, role: .context),
    ],
    rows: [
      [
        .text("popular"), .undefined, .undefined, .undefined, .number(0.0054), .count(1610), .count(3),
      ],
      [
        .text("svd"), .number(0.85781), .number(0.8311), .number(0.8842), .number(0.213), .count(1610), .count(4),
      ],
    ], notes: ["note: all is well"])

  @Test func `shows columns under a rule, numbers right and text left`() throws {
    #expect(
      try render(.table(films), as: "table") == """
        rank  item  title                             score
        ───────────────────────────────────────────────────
           1  318   Shawshank Redemption, The (1994)   4.71
           2  5618  千と千尋の神隠し (2001)               –

        """)
  }

  @Test func `cuts the widest text to the width, never a number`() throws {
    #expect(
      try render(.table(films), as: "table", width: 36) == """
        rank  item  title              score
        ────────────────────────────────────
           1  318   Shawshank Redemp…   4.71
           2  5618  千と千尋の神隠し…      –

        """)
  }

  @Test func `shows further columns in blocks where numbers alone are too wide`() throws {
    let table = Table(
      columns: [.init("model", .text)] + ["a", "b", "c"].map { .init($0, .decimals(3)) },
      rows: [[.text("svd"), .number(1), .number(2), .number(3)]])
    #expect(
      try render(.table(table), as: "table", width: 20) == """
        model      a      b
        ───────────────────
        svd    1.000  2.000

        model      c
        ────────────
        svd    3.000

        """)
  }

  @Test func `shows intervals beside their values and common background once`() throws {
    #expect(
      try render(.table(judged), as: "table") == """
        test of ml · relevant from 4
        model                       rmse  coverage  fallback
        ────────────────────────────────────────────────────
        popular       –                       0.5%         3
        svd      0.8578 (0.8311..0.8842)     21.3%         4
        users 1,610
        note: all is well

        """)
  }

  @Test func `shows intervals below their values where there is no room beside`() throws {
    #expect(
      try render(.table(judged), as: "table", width: 50) == """
        test of ml · relevant from 4
        model              rmse  coverage  fallback
        ───────────────────────────────────────────
        popular               –      0.5%         3
        svd              0.8578     21.3%         4
                 0.8311..0.8842
        users 1,610
        note: all is well

        """)
  }

  @Test func `gives every column in plain text`() throws {
    #expect(
      try render(.table(judged), as: "plain", color: true) == """
        test of ml · relevant from 4
        model      rmse  rmse_low  rmse_high  coverage  users  fallback
        popular       –         –          –      0.5%  1,610         3
        svd      0.8578    0.8311     0.8842     21.3%  1,610         4
        note: all is well

        """)
  }

  @Test func `writes a table of Markdown`() throws {
    let table = Table(columns: [.init("title", .text), .init("n", .count)], rows: [[.text("a|b *c*"), .count(1200)]])
    #expect(
      try render(.table(table), as: "markdown") == """
        | title | n |
        | --- | ---: |
        | a\\|b \\*c\\* | 1,200 |


        """)
  }

  @Test func `writes a table as JSON in full precision`() throws {
    #expect(
      try render(.table(judged), as: "json") == #"""
        {"line":14,"command":"eval","kind":"table","columns":["model","rmse","rmse_low","rmse_high","coverage","users","fallback"],"rows":[["popular",null,null,null,0.0054,1610,3],["svd",0.85781,0.8311,0.8842,0.213,1610,4]],"notes":["note: all is well"]}

        """#)
  }

  @Test func `writes what a model is as JSON`() throws {
    let summary = Summary(
      .model, name: "svd",
      facts: [
        .init("algorithm", .cell(.text("svd")), nil),
        .init(
          "options", .record([.init("k", .cell(.count(50)), nil), .init("center", .cell(.text("bias")), nil)]), nil),
        .init("users", .cell(.count(610)), "610 users"), .init("parts", .words(["a", "b"]), nil),
      ])
    #expect(
      try render(.summary(summary), as: "json") == #"""
        {"line":14,"command":"eval","kind":"model","name":"svd","algorithm":"svd","options":{"k":50,"center":"bias"},"users":610,"parts":["a","b"]}

        """#)
    #expect(try render(.summary(summary), as: "table") == "svd      610 users\n")
  }

  @Test func `writes an error as JSON with its column`() throws {
    let error = Diagnostic(
      "unknown-name", "no model named 'svdd'", at: SourceRange(5, 9), hint: "did you mean 'svd'?")
    #expect(
      try render(.error(error), as: "json") == #"""
        {"line":14,"command":"eval","kind":"error","code":"unknown-name","message":"no model named 'svdd'","column":6,"length":4,"hint":"did you mean 'svd'?"}

        """#)
    #expect(try render(.error(error), as: "table").hasPrefix("error: no model named 'svdd'\n"))
  }

  @Test(arguments: [
    (4.21, "4.21"), (3, "3"), (1.0 / 3, "0.333333"), (12.5, "12.5"), (-2.25, "-2.25"), (1234567.25, "1234567"),
    (.infinity, "–"), (.nan, "–"), (0, "0"),
  ])
  func `shows a number that stands alone`(number: Double, text: String) throws {
    #expect(try render(.value(number), as: "table") == text + "\n")
  }

  @Test func `writes undefined numbers as null`() throws {
    #expect(try render(.value(.nan), as: "json") == #"{"line":14,"command":"eval","kind":"value","value":null}"# + "\n")
    #expect(try render(.value(0.1 + 0.2), as: "json").contains("0.30000000000000004"))
    #expect(try render(.value(5), as: "json").contains(#""value":5}"#))
  }

  @Test func `escapes what JSON strings cannot hold`() throws {
    let text = "a\"b\\c\n\t\u{1}\u{7F}é漢😀\u{2028}"
    let line = try render(.text(text), as: "json")
    #expect(line.contains(#""a\"b\\c\n\t\u0001\u007fé漢😀\u2028""#))
    struct Line: Decodable { let text: String }
    #expect(try JSONDecoder().decode(Line.self, from: Data(line.utf8)).text == text)
  }

  @Test func `shows the first rows of a lazy table and how many there are`() throws {
    let table = Table(
      columns: [.init("user", .text)],
      rows: .lazy(groupCount: 1000, summary: "3,000 rows") { group in
        (0..<3).map { _ in [.text("u\(group)")] }
      })
    let lines = try render(.table(table), as: "table").split(separator: "\n")
    #expect(lines.count == 13)
    #expect(lines.last?.hasPrefix("… 3,000 rows") == true)
  }

  @Test func `keeps control characters of titles from the terminal`() throws {
    let table = Table(columns: [.init("title", .text)], rows: [[.text("a\u{1B}[31mb\nc")]])
    for name in ["table", "plain", "markdown"] {
      let text = try render(.table(table), as: name)
      #expect(!text.contains("\u{1B}"))
      #expect(text.contains("b c"))
    }
  }

  @Test func `has colours only where they are wanted`() throws {
    #expect(try render(.table(films), as: "table", color: true).contains("\u{1B}[1mrank"))
    for renderer in Renderer.all where renderer.name != "table" {
      #expect(try !render(.table(films), as: renderer.name, color: true).contains("\u{1B}"))
    }
  }

  @Test func `stands in a file of its own`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Sources/RecTerminal/Renderers"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix("Renderer.swift") }
    #expect(files.count == Renderer.all.count + 1)
  }
}
