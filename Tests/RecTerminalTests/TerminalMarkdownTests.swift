import RecLanguage
import RecNotebook
import Testing

@testable import RecTerminal

/// Prose in a terminal. What is expected was laid out by hand.
@Suite struct `Prose in a terminal` {
  private func text(_ markdown: String, width: Int = 80, color: Bool = false) -> String {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return terminalText(MarkdownParser.blocks(of: lines), width: width, color: color)
  }

  @Test(arguments: [(40, 8), (80, 16), (200, 40)])
  func `fills its lines`(width: Int, count: Int) {
    let lines = text(Array(repeating: "word", count: 50).joined(separator: " "), width: width).split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.split(separator: " ").count == count })
    #expect(lines.reduce(0) { $0 + $1.split(separator: " ").count } == 50)
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let markdown: String
    let width: Int
    let expected: String
  }

  @Test(arguments: [
    Example(
      testDescription: "a paragraph at 40",
      markdown: "A recommender guesses what somebody would like from what many people liked.",
      width: 40,
      expected: """
        A recommender guesses what somebody
        would like from what many people liked.

        """),
    Example(
      testDescription: "marks stay without colour",
      markdown: "Try **ten** or *twenty* of `k`, see [the page](https://example.org/k) or <https://example.org>.",
      width: 200,
      expected: """
        Try **ten** or *twenty* of `k`, see the page (https://example.org/k) or https://example.org.

        """),
    Example(
      testDescription: "headings", markdown: "# One\n## Two\n### Three", width: 80,
      expected: """
        One
        ═══

        Two
        ───

        ### Three

        """),
    Example(
      testDescription: "a list, its text indented",
      markdown: """
        - **collaborative**: people who agreed before will agree again; only ratings are needed,
        - hybrid
          1. both
          2. mixed
        """, width: 40,
      expected: """
        • **collaborative**: people who agreed
          before will agree again; only ratings
          are needed,
        • hybrid
          1. both
          2. mixed

        """),
    Example(
      testDescription: "code, a quote and a rule", markdown: "```\nload  ml\n```\n> said\n> before\n\n---", width: 40,
      expected: """
            load  ml

        │ said before

        ────────────────────────────────────────

        """),
    Example(
      testDescription: "a table, numbers right",
      markdown: "| model | ndcg |\n|:--|--:|\n| popular | 0.1058 |\n| svd | 0.2257 |", width: 80,
      expected: """
        model      ndcg
        ───────────────
        popular  0.1058
        svd      0.2257

        """),
    Example(
      testDescription: "a table whose cells are broken",
      markdown:
        "| kind | what it does |\n|---|---|\n| hybrid | both of them, mixed by weights that the learner chooses |",
      width: 40,
      expected: """
        kind    what it does
        ────────────────────────────────────────
        hybrid  both of them, mixed by weights
                that the learner chooses

        """),
    Example(
      testDescription: "a table with more columns than there is room for",
      markdown: "| a | b | c |\n|---|---|---|\n| alphabet | alphabet | alphabet |", width: 16,
      expected: """
        a: alphabet
        b: alphabet
        c: alphabet

        """),
    Example(
      testDescription: "wide characters, none alone that closes", markdown: "あいうえおかきくけこ。", width: 20,
      expected: """
        あいうえおかきくけ
        こ。

        """),
    Example(
      testDescription: "accents and emoji", markdown: "cafe\u{301} cafe\u{301} 👩‍👩‍👧 👩‍👩‍👧", width: 12,
      expected: """
        cafe\u{301} cafe\u{301} 👩‍👩‍👧
        👩‍👩‍👧

        """),
    Example(
      testDescription: "a word longer than a line", markdown: "see abcdefghijklmnop", width: 10,
      expected: """
        see
        abcdefghij
        klmnop

        """),
    Example(
      testDescription: "control characters are no escapes", markdown: "a\u{1B}[31mb", width: 80,
      expected: """
        a [31mb

        """),
  ])
  func `is laid out`(_ example: Example) {
    #expect(text(example.markdown, width: example.width) == example.expected)
  }

  @Test func `has its marks as looks with colour`() {
    #expect(
      text("Try **ten** or *twenty* of `k`, see [the page](https://example.org).", color: true)
        == "Try \u{1B}[1mten\u{1B}[0m or \u{1B}[3mtwenty\u{1B}[0m of \u{1B}[36mk\u{1B}[0m, see "
        + "\u{1B}[4mthe page\u{1B}[0m\u{1B}[2m (https://example.org)\u{1B}[0m.\n")
  }

  @Test(arguments: Array(stride(from: 40, through: 200, by: 16)))
  func `keeps to its width and loses no letter`(width: Int) {
    let markdown = """
      # Ein ziemlich langer Titel über 推薦システム und was man damit alles machen kann, wenn man es denn will
      A paragraph with **strong words**, `code that is long`, 千と千尋の神隠し and e\u{301}lan, over more than one line or two.

      1. first > second
      2. second
         - inner with quite a few words so that it has to be broken at forty columns

      | a | long | right |
      |---|:-:|--:|
      | 推薦システム | many words that need a good deal of room, more than is there | 12.5 |
      """
    let shown = text(markdown, width: width)
    #expect(shown.split(separator: "\n").allSatisfy { displayWidth(of: $0) <= width })
    let letters = { (text: String) in text.filter { $0.isLetter || $0.isNumber }.sorted() }
    #expect(letters(shown) == letters(markdown))
  }
}

@Suite struct `A statement in a terminal` {
  private func text(_ statements: String, color: Bool) -> String {
    Highlighting.text(of: statements, catalog: .language, color: color)
  }

  @Test func `has a colour for each kind of word`() {
    #expect(
      text("best = svd k=20 # note", color: true)
        == "\u{1B}[35mbest\u{1B}[0m = \u{1B}[1msvd\u{1B}[0m \u{1B}[36mk\u{1B}[0m=\u{1B}[33m20\u{1B}[0m "
        + "\u{1B}[2m# note\u{1B}[0m")
  }

  @Test(arguments: ["best = svd k=20 # note", "for k in 1,2 {\n  svd k=$k\n}", "similar \"推薦 (1995)\" top=3", "svd k="])
  func `is as written without colour`(_ statements: String) {
    #expect(text(statements, color: false) == statements)
    #expect(text(statements + "\u{7}", color: false) == statements + " ")
  }
}
