import Testing

import RecLanguage

struct SyntaxWordTests {
  /// The first operand of a command that takes the text as its words.
  private func word(_ text: String, verb: String = "rate") throws -> Word {
    let result = parse("\(verb) \(text)")
    #expect(result.diagnostics == [])
    let statement = try #require(result.script.statements.first)
    guard case .command(let call) = statement.body else { throw Diagnostic("no-command", "no command") }
    return try #require(call.operands.first)
  }

  @Test(
    arguments: [
      ("svd:0.8", "svd", "0.8"), ("\"Heat (1995)\":4", "'Heat (1995)'", "4"), ("'it''s':-1.5", "'it's'", "-1.5"),
      ("a:b:3", "a:b", "3"), ("svd:20%", "svd", "20%"), ("svd:$w", "svd", "<w>"), ("$m:$w", "<m>", "<w>"),
      ("${m}x:1", "<m>x", "1"), ("\"in ${y}\":4", "'in <y>'", "4"), ("http://host:8080", "http://host", "8080"),
    ])
  func `splits a pair at its last colon`(text: String, thing: String, weight: String) throws {
    let pair = try #require(try word(text).pair)
    #expect(treeText(pair.thing) == thing)
    #expect(treeText(pair.weight) == weight)
  }

  @Test(arguments: [
    "svd", "svd:", ":4", "\"a:4\"", "\"x:${k}\"", "2018-01-31T12:0x", "http://host/a", "svd:cart", "'a':",
  ])
  func `sees no pair without a number after a colon`(text: String) throws {
    #expect(try word(text).pair == nil)
  }

  @Test func `gives the ranges of both sides of a pair`() throws {
    let source = SourceText("rate me \"Heat (1995)\":4")
    let result = Parser.parse(source, lexicon: testLexicon)
    guard case .command(let call) = result.script.statements.first?.body else { return #expect(Bool(false)) }
    let pair = try #require(call.operands.last?.pair)
    #expect(source.text(in: pair.thing.range) == "\"Heat (1995)\"")
    #expect(source.text(in: pair.weight.range) == "4")
  }

  @Test(
    arguments: [
      ("$dir/u.data", "rate", "ml/u.data"),
      ("\"${it.1.title}!\"", "rate", "Heat!"),
      ("year > $year", "filter", "year > 1995"),
      ("genres has $genre", "filter", "genres has \"Film \\\"Noir\\\"\""),
      ("title == \"in ${genre}\"", "filter", "title == \"in Film \\\"Noir\\\"\""),
    ])
  func `replaces names by their text`(text: String, verb: String, expected: String) throws {
    let values = ["dir": "ml", "it.1.title": "Heat", "year": "1995", "genre": "Film \"Noir\""]
    let replaced = try word(text, verb: verb).text { reference throws(Diagnostic) in
      let path = ([reference.name] + reference.fields).map(\.text).joined(separator: ".")
      guard let value = values[path] else { throw Diagnostic("unknown-name", path, at: reference.range) }
      return value
    }
    #expect(replaced == expected)
  }

  @Test(arguments: [("ab", 5), ("\"ab\"", 6), ("\"a\\\"b\"", nil), ("$ab", nil), ("'a''b'", nil)])
  func `says where its text stands letter for letter`(text: String, offset: Int?) throws {
    #expect(try word(text).textOffset == offset)
  }
}
