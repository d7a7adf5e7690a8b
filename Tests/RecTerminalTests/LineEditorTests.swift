import Testing

/// The editor as it is used: in a terminal, key by key, with a program behind it that writes back what it was given.
@Suite struct `The line editor` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func start(
    rows: Int = 24, columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let variables = ["HOME": folder.path, "XDG_STATE_HOME": folder.path].merging(environment) { $1 }
    let terminal = try PseudoTerminal("editor-echo", environment: variables, rows: rows, columns: columns)
    terminal.wait(forLine: "echo ›")
    return terminal
  }

  /// Types a line and waits until the next can be typed.
  private func enter(_ line: String, _ terminal: PseudoTerminal) {
    terminal.send(line + "\r")
    terminal.wait(for: "[\(line)]")
    terminal.wait(forLine: "echo ›")
  }

  @Test(arguments: [
    ("as typed", "svd k=50\r", "svd k=50"),
    ("accents first", "élan vital\r", "élan vital"),
    ("ideographs and emoji", "漢字 😀 x\r", "漢字 😀 x"),
    ("left and insert", "ac\u{1B}[Db\r", "abc"),
    ("left across an emoji", "a😀\u{1B}[Db\r", "ab😀"),
    ("left across a letter with a combining accent", "xe\u{301}\u{1B}[Dy\r", "xye\u{301}"),
    ("backspace takes a character with all its parts", "ae\u{301}\u{7F}b\r", "ab"),
    ("a family is one character", "a👨‍👩‍👧\u{7F}b\r", "ab"),
    ("word left", "one two\u{1B}[1;5Dx\r", "one xtwo"),
    ("word left with Escape", "one two\u{1B}bx\r", "one xtwo"),
    ("word right", "one two\u{1B}[H\u{1B}[1;5Cx\r", "onex two"),
    ("home", "b\u{1B}[Ha\r", "ab"), ("home of another terminal", "b\u{1B}OHa\r", "ab"),
    ("end", "ac\u{1B}[D\u{1B}[D\u{1B}[Fd\r", "acd"),
    ("delete", "abc\u{1B}[H\u{1B}[3~\r", "bc"),
    ("Ctrl-D deletes within a line", "abc\u{1}\u{4}\r", "bc"),
    ("Ctrl-A, Ctrl-E, Ctrl-K, Ctrl-Y", "abc\u{1}\u{B}x\u{5}\u{19}\r", "xabc"),
    ("keys without a meaning", "a\u{1B}[15~\u{1B}[5~\u{1B}[Z\u{1B}[1;2Ab\r", "ab"),
    ("Tab completes", "rec\tx\r", "recall x"),
    ("Tab gives the common part", "prec\te\r", "precise"),
    ("Tab without a space", "k\t5\r", "k=5"),
    ("Tab closes a quote", "\"He\t\r", "\"Heat (1995)\" "),
    ("Tab does not double a quote that is there", "\"\"\u{1B}[D\tx\r", "\"Heat (1995)\" x"),
  ])
  func `does what the keys say`(_: String, keys: String, line: String) throws {
    let terminal = try start()
    terminal.send(keys)
    terminal.wait(for: "[\(line)]")
  }

  @Test func `shows a long line over several rows and edits within it`() throws {
    let terminal = try start(columns: 20)
    terminal.send("0123456789012345漢字 abcdef")
    terminal.wait(for: "echo › 0123456789012\n345漢字 abcdef")
    terminal.send("\u{1}X")
    terminal.wait(for: "echo › X012345678901\n2345漢字 abcdef")
    terminal.send("\r")
    terminal.wait(for: "[X0123456789012345漢\n字 abcdef]")
  }

  @Test func `keeps the prompt's colour to the prompt`() throws {
    let terminal = try start()
    #expect(terminal.written.contains("\u{1B}[1;36mecho ›\u{1B}[0m"))
  }

  @Test func `lists what fits, then completes it`() throws {
    let terminal = try start()
    terminal.send("r\t")
    terminal.wait(for: "  recall  rmse\necho › r")
    terminal.send("m\t\r")
    terminal.wait(for: "[rmse ]")
  }

  @Test func `finds the last line that starts like this one`() throws {
    let terminal = try start()
    for line in ["svd k=10", "eval svd", "svd k=20", "tfidf"] {
      enter(line, terminal)
    }
    terminal.send("sv\u{1B}[A")
    terminal.wait(forLine: "echo › svd k=20")
    terminal.send("\u{1B}[A")
    terminal.wait(forLine: "echo › svd k=10")
    terminal.send("\u{1B}[B\u{1B}[B")
    terminal.wait(forLine: "echo › sv")
    terminal.send("\u{15}\u{1B}[A")
    terminal.wait(forLine: "echo › tfidf")
  }

  @Test func `searches the history while one types`() throws {
    let terminal = try start()
    for line in ["svd k=10", "eval svd at=5", "tfidf"] {
      enter(line, terminal)
    }
    terminal.send("abc\u{12}sv")
    terminal.wait(forLine: "search sv › eval svd at=5")
    terminal.send("\u{12}")
    terminal.wait(forLine: "search sv › svd k=10")
    terminal.send("\u{12}")
    terminal.wait(forLine: "search sv · no match › svd k=10")
    terminal.send("\u{7}")
    terminal.wait(forLine: "echo › abc")
    terminal.send("\u{12}eva\u{1B}[F!\r")
    terminal.wait(for: "[eval svd at=5!]")
  }

  @Test func `clears a half-typed line on Ctrl-C`() throws {
    let terminal = try start()
    terminal.send("half typed\u{1}")
    terminal.send("\u{3}")
    terminal.wait(for: "echo › half typed^C\n<interrupted>\necho ›")
    terminal.send("whole\r")
    terminal.wait(for: "[whole]")
  }

  @Test func `leaves on Ctrl-D in an empty line, with the terminal as it was`() throws {
    let terminal = try start()
    #expect(!terminal.isCooked)
    terminal.send("\u{4}")
    terminal.wait(for: "<end>")
    #expect(terminal.finish() == 0)
    #expect(!terminal.bracketsPastes)
  }

  @Test func `gives the terminal back when it is told to end`() throws {
    let terminal = try start()
    terminal.send("half")
    terminal.wait(forLine: "echo › half")
    terminal.signal(15)
    #expect(terminal.finish() == 128 + 15)
    #expect(terminal.isCooked)
    #expect(!terminal.bracketsPastes)
  }

  @Test func `stops on Ctrl-Z and goes on with the line`() throws {
    let variables = ["HOME": folder.path, "XDG_STATE_HOME": folder.path, "PS1": "sh> "]
    let terminal = try PseudoTerminal("/bin/bash", ["--norc", "--noprofile", "-i"], environment: variables)
    terminal.wait(forLine: "sh>")
    terminal.send("'\(PseudoTerminal.path(of: "editor-echo"))'\r")
    terminal.wait(forLine: "echo ›")
    terminal.send("half\u{1A}")
    terminal.wait(forLine: "sh>")
    terminal.send("fg\r")
    terminal.wait(forLine: "echo › half")
    #expect(terminal.bracketsPastes)
    terminal.send(" whole\r")
    terminal.wait(for: "[half whole]")
  }

  @Test func `runs a paste line by line and completes nothing in it`() throws {
    let terminal = try start(rows: 60)
    #expect(terminal.bracketsPastes)
    let lines = (1...20).map { "line\t\($0)" }
    terminal.paste(lines.joined(separator: "\r") + "\r")
    terminal.wait(for: "[line 20]\necho ›")
    for number in 1...20 { #expect(terminal.screen.text.contains("[line \(number)]\n")) }
    terminal.paste("rec\t")
    terminal.wait(forLine: "echo › rec")
  }

  @Test func `leaves the last line of a paste to be finished`() throws {
    let terminal = try start()
    terminal.paste("one\ntw")
    terminal.wait(forLine: "echo › tw")
    terminal.send("o\r")
    terminal.wait(for: "[one]\necho › two\n[two]")
  }

  @Test func `takes a transcript back`() throws {
    let terminal = try start()
    terminal.paste("recline › load guide\n#> ratings  10\nrecline guide › svd \\\n      … › k=2\n")
    terminal.wait(for: "[load guide]")
    terminal.wait(for: "[svd \\⏎k=2]")
    #expect(!terminal.screen.text.contains("#>"))
  }

  @Test func `takes a paste larger than the terminal's buffer`() throws {
    let terminal = try start()
    let long = String(repeating: "0123456789", count: 2_000)
    terminal.paste("x\(long)y\rdone\r")
    terminal.wait(for: "[done]")
    #expect(terminal.written.contains("[x\(long)y]"))
  }

  @Test func `draws the line anew in a window of another size`() throws {
    let terminal = try start()
    terminal.send("svd k=50")
    terminal.wait(forLine: "echo › svd k=50")
    terminal.resize(rows: 24, columns: 60)
    terminal.send(" seed=7\u{1}x")
    terminal.wait(forLine: "echo › xsvd k=50 seed=7")
    terminal.send("\r")
    terminal.wait(for: "[xsvd k=50 seed=7]")
  }

  @Test func `clears the screen on Ctrl-L and keeps the line`() throws {
    let terminal = try start()
    terminal.send("one\rtwo")
    terminal.wait(for: "[one]\necho › two")
    terminal.send("\u{C}")
    terminal.wait(for: "a cleared screen") { $0.screen.text == "echo › two" }
  }

  @Test func `edits a statement of several lines as one`() throws {
    let terminal = try start()
    terminal.send("svd \\\rk=2\r")
    terminal.wait(for: "[svd \\⏎k=2]\necho ›")
    terminal.send("\u{1B}[A")
    terminal.wait(for: "echo › svd \\\nk=2")
    terminal.send("0\r")
    terminal.wait(for: "[svd \\⏎k=20]")
  }

  @Test func `shows what was typed ahead behind the prompt`() throws {
    let terminal = try start()
    terminal.send("work\r")
    terminal.wait(for: "the line's end") { $0.screen.row == 1 }
    terminal.send("ahead\u{1B}[D!")
    terminal.wait(for: "[work]\necho › ahea!d")
  }

  @Test func `keeps what was typed when it is killed, and shares it with the next`() throws {
    let first = try start()
    let second = try start()
    first.send("from the first\r")
    first.wait(for: "[from the first]")
    second.send("from the second\r")
    second.wait(for: "[from the second]")
    first.send("again the first\r")
    first.wait(for: "[again the first]")
    first.signal(9)
    second.signal(9)
    #expect(try folder.read("recline/history") == "from the first\nfrom the second\nagain the first\n")
    let third = try start()
    third.send("\u{1B}[A\u{1B}[A")
    third.wait(forLine: "echo › from the second")
  }

  @Test(arguments: ["LC_ALL=C", "LC_ALL=nowhere", "LANG=", "LC_ALL=C.UTF-8"])
  func `reads UTF-8 in any locale`(_ setting: String) throws {
    let parts = setting.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let terminal = try start(environment: [parts[0]: parts[1]])
    terminal.send("été 漢\r")
    terminal.wait(for: "[été 漢]")
  }

  @Test func `respects the user's own bindings`() throws {
    try folder.write("bind ^X recline-complete\nbind \"^G\" ed-move-to-beg\n", to: ".editrc")
    let terminal = try start()
    terminal.send("rec\u{18}x\u{7}y\r")
    terminal.wait(for: "[yrecall x]")
  }

  @Test func `has vi's keys where they are asked for`() throws {
    try folder.write("bind -v\n", to: ".editrc")
    let terminal = try start()
    terminal.send("rec\tx\u{1B}")
    terminal.wait(forLine: "echo › recall x")
    terminal.send("0iy\r")
    terminal.wait(for: "[yrecall x]")
  }

  @Test func `works on a terminal that can do nothing`() throws {
    let terminal = try start(environment: ["TERM": "dumb"])
    terminal.send("svd\r")
    terminal.wait(for: "[svd]")
    #expect(!terminal.written.contains("\u{1B}[?2004h"))
  }
}
