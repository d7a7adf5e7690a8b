import Testing

/// The built program as a newcomer meets it: in a terminal, with nothing but keys and what stands on the screen.
@Suite struct `The shell` {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  private func start(
    rows: Int = 40, columns: Int = 100, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let variables = ["HOME": home.path, "LC_ALL": "C"].merging(environment) { $1 }
    let terminal = try PseudoTerminal(
      "recline", environment: variables, folder: home.path, rows: rows, columns: columns)
    terminal.wait(forPrompt: "recline ›")
    return terminal
  }

  /// Types a statement and waits for the prompt after it.
  private func enter(
    _ statement: String, _ terminal: PseudoTerminal, then prompt: String = "recline ›"
  ) {
    let row = terminal.statementCount
    terminal.send(statement + "\r")
    terminal.wait(for: "the prompt '\(prompt)' after '\(statement)'") {
      $0.statementCount > row && $0.screen.cursorLine == prompt
    }
  }

  private static let generate = "generate users=60 items=40 ratings=1000"

  @Test func `greets, runs and leaves`() throws {
    let terminal = try start()
    enter("1 + 2", terminal)
    #expect(terminal.screen.text.contains("recline › 1 + 2\n3\nrecline ›"))
    terminal.send("\u{4}")
    #expect(terminal.finish() == 0)
    #expect(terminal.isCooked)
  }

  @Test(arguments: ["quit", "exit", "QUIT"])
  func `leaves when told to`(_ word: String) throws {
    let terminal = try start()
    terminal.send(word + "\r")
    #expect(terminal.finish() == 0)
  }

  @Test func `shows in the prompt what is loaded and trained`() throws {
    let terminal = try start()
    enter(Self.generate, terminal, then: "recline generated ›")
    enter("svd k=3", terminal, then: "recline generated · svd ›")
  }

  @Test func `completes commands, options, values, names, metrics and titles`() throws {
    let terminal = try start()
    enter(Self.generate, terminal, then: "recline generated ›")
    terminal.send("spl\tby=ti\t")
    terminal.wait(forLine: "recline generated › split by=time")
    terminal.send("\u{15}svd ce\tit\t")
    terminal.wait(forLine: "recline generated › svd center=item")
    terminal.send("\u{15}")
    enter("best = svd k=3", terminal, then: "recline generated · best ›")
    terminal.send("eval be\t")
    terminal.wait(forLine: "recline generated · best › eval best")
    terminal.send("metrics=nd\t")
    terminal.wait(forLine: "recline generated · best › eval best metrics=ndcg")
    terminal.send("\u{15}help ndc\t")
    terminal.wait(forLine: "recline generated · best › help ndcg")
  }

  @Test func `completes a title from a file`() throws {
    try home.write("user,item,rating\n1,1,4\n1,2,5\n2,1,3\n2,2,1\n", to: "ml/ratings.csv")
    try home.write(
      "movieId,title,genres\n1,Élan vital (1995),Drama\n2,\"Matrix, The (1999)\",Action\n", to: "ml/movies.csv")
    let terminal = try start()
    terminal.send("load m\t")
    terminal.wait(forLine: "recline › load ml/")
    terminal.send("\u{15}")
    enter("load ml", terminal, then: "recline ml ›")
    enter("svd k=1", terminal, then: "recline ml · svd ›")
    terminal.send("similar \"the mat\t")
    terminal.wait(forLine: "recline ml · svd › similar \"Matrix, The (1999)\"")
    terminal.send("\u{15}similar Éla\t")
    terminal.wait(forLine: "recline ml · svd › similar \"Élan vital (1995)\"")
  }

  @Test func `goes on where a block is open`() throws {
    let terminal = try start()
    enter(Self.generate, terminal, then: "recline generated ›")
    terminal.send("for k in 1,2 {\r")
    terminal.wait(forLine: "      … ›")
    terminal.send("svd k=$k\r")
    terminal.wait(for: "… › svd k=$k\n      … ›")
    enter("}", terminal, then: "recline generated · svd ›")
    #expect(terminal.screen.text.contains("factors"))
    terminal.send("\u{1B}[A")
    terminal.wait(for: "› for k in 1,2 {\nsvd k=$k\n}")
  }

  @Test func `clears a half-typed statement on Ctrl-C, its first lines too`() throws {
    let terminal = try start()
    terminal.send("for k in 1,2 {\r")
    terminal.wait(forLine: "      … ›")
    terminal.send("xx\u{3}")
    terminal.wait(forLine: "recline ›")
    enter("2 + 2", terminal)
    #expect(terminal.screen.text.contains("\n4\n"))
  }

  @Test func `stops a running command on Ctrl-C and keeps the session`() throws {
    let terminal = try start()
    enter("generate users=2000 items=1500 ratings=300000", terminal, then: "recline generated ›")
    terminal.send("for n in 1..100000 { svd k=100 tolerance=1e-12 }\r")
    terminal.wait(for: "progress") { $0.written.contains("svd ━") || $0.written.contains("svd ╌") }
    terminal.send("\u{3}")
    terminal.wait(for: "interrupted\nrecline generated")
    enter("6 * 7", terminal, then: terminal.screen.cursorLine)
    #expect(terminal.screen.text.contains("\n42\n"))
  }

  @Test func `draws progress on its own line and takes it away`() throws {
    let terminal = try start()
    enter("generate users=2000 items=1500 ratings=300000", terminal, then: "recline generated ›")
    terminal.send("for n in 1..100000 { svd k=100 tolerance=1e-12 }\r")
    terminal.wait(for: "progress") { $0.screen.cursorLine.contains("━") || $0.screen.cursorLine.contains("╌") }
    terminal.send("\u{3}")
    terminal.wait(for: "interrupted\n")
    #expect(!terminal.screen.text.contains("╌"))
  }

  @Test func `runs a paste of twenty statements, prompts and records left out`() throws {
    let terminal = try start(rows: 80)
    let lines = (1...20).map { "recline › \($0) + \($0)\r#> \(2 * $0)\r" }
    terminal.paste(lines.joined())
    terminal.wait(for: "recline › 20 + 20\n40\nrecline ›")
    for number in 1...20 { #expect(terminal.screen.text.contains("› \(number) + \(number)\n\(2 * number)\n")) }
  }

  @Test func `drops the rest of a paste on Ctrl-C`() throws {
    let terminal = try start()
    enter("generate users=2000 items=1500 ratings=300000", terminal, then: "recline generated ›")
    terminal.paste("for n in 1..100000 { svd k=100 tolerance=1e-12 }\r41 + 1\r")
    terminal.wait(for: "progress") { $0.screen.cursorLine.contains("━") || $0.screen.cursorLine.contains("╌") }
    terminal.send("\u{3}")
    terminal.wait(for: "interrupted\nrecline")
    enter("50 + 1", terminal, then: terminal.screen.cursorLine)
    #expect(!terminal.screen.text.contains("41 + 1"))
  }

  @Test func `an error leaves the session as it was`() throws {
    let terminal = try start()
    enter(Self.generate, terminal, then: "recline generated ›")
    enter("svdd k=3", terminal, then: "recline generated ›")
    #expect(terminal.screen.text.contains("no command 'svdd'"))
    #expect(terminal.screen.text.contains("did you mean 'svd'?"))
    enter("svd k=3", terminal, then: "recline generated · svd ›")
  }

  @Test func `finds statements of an earlier session by their start and by searching`() throws {
    let first = try start()
    enter("1 + 1", first)
    enter("names", first)
    first.send("\u{4}")
    #expect(first.finish() == 0)
    let second = try start()
    second.send("1\u{1B}[A")
    second.wait(forLine: "recline › 1 + 1")
    second.send("\u{15}\u{12}nam")
    second.wait(forLine: "search nam › names")
  }

  @Test func `reads its configuration at start`() throws {
    try home.write("set width=60\nseven = 7\n", to: ".config/recline/init.rec")
    let terminal = try start()
    enter("seven * 6", terminal)
    #expect(terminal.screen.text.contains("\n42\n"))
  }

  @Test func `tells what is wrong in its configuration, and goes on`() throws {
    try home.write("set width=60\nsvdd\n", to: ".config/recline/init.rec")
    let terminal = try start()
    #expect(terminal.screen.text.contains("init.rec:2:1"))
    enter("1 + 1", terminal)
  }

  @Test func `has no colours where NO_COLOR is set`() throws {
    let plain = try start(environment: ["NO_COLOR": "1"])
    enter("names", plain)
    #expect(!plain.written.contains("\u{1B}[1;36m"))
    let colored = try start()
    #expect(colored.written.contains("\u{1B}[1;36mrecline ›\u{1B}[0m"))
  }

  @Test func `warns once where history cannot be kept`() throws {
    try home.write("in the way", to: ".local/state")
    let terminal = try start()
    enter("1 + 1", terminal)
    enter("2 + 2", terminal)
    let warnings = terminal.screen.text.split(separator: "\n").filter { $0.contains("history is not kept") }
    #expect(warnings.count == 1)
  }

  @Test(arguments: [40, 80, 200])
  func `in windows of any width, text of any script is typed, edited and shown`(columns: Int) throws {
    try home.write(
      "user,item,rating\n1,1,5\n1,2,4\n2,1,3\n2,3,2\n3,2,1\n3,3,4\n4,1,2\n4,3,5\n", to: "films/ratings.csv")
    try home.write(
      "movieId,title,genres\n1,千と千尋の神隠し (2001),Animation\n2,Amélie — Le Fabuleux Destin d'Amélie Poulain (2001),Comedy\n"
        + "3,Зеркало (1975),Drama\n", to: "films/movies.csv")
    let terminal = try start(columns: columns, environment: ["LC_ALL": "C.UTF-8"])
    enter("load films", terminal, then: "recline films ›")
    enter("popular", terminal, then: "recline films · popular ›")
    // Typed, with a wide character taken back, in a line that may be longer than the window.
    terminal.send("similar \"千と千尋の神隠し (2001)\" top=2 種")
    terminal.send("\u{7F}\u{15}")
    enter("recommend 1 seen=show", terminal, then: "recline films · popular ›")
    let lines = terminal.screen.text.split(separator: "\n").map(String.init)
    // No line of the table is broken: its head stands on one line, and each row begins with its rank.
    #expect(lines.contains { $0.contains("rank") && $0.contains("score") })
    for rank in 1...3 { #expect(lines.contains { $0.trimmingPrefix(while: { $0 == " " }).hasPrefix("\(rank)  ") }) }
    #expect(lines.contains { $0.contains("千と千尋の") })
    enter("x = \"Ünïcödé 漢字 🎬\"", terminal, then: "recline films · popular ›")
    enter("x", terminal, then: "recline films · popular ›")
    #expect(terminal.screen.text.contains("\nÜnïcödé 漢字 🎬\n"))
  }

  @Test func `shows tables within the width of the window`() throws {
    let terminal = try start(columns: 50)
    enter(Self.generate, terminal, then: "recline generated ›")
    enter("svd k=3", terminal, then: "recline generated · svd ›")
    enter("recommend 1", terminal, then: "recline generated · svd ›")
    #expect(terminal.screen.text.contains("…"))
    #expect(!terminal.screen.text.contains("\nin test"))
  }

  @Test func `runs a command of the system's shell and tells its status`() throws {
    let terminal = try start()
    enter("!echo one two | tr a-z A-Z", terminal)
    #expect(terminal.screen.text.contains("\nONE TWO\n"))
    enter("!exit 3", terminal)
    #expect(terminal.screen.text.contains("\nexit status 3\n"))
    enter("1 + 2", terminal)
    #expect(terminal.screen.text.contains("\n3\n"))
  }

  @Test func `explains the last error, which is one Up away`() throws {
    let terminal = try start()
    enter("svd k=", terminal)
    enter("help !", terminal)
    #expect(terminal.screen.text.contains("missing-value"))
    terminal.send("\u{1B}[A\u{1B}[A")
    terminal.wait(forLine: "recline › svd k=")
  }

  @Test func `has the prompt that is set`() throws {
    let terminal = try start()
    enter("set prompt=\"lab {data}\"", terminal, then: "lab ›")
    enter(Self.generate, terminal, then: "lab generated ›")
    enter("set prompt=auto", terminal, then: "recline generated ›")
  }

  @Test(arguments: [40, 80, 200])
  func `pages what is longer than the screen, and nothing else`(_ columns: Int) throws {
    let terminal = try start(rows: 12, columns: columns, environment: ["PAGER": "sed 's/^/paged /'"])
    enter("help", terminal)
    #expect(terminal.written.contains("paged "))
    enter("1 + 2", terminal)
    #expect(terminal.screen.text.contains("\n3\n"))
    enter("set pager=off", terminal)
    let count = terminal.written.split(separator: "paged ").count
    enter("help", terminal)
    #expect(terminal.written.split(separator: "paged ").count == count)
  }

  @Test func `the statements of a killed shell can be had as a script`() throws {
    let first = try start()
    enter(Self.generate, first, then: "recline generated ›")
    enter("svd k=3", first, then: "recline generated · svd ›")
    first.send("half a li")
    first.signal(9)
    let second = try start()
    enter("history last", second)
    #expect(second.screen.text.contains("svd k=3"))
    enter("history last save=lab.rec", second)
    #expect(try home.read("lab.rec") == Self.generate + "\nsvd k=3\n")
    second.send("\u{1B}[A\u{1B}[A\u{1B}[A")
    second.wait(forLine: "recline › svd k=3")
  }

  @Test func `two shells at once keep the statements of both`() throws {
    let first = try start()
    let second = try start()
    enter("1 + 1", first)
    enter("2 + 2", second)
    enter("3 + 3", first)
    #expect(try home.read(".local/state/recline/history") == "1 + 1\n2 + 2\n3 + 3\n")
  }
}

extension PseudoTerminal {
  /// How many times the program has asked for a statement; a paste mode is turned on for each.
  fileprivate var statementCount: Int { written.components(separatedBy: "\u{1B}[?2004h") - 1 }

  fileprivate func wait(forPrompt prompt: String) { wait(forLine: prompt) }
}

extension String {
  /// In how many parts a text cuts it.
  fileprivate func components(separatedBy separator: String) -> Int {
    split(separator: separator, omittingEmptySubsequences: false).count
  }
}
