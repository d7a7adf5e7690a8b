package import RecLanguage

/// How the outputs of a script were recorded: the `#@` lines at its end.
///
/// ```
/// #@ run recline 0.1.0 seed=42
/// #@ file ratings.csv sha256=9f86d0… rows=100836 users=610 items=9724
/// ```
package struct RunRecord: Sendable, Equatable {
  /// A file of data as it was read.
  package struct File: Sendable, Equatable {
    /// From the script's folder where it lies below it.
    package let path: String
    /// 64 hexadecimal digits.
    package let digest: String
    package let rows: Int
    package let users: Int
    package let items: Int

    package init(path: String, digest: String, rows: Int, users: Int, items: Int) {
      self.path = path
      self.digest = digest
      self.rows = rows
      self.users = users
      self.items = items
    }
  }

  package let version: String
  package let seed: UInt64
  package let files: [File]

  package init(version: String, seed: UInt64, files: [File]) {
    self.version = version
    self.seed = seed
    self.files = files
  }

  /// The lines as they stand in a script.
  package var lines: [String] {
    ["#@ run recline \(version) seed=\(seed)"]
      + files.map { file in
        "#@ file \(Self.quoted(file.path)) sha256=\(file.digest) rows=\(file.rows) users=\(file.users) items=\(file.items)"
      }
  }

  /// What a script says of its last recording; nil where it says nothing.
  package init?(_ script: Script, in source: SourceText) {
    var run: (version: String, seed: UInt64)?
    var files: [File] = []
    for case .runRecord(let range) in script.items {
      let words = Self.words(source.text(in: range))
      let facts = Dictionary(
        words.compactMap { word in
          word.firstIndex(of: "=").map { (String(word[..<$0]), String(word[word.index(after: $0)...])) }
        }, uniquingKeysWith: { $1 })
      if words.count >= 4, words[1] == "run", let seed = facts["seed"].flatMap(UInt64.init) {
        run = (words[3], seed)
      } else if words.count >= 4, words[1] == "file", let digest = facts["sha256"] {
        func count(_ name: String) -> Int { facts[name].flatMap { Int($0) } ?? 0 }
        files.append(
          File(
            path: words[2], digest: digest, rows: count("rows"), users: count("users"), items: count("items")))
      }
    }
    guard let run else { return nil }
    self.init(version: run.version, seed: run.seed, files: files)
  }

  /// The script with these lines at its end, in the place of others of their kind; all else is the same to the byte.
  package func written(into text: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      let line = text[start..<end]
      if !line.starts(with: "#@ run ".utf8), !line.starts(with: "#@ file ".utf8) { kept += line }
      start = end
    }
    let lineBreak = text.firstIndex(of: UInt8(ascii: "\n")).map { $0 > 0 && text[$0 - 1] == 13 } == true ? "\r\n" : "\n"
    if let last = kept.last, last != UInt8(ascii: "\n") { kept += lineBreak.utf8 }
    return kept + lines.flatMap { Array(($0 + lineBreak).utf8) }
  }

  private static func quoted(_ path: String) -> String {
    guard path.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "\\" }) else { return path }
    let escaped = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"" + escaped.replacing("\n", with: "\\n").replacing("\r", with: "\\r") + "\""
  }

  /// Words between blanks; one in quotes may hold blanks.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for character in line {
      if isEscaped {
        word.append(character == "n" ? "\n" : character == "r" ? "\r" : character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
