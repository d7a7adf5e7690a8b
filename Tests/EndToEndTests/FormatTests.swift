import Foundation
import Testing

struct FormatTests {
  static let statements =
    "generate guide; svd k=2 center=none; recommend 1; predict 1 3; head; plot svd; help svd; names; show svd; 1 + 1"

  @Test func `every line of JSON output is an object with kind and line`() throws {
    let result = try Program.run("--format", "json", "-c", Self.statements)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    var kinds: Set<String> = []
    for line in result.outputLines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      kinds.insert(try #require(object["kind"] as? String))
      #expect(object["line"] is Int)
    }
    #expect(kinds.isSuperset(of: ["dataset", "model", "table", "value", "figure", "text"]))
  }

  @Test func `errors are objects too, on the same stream`() throws {
    let result = try Program.run("--format", "json", input: "generate guide\nsvdd k=2\n")
    #expect(result.status == 1)
    let line = try #require(result.outputLines.last)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["kind"] as? String == "error")
    #expect(object["line"] as? Int == 2)
    #expect(object["column"] as? Int == 1)
  }

  @Test(arguments: ["table", "plain", "markdown"])
  func `the formats for people show the same items`(_ format: String) throws {
    let result = try Program.run("--format", format, "-c", "generate guide; svd k=2; recommend 4")
    #expect(result.status == 0)
    #expect(result.output.contains("score"))
  }

  @Test func `a pipe gets no boxes and no escapes`() throws {
    let result = try Program.run("-c", Self.statements)
    #expect(result.status == 0)
    #expect(!result.output.contains("\u{1B}"))
    #expect(!result.output.contains("╭") && !result.output.contains("┌"))
  }
}
