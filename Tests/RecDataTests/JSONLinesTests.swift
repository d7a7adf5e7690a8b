import RecKernels
import Testing

@testable import RecData

struct JSONLinesTests {
  @Test func `reads an object a line, its keys in any order, with escapes, numbers and nulls`() throws {
    let folder = try TemporaryFolder()
    let text = """
      {"user": "ann", "item": 10, "rating": 4.5, "time": 100, "more": {"a": [1, {"b": null}]}}

      {"item":11,"time":"1970-01-01T00:03:20Z","rating":"3","user":"b\\u00e9, \\"x\\""}
        {"user":"ann","item":11,"rating":2e0,"time":300,"late":true}\t
      """
    let loaded = try loaded(folder.write("a.jsonl", text))
    #expect(triples(try #require(loaded.dataset)) == ["ann 10 4.5@100", "ann 11 2.0@300", "bé, \"x\" 11 3.0@200"])
    #expect(loaded.report.format == "JSON Lines")
    #expect(loaded.report.unusedColumns == ["more", "late"])
  }

  @Test func `takes columns by name as of any table`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.jsonl", #"{"who":"a","what":"x","how":1}"# + "\n" + #"{"who":"b","what":"x","how":2}"#)
    let loaded = try loaded(path) { ($0.user, $0.item, $0.rating) = ("who", "what", "how") }
    #expect(triples(try #require(loaded.dataset)) == ["a x 1.0", "b x 2.0"])
  }

  @Test func `reads item tables, lists as labels`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "items.jsonl",
      #"{"item":1,"title":"One","genres":["B","A"],"price":2.5}"# + "\n"
        + #"{"item":2,"title":"Two\nlines","genres":[],"price":null}"# + "\n")
    let table = try #require(try loaded(path).items)
    #expect(table.fields.names == ["title", "genres", "price"])
    #expect(table.fields["genres"] == .categories(CategoryColumn([["A", "B"], []])))
    #expect(table.fields.text("title", at: 1) == "Two\nlines")
    #expect(table.fields["price"] == .number([2.5, .nan]))
  }

  @Test(arguments: [
    (#"{"user":1 "item":2,"rating":3}"#, Malformed.Kind.notJSON, 11), (#"{"user":1,"item":2,"rating":3"#, .notJSON, 30),
    (#"["user",1]"#, .notJSON, 1), (#"{"user":1,"item":2,"rating":3} x"#, .notJSON, 32),
    (#"{"user":1,"item":2,"rating":03}"#, .notJSON, 30), (#"{"user":1,"item":"\x","rating":3}"#, .notJSON, 21),
    (#"{user:1,"item":2,"rating":3}"#, .notJSON, 2), (#"{"user":1,"item":2,"rating":{"a":[1,}}}"#, .notJSON, 37),
    (#"{"user":true,"item":2,"rating":3}"#, .wrongType, 9), (#"{"user":1,"item":{"id":2},"rating":3}"#, .wrongType, 18),
    (#"{"user":1,"item":2,"rating":[3]}"#, .wrongType, 29), (#"{"user":1,"item":2,"rating":true}"#, .notNumber, 29),
    (#"{"user":1,"item":2,"rating":"good"}"#, .notNumber, 30), (#"{"user":1,"item":2,"rating":null}"#, .notNumber, 29),
    (#"{"item":2,"rating":3}"#, .emptyID, 22), (#"{"user":"","item":2,"rating":3}"#, .emptyID, 10),
    (#"{"user":1,"item":2,"rating":3,"time":"soon"}"#, .notMoment, 39),
    (#"{"user":1,"item":"a\u0000b","rating":3}"#, .nulByte, 18),
  ])
  func `says what is wrong at the file's own line and column`(line: String, kind: Malformed.Kind, column: Int) throws {
    let folder = try TemporaryFolder()
    let good = #"{"user":7,"item":8,"rating":3,"time":5,"note":"x\ny"}"#
    let path = try folder.write("a.jsonl", good + "\n\n" + line + "\n" + good + "\n")
    let error = try #require(throws: DataError.self) { try loaded(path) }
    guard case .malformed(let malformed) = error else {
      Issue.record("\(error)")
      return
    }
    // A line that lacks the time has none, which is an error of its own unless another stands before it.
    #expect((malformed.kind, malformed.at.line, malformed.at.column) == (kind, 3, column))
    if kind == .nulByte { return }
    let skipping = try loaded(path) { $0.skipsMalformedLines = true }
    #expect(skipping.report.skippedCount == 1 && skipping.report.skipped.map(\.at.line) == [3])
  }

  @Test func `takes keys that only a later line has`() throws {
    let folder = try TemporaryFolder()
    var text = ""
    for row in 0..<3000 {
      text += "{\"user\":\(row),\"item\":\(row % 7),\"note\":\"\(String(repeating: "x", count: 40))\"}\n"
    }
    text += #"{"user":1,"item":2,"rating":3}"# + "\n"
    let path = try folder.write("a.jsonl", text)
    let error = try #require(throws: DataError.self) { try loaded(path) }
    #expect(error.position?.line == 1)
    let skipping = try loaded(path) { $0.skipsMalformedLines = true }
    #expect(skipping.report.rowCount == 1 && skipping.report.skippedCount == 3000)
  }

  @Test func `refuses objects whose keys are ids`() throws {
    let folder = try TemporaryFolder()
    let text = (0..<1200).map { "{\"user\":1,\"key\($0)\":2}\n" }.joined()
    let path = try folder.write("a.jsonl", text)
    #expect(throws: DataError.tooMany(path: path, what: "different keys", limit: 1000)) { try loaded(path) }
  }

  @Test func `writes rows that it reads`() throws {
    let folder = try TemporaryFolder()
    let data = try #require(
      try loaded(folder.write("a.csv", "user,item,rating,time\n1,\"x, \"\"y\"\"\",4.5,7\n2,z,0.1,8\n")).dataset)
    let path = folder.path + "/b.jsonl"
    try #require(TableFormat(path: path)).write(DatasetRows(data), to: path, execution: .init(threadCount: 1))
    #expect(triples(try #require(try loaded(path).dataset)) == triples(data))
  }
}
