import FoundationEssentials
import Testing

@testable import RecTerminal

@Suite struct `The history` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var path: String { folder.path + "/recline/history" }

  @Test(arguments: [
    ("svd k=50", "svd k=50"),
    ("a \\ b", "a \\ b"),
    ("for k in 1,2 {\n  svd k=$k\n}", "\\for k in 1,2 {\\n  svd k=$k\\n}"),
    ("svd \\\nk=2", "\\svd \\\\\\nk=2"),
    ("\\n", "\\\\\\n"),
    ("", ""),
  ])
  func `folds a statement into one line and back`(statement: String, line: String) {
    #expect(HistoryLog.folded(statement) == line)
    #expect(HistoryLog.unfolded(line) == statement)
  }

  @Test func `stores no blank statement and none twice in a row`() throws {
    let history = HistoryLog(path: path)
    for statement in ["svd", " svd ", "", "  ", "eval", "svd"] { history.add(statement) }
    #expect(history.entries == ["svd", "eval", "svd"])
    #expect(try folder.read("recline/history") == "svd\neval\nsvd\n")
    #expect(HistoryLog(path: path).entries == ["svd", "eval", "svd"])
  }

  @Test func `loads the latest ten thousand`() throws {
    try folder.write((1...10_050).map { "svd k=\($0)\n" }.joined(), to: "recline/history")
    let entries = HistoryLog(path: path).entries
    #expect(entries.count == 10_000)
    #expect(entries.first == "svd k=51")
    #expect(entries.last == "svd k=10050")
  }

  @Test func `starts a new line after one that a killed program left unfinished`() throws {
    try folder.write("svd\neva", to: "recline/history")
    HistoryLog(path: path).add("tfidf")
    #expect(try folder.read("recline/history") == "svd\neva\ntfidf\n")
  }

  @Test func `reads bytes that are not UTF-8`() throws {
    try folder.write("", to: "recline/history")
    try Data([0x73, 0xFF, 0x0A, 0x78, 0x0A]).write(to: URL(filePath: path))
    #expect(HistoryLog(path: path).entries == ["s\u{FFFD}", "x"])
  }

  @Test func `warns once and goes on where the file cannot be written`() throws {
    try folder.write("in the way", to: "recline")
    let history = HistoryLog(path: path)
    history.add("svd")
    history.add("eval")
    #expect(history.entries == ["svd", "eval"])
    #expect(history.warning?.contains(folder.path) == true)
  }

  @Test(
    arguments: [
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/recline/history"),
      (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/recline/history"),
      (["HOME": "/h"], "/h/.local/state/recline/history"),
      ([:], nil),
    ] as [([String: String], String?)])
  func `has its place`(variables: [String: String], place: String?) {
    #expect(HistoryLog.defaultPath { variables[$0] } == place)
  }

  @Test func `shows only statements that start like the line`() {
    let entries = ["svd k=1", "eval", "svd k=2", "svd k=2", "tfidf"]
    var browser = HistoryBrowser()
    #expect(browser.previous(line: "sv", beforeCursor: "sv", entries: entries) == "svd k=2")
    #expect(browser.previous(line: "svd k=2", beforeCursor: "svd k=2", entries: entries) == "svd k=1")
    #expect(browser.previous(line: "svd k=1", beforeCursor: "svd k=1", entries: entries) == nil)
    #expect(browser.next(line: "svd k=1", entries: entries) == "svd k=2")
    #expect(browser.next(line: "svd k=2", entries: entries) == "sv")
    #expect(browser.next(line: "sv", entries: entries) == nil)
  }

  @Test func `starts browsing afresh from a line that was changed`() {
    let entries = ["eval", "svd k=1"]
    var browser = HistoryBrowser()
    #expect(browser.previous(line: "", beforeCursor: "", entries: entries) == "svd k=1")
    #expect(browser.previous(line: "e", beforeCursor: "e", entries: entries) == "eval")
  }
}
