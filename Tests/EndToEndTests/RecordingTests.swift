import Foundation
import Testing

struct RecordingTests {
  static let script = """
    #!/usr/bin/env recline
    # # A title
    generate guide
    svd k=2 center=none   # the guide's example

    predict 1 3
    expect 1 + 1 == 2
    expect error svd k=nobody
    """

  @Test func `what was recorded compares equal, and recording again changes nothing`() throws {
    let folder = try Folder()
    try folder.write("guide.rec", Self.script)
    #expect(try Program.run("record", "guide.rec", in: folder).status == 0)
    let recorded = try folder.read("guide.rec")
    #expect(recorded.contains("\n#> "))
    #expect(
      recorded.split(separator: "\n").filter { !$0.hasPrefix("#>") }.joined(separator: "\n")
        == Self.script.split(separator: "\n").joined(separator: "\n"))
    let check = try Program.run("check", "guide.rec", in: folder)
    #expect(check.status == 0)
    #expect(try Program.run("record", "guide.rec", in: folder).status == 0)
    #expect(try folder.read("guide.rec") == recorded)
  }

  @Test func `a difference has status 3 and is shown`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "1 + 1\n#> 3\n")
    let result = try Program.run("check", ".", in: folder)
    #expect(result.status == 3)
    #expect(result.output.contains("-#> 3\n+#> 2\n"))
    #expect(try folder.read("one.rec") == "1 + 1\n#> 3\n")
  }

  @Test func `a failed expectation has status 3 and the check goes on`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "expect 1 == 2\n1 + 1\n#> 3\n")
    let result = try Program.run("check", "one.rec", in: folder)
    #expect(result.status == 3)
    #expect(result.errors.contains("expect 1 == 2"))
    #expect(result.output.contains("+#> 2"))
  }

  @Test func `an error has status 1`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "svdd\n")
    #expect(try Program.run("check", "one.rec", in: folder).status == 1)
    #expect(try Program.run("record", "one.rec", in: folder).status == 1)
    #expect(try folder.read("one.rec") == "svdd\n")
  }

  @Test func `a script whose data is not there is skipped, and that is told`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "load nowhere.csv\n#> text\n")
    let result = try Program.run("check", "one.rec", in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("nowhere.csv"))
    #expect(result.output.contains("skipped"))
  }

  @Test func `scripts in folders below are found`() throws {
    let folder = try Folder()
    let result = try Program.shell(
      "mkdir -p a/b && printf '1\\n#> 1\\n' >a/b/one.rec && printf 'no script' >a/notes.txt && recline check .",
      in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("one.rec"))
  }
}
