import Testing

import RecLanguage

struct SyntaxErrorTests {
  @Test(
    arguments: [
      (#"load 1️⃣"abc2️⃣"#, "unterminated-string"),
      ("load 1️⃣'it''s2️⃣\nsvd", "unterminated-string"),
      ("load 1️⃣\"a2️⃣\r\nsvd", "unterminated-string"),
      (#"load "a1️⃣\q2️⃣b""#, "unknown-escape"),
      (#"load "a"1️⃣b2️⃣ c"#, "text-after-quote"),
      ("load 1️⃣“2️⃣Heat”", "curly-quote"),
      ("load a1️⃣${2️⃣}", "malformed-reference"),
      ("load 1️⃣${2️⃣x", "malformed-reference"),
      ("load ${x1️⃣.2️⃣}", "malformed-field"),
      ("svd 1️⃣k=2️⃣", "missing-value"),
      ("recommend 1️⃣user=2️⃣ item=3", "missing-value"),
      ("eval a.b 1️⃣=2️⃣5", "unexpected-equals"),
      ("svd k1️⃣==2️⃣5", "unexpected-equals"),
      ("a = b 1️⃣=2️⃣ 3", "unexpected-equals"),
      ("svd k=5,1️⃣,2️⃣6", "misplaced-comma"),
      ("eval a1️⃣,2️⃣;", "misplaced-comma"),
      ("eval a1️⃣,2️⃣\n\n", "misplaced-comma"),
      ("eval a1️⃣,2️⃣", "trailing-comma"),
      ("svd 1️⃣{2️⃣ k }", "unexpected-brace"),
      ("x = 1 1️⃣{2️⃣", "unexpected-brace"),
      ("svd\n1️⃣}2️⃣\neval", "unmatched-brace"),
      ("for k in 1 1️⃣{2️⃣ svd", "missing-brace"),
      ("for 1️⃣52️⃣ in 1 { svd }", "malformed-loop"),
      ("for k 1️⃣52️⃣,10 { svd }", "malformed-loop"),
      ("for k in 1️⃣{2️⃣ svd }", "malformed-loop"),
      ("for k in 5 1️⃣102️⃣ { svd k=$k }", "malformed-loop"),
      ("for k in 5,10 1️⃣2️⃣\n", "malformed-loop"),
      ("for 1️⃣seed2️⃣ in 5,10 { svd }", "setting-name"),
      ("for 1️⃣it2️⃣ in 5,10 { svd }", "reserved-name"),
      ("1️⃣seed2️⃣=7", "setting-name"),
      ("1️⃣Seed2️⃣ = 7", "setting-name"),
      ("1️⃣it2️⃣ = 7", "reserved-name"),
      ("a, 1️⃣a2️⃣ = split", "repeated-target"),
      ("x =1️⃣2️⃣", "missing-value"),
      ("1 +1️⃣2️⃣", "expected-expression"),
      ("1 + 1️⃣*2️⃣ 2", "expected-expression"),
      ("1️⃣5x2️⃣", "malformed-number"),
      ("1 + 1️⃣5..102️⃣", "malformed-number"),
      ("1 1️⃣22️⃣", "expected-operator"),
      ("it.svd 1️⃣rmse2️⃣", "expected-operator"),
      ("it1️⃣.2️⃣", "malformed-field"),
      ("(1 + 1️⃣)2️⃣", "expected-expression"),
      ("1️⃣(2️⃣1 + 2", "missing-parenthesis"),
      ("(1 1️⃣;2️⃣", "expected-parenthesis"),
      ("1 + 21️⃣)2️⃣", "unmatched-parenthesis"),
      ("2 * 1️⃣$2️⃣k", "name-with-dollar"),
      ("1️⃣$2️⃣k", "name-with-dollar"),
      ("x 1️⃣<2️⃣ 3", "comparison-outside-expect"),
      ("x 1️⃣==2️⃣ 3", "comparison-outside-expect"),
      ("expect x1️⃣2️⃣", "expected-comparison"),
      ("expect1️⃣2️⃣", "expected-comparison"),
      ("expect x 1️⃣=2️⃣ 3", "unknown-comparison"),
      ("expect x 1️⃣!=2️⃣ 3", "unknown-comparison"),
      ("expect x ~ 1️⃣y2️⃣", "malformed-expect"),
      ("expect error1️⃣2️⃣", "missing-command"),
      ("expect error 1️⃣for k in 1 { svd }2️⃣", "malformed-expect"),
      ("1️⃣x2️⃣ = expect 1 < 2", "expect-has-no-value"),
    ])
  func `points at what is wrong`(marked: String, code: String) {
    let marks = MarkedText(marked)
    let result = parse(marks.text)
    #expect(result.diagnostics.map(\.code) == [Diagnostic.Code(code)])
    #expect(result.diagnostics.first?.range == marks.range)
  }

  @Test(
    arguments: [
      ("seed=7", "set seed=7"),
      ("threads = 4; svd", "set threads=4"),
      ("svd k==5", "k=…"),
      ("expect x = 3", "== compares"),
      ("expect x != 3", "one of < <= > >= == ~"),
      ("$k", "in an expression the name stands alone"),
      (#"load "C:\data""#, #"\\ for a backslash, or single quotes"#),
      ("load \"abc", "add a closing \""),
      ("for k in 5 10 { svd }", "for k in 5,10,20 { … }"),
      ("x < 3", "expect A < B"),
    ])
  func `hints at the next thing to type`(text: String, hint: String) {
    #expect(parse(text).diagnostics.first?.hint == hint)
  }

  @Test func `parses the body of a loop whose head is wrong`() {
    let result = parse("for k 5,10 {\n  load \"a\n  svd\n}\neval svd")
    #expect(result.diagnostics.map(\.code) == ["malformed-loop", "unterminated-string"])
    #expect(treeText(result.script) == "invalid ; [eval svd]")
  }

  @Test func `reports bytes that are not UTF-8 once and parses on`() {
    let bytes = Array("load a\nload ".utf8) + [0xFF, 0xFE] + Array("\nsvd\n".utf8)
    let result = Parser.parse(SourceText(bytes: bytes), lexicon: testLexicon)
    #expect(result.diagnostics.map(\.code) == ["invalid-utf8"])
    #expect(result.diagnostics.first?.range == SourceRange(12, 13))
    #expect(result.script.statements.count == 3)
  }
}
