import Testing

import RecLanguage

struct SyntaxLimitsTests {
  @Test func `stops at braces nested too deeply and parses what follows`() {
    let depth = 100_000
    let text = String(repeating: "for a in 1 { ", count: depth) + String(repeating: "}", count: depth) + "\nsvd"
    let result = parse(text)
    #expect(result.diagnostics.map(\.code) == ["nested-too-deeply"])
    #expect(result.script.statements.count == 2)
  }

  @Test func `reports deep braces without an end once`() {
    let result = parse(String(repeating: "for a in 1 {\n", count: 100_000))
    #expect(result.diagnostics.map(\.code) == ["nested-too-deeply"])
  }

  @Test(arguments: ["(", "-", "1+(", "1-", "x.y*"])
  func `stops at expressions nested too deeply`(unit: String) {
    let result = parse(String(repeating: unit, count: 100_000) + "1\nsvd")
    #expect(result.diagnostics.count == 1)
    #expect(result.script.statements.count == 2)
  }

  @Test func `accepts nesting up to its limits`() {
    let braces = Parser.nestingLimit
    let blocks = String(repeating: "for a in 1 { ", count: braces) + "a" + String(repeating: " }", count: braces)
    #expect(parse(blocks).diagnostics == [])
    let groups = String(repeating: "(", count: braces) + "1" + String(repeating: ")", count: braces)
    #expect(parse(groups).diagnostics == [])
    let sum = (0...Parser.operatorLimit).map(String.init).joined(separator: " + ")
    #expect(parse(sum).diagnostics == [])
  }

  @Test func `parses a hundred thousand statements`() {
    let result = parse(String(repeating: "cf = svd k=50 center=item\n", count: 100_000))
    #expect(result.script.items.count == 100_000)
    #expect(result.diagnostics == [])
  }

  @Test func `keeps a hundred thousand recorded lines and lines of prose`() throws {
    let count = 100_000
    let recorded = try #require(parse("svd\n" + String(repeating: "#> x\n", count: count)).script.statements.first)
    #expect(recorded.recorded.count == count)
    let prose = parse(String(repeating: "# x\n", count: count)).script.items
    guard case .prose(let block)? = prose.first else {
      Issue.record("no prose")
      return
    }
    #expect(block.lines.count == count)
  }

  @Test func `reports a hundred thousand errors`() {
    #expect(parse(String(repeating: "svd k=\n", count: 100_000)).diagnostics.count == 100_000)
  }

  @Test func `reads a string of ten megabytes`() throws {
    let size = 10_000_000
    let result = parse("load \"" + String(repeating: "x", count: size) + "\"")
    #expect(result.diagnostics == [])
    guard case .command(let call) = result.script.statements.first?.body else {
      Issue.record("no command")
      return
    }
    #expect(call.operands.first?.literalText?.utf8.count == size)
  }

  @Test func `shows little of a string of ten megabytes without an end`() {
    let source = SourceText("load \"" + String(repeating: "x", count: 10_000_000))
    let result = Parser.parse(source, lexicon: testLexicon)
    #expect(result.diagnostics.map(\.code) == ["unterminated-string"])
    #expect(DiagnosticRenderer().render(result.diagnostics, in: source).utf8.count < 1_000)
  }

  @Test(arguments: [
    "a,", "a\\\n", "$", "${", "'", "\"", "a=", "{", "}", "#", ";", "a.", "\u{FEFF}", "=", "é", "..", "1_",
  ])
  func `takes any repeated text`(unit: String) {
    for prefix in ["", "svd ", "x = ", "filter ", "expect ", "for k in "] {
      let result = parse(prefix + String(repeating: unit, count: 20_000))
      #expect(result.diagnostics.count <= 20_001)
    }
  }
}
