import Foundation
import Testing

struct ScriptTests {
  @Test func `a script on standard input runs`() throws {
    let result = try Program.run(input: "generate guide\n1 + 1\n")
    #expect(result.status == 0)
    #expect(result.outputLines.last == "2")
    #expect(result.errors.isEmpty)
  }

  @Test func `statements on the command line run in the current folder`() throws {
    let folder = try Folder()
    try folder.write("films.csv", "user,item,rating\n1,a,5\n1,b,1\n2,a,4\n")
    let result = try Program.run("-c", "load films.csv; 2 * 21", in: folder)
    #expect(result.status == 0)
    #expect(result.outputLines.last == "42")
  }

  @Test func `a script finds its data beside itself`() throws {
    let folder = try Folder()
    try folder.write("films.csv", "user,item,rating\n1,a,5\n1,b,1\n2,a,4\n")
    try folder.write("films.rec", "load films.csv\n")
    #expect(try Program.run(folder.path("films.rec")).status == 0)
    #expect(try Program.run("run", folder.path("films.rec")).status == 0)
  }

  @Test func `several scripts run one after the other`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "a = 1\na\n")
    try folder.write("two.rec", "2\n")
    let result = try Program.run("run", "one.rec", "two.rec", in: folder)
    #expect(result.outputLines == ["1", "2"])
  }

  @Test func `a script that names its interpreter runs`() throws {
    let folder = try Folder()
    try folder.write("answer", "#!/usr/bin/env recline\n6 * 7\n")
    let result = try Program.shell("chmod +x answer && ./answer", in: folder)
    #expect(result.status == 0)
    #expect(result.output == "42\n")
  }

  /// What is wrong, and what the diagnostic must tell.
  static let mistakes: [(script: String, parts: [String])] = [
    ("load nowhere.csv", ["nowhere.csv", "1 │"]),
    ("generate guide\nsvdd k=2", ["svdd", "2 │", "did you mean 'svd'?"]),
    ("generate guide\nsvd k=2 centre=none", ["centre", "did you mean 'center'?"]),
    ("generate guide\nsvd k=0", ["0"]),
    ("generate guide\nsvd k=many", ["many"]),
    ("generate guide\nsplit test=-20%", ["-20%"]),
    ("split", ["split"]),
    ("generate guide\nsvd k=2\neval svd", ["eval"]),
    ("generate guide\nsvd k=2\nblend svd", ["blend"]),
    ("generate users=50 items=40 ratings=600\nsvd k=2\npopular\nblend svd:1 popular:-1", ["the weights sum to zero"]),
    ("generate guide\nsvd k=2\nrecommend 1 with=svdd", ["no model named 'svdd'"]),
    ("generate guide\nsvd k=2\npredict 1 77", ["77"]),
    ("expect 1 == 2", ["1 │ expect 1 == 2"]),
    ("expect error generate guide", ["generate guide"]),
    ("run nowhere.rec", ["nowhere.rec"]),
    ("x = 'never ends", ["never ends"]),
    ("for k in 1,2 { svd", ["}"]),
  ]

  @Test(arguments: mistakes)
  func `a mistake has status 1 and one clear diagnostic`(_ mistake: (script: String, parts: [String])) throws {
    let result = try Program.run(input: mistake.script + "\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("error: "))
    for part in mistake.parts { #expect(result.errors.contains(part)) }
  }

  @Test func `every error is told before anything runs`() throws {
    let result = try Program.run(input: "generate guide\n2\nsvdd\nsvd k=x\nsvd j=2\n")
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.components(separatedBy: "error: ").count == 4)
  }

  @Test func `a script stops at its first error`() throws {
    let result = try Program.run(input: "generate guide\nrecommend 1\n7\n")
    #expect(result.status == 1)
    #expect(!result.outputLines.contains("7"))
  }

  @Test func `a missing script is told with its name`() throws {
    let result = try Program.run("nowhere.rec")
    #expect(result.status == 1)
    #expect(result.errors.contains("nowhere.rec"))
    #expect(result.output.isEmpty)
  }

  @Test func `scripts that run each other end with an error`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "run two.rec\n")
    try folder.write("two.rec", "run one.rec\n")
    let result = try Program.run("one.rec", in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("one.rec"))
  }

  @Test func `warnings are errors when it is strict`() throws {
    let script = "generate guide\nsvd k=40\n5\n"
    let lenient = try Program.run(input: script)
    #expect(lenient.status == 0)
    #expect(lenient.errors.contains("warning: ") || lenient.output.contains("warning: "))
    let strict = try Program.run("--strict", input: script)
    #expect(strict.status == 1)
    #expect(!strict.outputLines.contains("5"))
  }

  @Test func `an interrupted script has status 130`() throws {
    let folder = try Folder()
    // Endless for all that a test can wait; the interrupt comes when the first output shows that it runs.
    try folder.write(
      "long.rec", "generate users=2000 items=500 ratings=100_000\nfor k in 1..10000 { svd k=50 seed=$k }\n")
    let line = "recline long.rec >out 2>err & id=$!; until [ -s out ]; do sleep 0.05; done; kill -INT $id; wait $id"
    let result = try Program.shell(line, in: folder)
    #expect(result.status == 130)
    #expect(try folder.read("err").isEmpty)
  }

  @Test func `a quiet run shows nothing but what is wrong`() throws {
    let result = try Program.run("--quiet", "-c", "generate guide; svd k=2; recommend 1")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.errors.isEmpty)
    #expect(try Program.run("--quiet", "-c", "expect 1 == 2").status == 1)
  }

  @Test func `the seed of the command line is that of the script`() throws {
    let statements = "generate users=50 items=40 ratings=600; split; train"
    func output(_ seed: String, _ threads: String) throws -> String {
      try Program.run("--seed", seed, "--threads", threads, "-c", statements).output
    }
    #expect(try output("1", "1") == output("1", "3"))
    #expect(try output("1", "1") != output("2", "1"))
  }

  @Test func `a hundred thousand statements run`() throws {
    let result = try Program.run(input: String(repeating: "x = 1 + 1\n", count: 100_000) + "x\n")
    #expect(result.status == 0)
    #expect(result.outputLines.last == "2")
  }

  /// Texts that nobody writes; by name, because a failure prints its argument.
  enum Extreme: String, CaseIterable {
    case nestedBlocks, nestedParentheses, longString, oneLongLine, zeroBytes, noText

    var script: String {
      switch self {
      case .nestedBlocks: String(repeating: "for k in 1 { ", count: 100_000)
      case .nestedParentheses: String(repeating: "(", count: 1_000_000)
      case .longString: "x = \"" + String(repeating: "a", count: 10_000_000) + "\"\nx y"
      case .oneLongLine: String(repeating: "a b ", count: 5_000_000)
      case .zeroBytes: "svd k=\0\0\n\0"
      case .noText: "}}}} )))) \\ \\ ; = = , ,"
      }
    }
  }

  @Test(arguments: Extreme.allCases)
  func `text that nobody writes is refused and does no harm`(_ extreme: Extreme) throws {
    let result = try Program.run(input: extreme.script)
    #expect(result.status == 1)
    #expect(result.errors.utf8.count < 100_000)
  }
}
