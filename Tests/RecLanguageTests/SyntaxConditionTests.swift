import Testing

import RecLanguage

struct SyntaxConditionTests {
  private let film: [String: FieldValue] = [
    "title": .text("Heat (1995)"), "year": .number(1995), "rating": .number(4.5),
    "genres": .list(["Action", "Crime", "Film Noir"]), "budget": .missing, "code": .text("042"),
    // 2018-01-31T00:00 UTC
    "time": .number(1_517_356_800),
  ]

  @Test(
    arguments: [
      ("rating >= 4", true), ("rating >= 4.5", true), ("rating > 4.5", false), ("rating<5", true),
      ("rating = 4.5", true), ("rating == 4.5", true), ("rating != 4.5", false), ("rating <> 4", true),
      ("year > 1990 and genres has Crime", true), ("year > 1996 or genres has Crime", true),
      ("year > 1996 or year < 1990 and rating > 1", false), ("(year > 1996 or year < 2000) and rating > 1", true),
      ("not genres has Drama", true), ("not (year > 1990)", false), ("not not year > 1990", true),
      ("genres has crime", true), ("genres has \"Film Noir\"", true), ("genres has 'Film Noir'", true),
      ("genres has Cri", false), ("genres == Crime", true), ("genres != Drama", true), ("genres != Crime", false),
      ("title has heat", true), ("title == \"heat (1995)\"", true), ("title != x", true), ("title < I", true),
      ("budget missing", true), ("budget is missing", true), ("year missing", false), ("not year missing", true),
      ("budget > 1", false), ("budget != 1", false), ("budget has x", false), ("nowhere missing", true),
      ("code == 042", true), ("code == 42", false), ("code > 41", true), ("year == abc", false),
      ("year != abc", true), ("time >= 2018-01-31", true), ("time > 2018-01-31", false),
      ("time < \"2018-02-01\"", true), ("YEAR > 1990 AND genres HAS Crime", false), ("year>=1995&&rating>4", true),
    ])
  func `holds for a film`(text: String, expected: Bool) throws {
    #expect(try Condition(parsing: text).holds { film[$0] ?? .missing } == expected)
  }

  @Test(
    arguments: [
      ("1️⃣2️⃣", "expected-field"), ("1️⃣>=2️⃣ 4", "expected-field"), ("1️⃣rating2️⃣", "expected-comparison"),
      ("rating 1️⃣42️⃣", "expected-comparison"), ("rating >=1️⃣2️⃣", "missing-value"),
      ("rating >= 1️⃣and2️⃣ year < 3", "missing-value"), ("genres has Film 1️⃣Noir2️⃣", "unexpected-text"),
      ("year > 1 and1️⃣2️⃣", "expected-field"), ("1️⃣(2️⃣year > 1", "missing-parenthesis"),
      ("year > 11️⃣)2️⃣", "unexpected-text"), ("year is 1️⃣42️⃣", "unexpected-text"),
      ("year 1️⃣~2️⃣ 3", "expected-comparison"), ("1️⃣and2️⃣ year > 1", "expected-field"),
    ])
  func `points at what is wrong`(marked: String, code: String) {
    let marks = MarkedText(marked)
    let range = marks.range.map { SourceRange($0.start + 100, $0.end + 100) }
    #expect { try Condition(parsing: marks.text, at: 100) } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.code == Diagnostic.Code(code) && diagnostic?.range == range
    }
  }

  @Test(arguments: ["(", "not ", "(not "])
  func `stops at conditions nested too deeply`(unit: String) {
    #expect { try Condition(parsing: String(repeating: unit, count: 50_000) + "a > 1") } throws: {
      ($0 as? Diagnostic)?.code == "nested-too-deeply"
    }
  }

  @Test func `takes a long chain without depth`() throws {
    let chain = Array(repeating: "year > 1990", count: 20_000).joined(separator: " and ")
    #expect(try Condition(parsing: chain).holds { film[$0] ?? .missing })
  }

  @Test func `tells what it asks in order`() throws {
    let condition = try Condition(parsing: "not (year > 1 or genres has A) and budget missing")
    #expect(condition.tests.map(\.field.text) == ["year", "genres", "budget"])
    #expect(condition.tests.map(\.value?.text) == ["1", "A", nil])
  }
}
