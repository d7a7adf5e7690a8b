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

  @Test(arguments: [("ratings", "copy.csv"), ("ratings", "copy.db"), ("svd", "model.safetensors")])
  func `a full disk leaves the old file as it was`(what: String, name: String) throws {
    let folder = try Folder()
    try folder.write(name, "old")
    let statements = "generate users=200 items=200 ratings=5000; svd k=2; save \(what) \(folder.path(name))"
    // A file may be 8 kB: what a full disk says, the system says of a longer one.
    let result = try Program.shell("trap '' XFSZ; ulimit -f 16; recline -c '\(statements)'")
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot write '\(folder.path(name))'"))
    #expect(try folder.read(name) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [name])
  }

  @Test func `standard input is data, packed or not`() throws {
    let result = try Program.run("-c", "load -; head", input: "user,item,rating\n1,2,3\n4,5,1\n")
    #expect(result.status == 0)
    #expect(result.output.contains("2 ratings") && result.output.contains("read as comma-separated text"))
    let packed = try Program.shell("printf 'user,item,rating\\n1,2,3\\n' | gzip | recline -c 'load -'")
    #expect(packed.output.contains("gzip-compressed"))
    let shell = try Program.shell("printf 'load nothing-there*.csv\\n' | recline")
    #expect(shell.status == 1 && shell.errors.contains("nothing-there"))
  }

  @Test func `a pipe gets no boxes and no escapes`() throws {
    let result = try Program.run("-c", Self.statements)
    #expect(result.status == 0)
    #expect(!result.output.contains("\u{1B}"))
    #expect(!result.output.contains("╭") && !result.output.contains("┌"))
  }
}
