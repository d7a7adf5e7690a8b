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
      recorded.split(separator: "\n").filter { !$0.hasPrefix("#>") && !$0.hasPrefix("#@ run ") }.joined(separator: "\n")
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

  @Test(arguments: ["1", "2", "7"]) func `scripts that run at once are told in their order`(jobs: String) throws {
    let folder = try Folder()
    let names = (1...9).map { "\($0).rec" }
    for (number, name) in names.enumerated() {
      // The first take longest, and every third differs.
      let work = number < 3 ? "generate users=200 items=200 ratings=9000\nsvd k=20\n" : ""
      try folder.write(name, "\(work)1 + 1\n#> \(number % 3 == 0 ? 3 : 2)\n")
    }
    let result = try Program.run("check", ".", "--jobs", jobs, in: folder)
    #expect(result.status == 3)
    let told = result.outputLines.filter { $0.hasPrefix("same ") || $0.hasPrefix("differs ") }
    #expect(told.map { $0.split(separator: " ").last.map(String.init) } == names.map { "./\($0)" })
    #expect(result.output == (try Program.run("check", ".", in: folder).output))
  }

  @Test func `more or fewer scripts at once than there can be is wrong use`() throws {
    #expect(try Program.run("check", "--jobs", "0", ".").status == 2)
    #expect(try Program.run("check", "--jobs", "2000", ".").status == 2)
  }

  @Test func `nothing around the program changes what it compares`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "generate users=60 items=60 ratings=900 seed=3\nsvd k=3\nplot svd\nhead ratings\n")
    #expect(try Program.run("record", "one.rec", in: folder).status == 0)
    let strange = [
      "COLUMNS": "40", "TERM": "xterm-256color", "CLICOLOR_FORCE": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8",
    ]
    let result = try Program.run("check", "one.rec", in: folder, environment: strange)
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `data that has changed since is named as the cause`() throws {
    let folder = try Folder()
    try folder.write("ratings.csv", "user,item,rating\n1,1,5\n1,2,3\n2,1,4\n")
    try folder.write("one.rec", "load ratings.csv\n")
    #expect(try Program.run("record", "one.rec", in: folder).status == 0)
    let recorded = try folder.read("one.rec")
    #expect(recorded.contains("\n#@ file ratings.csv sha256="))
    #expect(recorded.contains(" rows=3 users=2 items=2\n"))
    try folder.write("ratings.csv", "user,item,rating\n1,1,5\n2,1,4\n")
    let result = try Program.run("check", "one.rec", in: folder)
    #expect(result.status == 3)
    #expect(result.output.contains("note: ratings.csv has changed since recording: 3 rows then, 2 now\n"))
    // So it is where the data can no longer be read.
    try folder.write("ratings.csv", "user,item,rating\n1,1,five\n")
    let failed = try Program.run("check", "one.rec", in: folder)
    #expect(failed.status == 1)
    #expect(failed.output.contains("note: ratings.csv has changed since recording\n"))
    #expect(try Program.run("record", "one.rec", in: folder).status == 1)
    #expect(try folder.read("one.rec") == recorded)
  }

  @Test func `another seed is named as the cause`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "generate users=60 items=60 ratings=900\nsplit by=random\n")
    #expect(try Program.run("record", "one.rec", "--seed", "7", in: folder).status == 0)
    let result = try Program.run("check", "one.rec", in: folder)
    #expect(result.status == 3)
    #expect(result.output.contains("note: recorded with seed 7, run with 42\n"))
    #expect(try Program.run("check", "one.rec", "--seed", "7", in: folder).status == 0)
  }

  @Test func `a saved session is a script with its outputs that checks`() throws {
    let folder = try Folder()
    try folder.write("ratings.csv", "user,item,rating\n1,1,5\n1,2,3\n2,1,4\n2,3,2\n3,1,1\n3,2,5\n")
    let session = """
      load ratings.csv
      svd k=2; show svd
      for k in 1,2 {
        svd k=$k
      }
      expect error svd k=nobody
      x = 1 / 3
      x
      save early.rec
      history
      save lab.rec
      """
    #expect(try Program.run("-c", session, "--seed", "9", in: folder).status == 0)
    let saved = try folder.read("lab.rec")
    #expect(saved.hasPrefix("set seed=9\nload ratings.csv\n#> "))
    #expect(saved.contains("\nx\n#> 0.333333\n"))
    #expect(!saved.contains(".rec") && !saved.contains("history"))
    #expect(saved.contains("\n#@ run recline "))
    #expect(saved.contains(" seed=9\n#@ file ratings.csv sha256="))
    let check = try Program.run("check", "lab.rec", "early.rec", in: folder)
    #expect(check.status == 0, "\(check.output)")
    #expect(try Program.run("record", "lab.rec", in: folder).status == 0)
    #expect(try folder.read("lab.rec") == saved)
  }

  @Test func `a saved session is a page with its charts, and Markdown, with the data it came from`() throws {
    let folder = try Folder()
    try folder.write("ratings.csv", "user,item,rating\n1,1,5\n1,2,3\n2,1,4\n2,3,2\n3,1,1\n3,2,5\n")
    let session = "load ratings.csv; svd k=2; recommend 1; plot svd kind=values; save lab.html; save lab.md"
    #expect(try Program.run("-c", session, in: folder).status == 0)
    let page = try folder.read("lab.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<svg") && page.contains("singular"))
    #expect(page.contains(">recommend</span> ") && page.contains("SHA-256") && !page.contains("lab.md"))
    let text = try folder.read("lab.md")
    #expect(text.contains("```rec\nrecommend 1\n```") && text.contains("| rank |") && text.contains("`ratings.csv`"))
    #expect(try Program.run("-c", "save lab.html svd", in: folder).status == 1)
  }

  @Test func `a script that is wrong gives a report with its prose and its errors`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "# # A title\n#\n# Some prose.\nsvdd\n")
    #expect(try Program.run("report", "one.rec", in: folder).status == 1)
    let page = try folder.read("one.html")
    #expect(page.contains("Some prose.") && page.contains("did you mean"))
  }
}
