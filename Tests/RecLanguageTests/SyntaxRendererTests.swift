import FoundationEssentials
import Testing

import RecLanguage

struct SyntaxRendererTests {
  /// Cells as xterm and the East Asian Width annex count them.
  @Test(
    arguments: [
      ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("猫", 2), ("千と千尋", 8), ("한국", 4), ("😀", 2), ("🇩🇪", 2),
      ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("│", 1), ("…", 1), ("–", 1), ("a\tb", 2), ("ｆ", 2), ("а", 1), ("\u{200B}", 0),
    ])
  func `counts the cells of a text`(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }

  /// "a\tbcd\n" are the bytes 0–5; then é has two bytes, 猫 three.
  @Test(arguments: [(0, 1, 1), (1, 1, 2), (2, 1, 3), (5, 1, 6), (6, 2, 1), (8, 2, 2), (11, 2, 3), (13, 3, 1)])
  func `finds lines and columns in scalars`(offset: Int, line: Int, column: Int) {
    let source = SourceText("a\tbcd\né猫x\n")
    #expect(source.line(at: offset) == line)
    #expect(source.column(at: offset) == column)
  }

  @Test func `counts lines from where a shell stands`() {
    #expect(SourceText("a\nb", firstLine: 7).line(at: 2) == 8)
  }

  /// Golden files: a script, a line of `=`, and what is printed for its syntax errors.
  ///
  /// A first line `#! width=40 file=films.rec` sets the renderer. `RECLINE_RECORD=1 swift test` writes them anew.
  @Test(arguments: try goldenFiles())
  func `renders errors as recorded`(file: String) throws {
    let path = diagnosticsFolder + "/" + file
    let parts = try String(contentsOfFile: path, encoding: .utf8).split(separator: "=====\n", maxSplits: 1)
    var script = String(parts[0])
    var width = 80
    var name = SourceText.inputName
    if let line = script.split(separator: "\n").first, line.hasPrefix("#! ") {
      for option in line.dropFirst(3).split(separator: " ") {
        let pair = option.split(separator: "=")
        if pair[0] == "width" { width = Int(pair[1]) ?? width }
        if pair[0] == "file" { name = String(pair[1]) }
      }
      script.removeFirst(line.count + 1)
    }
    let source = SourceText(name: name, script)
    let result = Parser.parse(source, lexicon: testLexicon)
    let rendered = DiagnosticRenderer(width: width).render(result.diagnostics, in: source) + "\n"
    if ProcessInfo.processInfo.environment["RECLINE_RECORD"] == "1" {
      try (parts[0] + "=====\n" + rendered).write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(rendered == (parts.count > 1 ? String(parts[1]) : ""))
    for line in rendered.split(separator: "\n") where !line.contains("^") {
      #expect(displayWidth(of: line) <= width)
    }
  }

  @Test func `shows a place in a data file in the same form`() {
    let position = Diagnostic.FilePosition(
      file: "ratings.csv", line: 17, column: 6, length: 3, text: "1,31,abc,1260759144")
    let diagnostic = Diagnostic(
      "malformed-data", "a rating must be a number, not 'abc'", hint: "bad=skip leaves such lines out",
      position: position)
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error: a rating must be a number, not 'abc'
          --> ratings.csv:17:6
          17 │ 1,31,abc,1260759144
             │      ^^^ bad=skip leaves such lines out
        """)
  }

  @Test func `shows data and script one under the other`() {
    let source = SourceText("load a.csv")
    let position = Diagnostic.FilePosition(file: "a.csv", line: 3, text: "1,31")
    let diagnostic = Diagnostic(
      "malformed-data", "3 columns must stand here, not 2", at: SourceRange(5, 10), position: position)
    #expect(
      DiagnosticRenderer().render(diagnostic, in: source) == """
        error: 3 columns must stand here, not 2
          --> a.csv:3
          3 │ 1,31
          1 │ load a.csv
            │      ^^^^^
        """)
  }

  @Test func `takes an error out of its own text`() {
    let inner = SourceText(name: "prepare.rec", "load a\nlaod b\n")
    let diagnostic = Diagnostic(
      "unknown-command", "no command 'laod'", at: SourceRange(7, 11), hint: "did you mean 'load'?")
    #expect(
      DiagnosticRenderer().render(diagnostic.detached(from: inner)) == """
        error: no command 'laod'
          --> prepare.rec:2:1
          2 │ laod b
            │ ^^^^ did you mean 'load'?
        """)
  }

  @Test func `puts help below and colours only when asked`() {
    let source = SourceText("eval svdd hybrid", firstLine: 7)
    let diagnostic = Diagnostic(
      "unknown-name", "no model named 'svdd'", at: SourceRange(5, 9), hint: "did you mean 'svd'?",
      help: "models so far: svd, tfidf, hybrid")
    #expect(
      DiagnosticRenderer().render(diagnostic, in: source) == """
        error: no model named 'svdd'
          7 │ eval svdd hybrid
            │      ^^^^ did you mean 'svd'?
          help: models so far: svd, tfidf, hybrid
        """)
    let colored = DiagnosticRenderer(color: true).render(diagnostic, in: source)
    #expect(colored.hasPrefix("\u{1B}[1;31merror:\u{1B}[0m "))
    #expect(colored.contains("\u{1B}[1;31m^^^^ did you mean 'svd'?\u{1B}[0m"))
  }

  @Test func `keeps control characters from the terminal`() {
    let source = SourceText("load \u{1B}[31m\u{7}x")
    let diagnostic = Diagnostic("any", "no \(Diagnostic.quoted("\u{1B}[31m"))", at: SourceRange(5, 6))
    let rendered = DiagnosticRenderer().render(diagnostic, in: source)
    #expect(!rendered.unicodeScalars.contains("\u{1B}"))
    #expect(!rendered.unicodeScalars.contains("\u{7}"))
  }

  @Test func `counts errors beyond twenty`() {
    let source = SourceText(String(repeating: "svd k=\n", count: 23))
    let result = Parser.parse(source, lexicon: testLexicon)
    let rendered = DiagnosticRenderer().render(result.diagnostics, in: source)
    #expect(rendered.split(separator: "\n").count { $0.hasPrefix("error:") } == 21)
    #expect(rendered.hasSuffix("\nerror: 3 more errors"))
  }
}

private let diagnosticsFolder: String =
  #filePath.split(separator: "/", omittingEmptySubsequences: false)
  .dropLast().joined(separator: "/") + "/Diagnostics"

private func goldenFiles() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: diagnosticsFolder).filter { $0.hasSuffix(".txt") }.sorted()
}
