import CPty
import FoundationEssentials
import Testing

/// A program in a pseudo-terminal, with the screen it draws.
///
/// A class, because it owns the process: the program ends with it at the latest.
final class PseudoTerminal {
  private(set) var screen: Screen
  /// Everything the program has written.
  private(set) var written = ""

  private let terminal: Int32
  private let process: Int32
  private var partial: [UInt8] = []

  /// How long a text is waited for: far longer than it takes on a machine with much else to do.
  private static let patience = 30_000

  /// Starts a program from the build folder in a clean environment.
  init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], folder: String? = nil,
    rows: Int = 24, columns: Int = 80
  ) throws {
    let variables = ["TERM": "xterm", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    let words =
      ["env", "-i"] + variables.map { "\($0)=\($1)" } + [Self.path(of: program)] + arguments
    let command =
      (folder.map { "cd \(Self.quoted($0)) && " } ?? "") + "exec " + words.map(Self.quoted).joined(separator: " ")
    var process: Int32 = 0
    // SAFETY: the command is a terminated string and the number is written once, both for the length of the call.
    let terminal = unsafe pty_start(command, Int32(rows), Int32(columns), &process)
    try #require(terminal >= 0)
    self.terminal = terminal
    self.process = process
    screen = Screen(rows: rows, columns: columns)
  }

  deinit {
    pty_close(terminal, process)
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    // SAFETY: the buffer holds that many bytes.
    let isSent = unsafe bytes.withUnsafeBufferPointer { unsafe pty_write(terminal, $0.baseAddress, $0.count) }
    #expect(isSent == 1)
  }

  func paste(_ text: String) {
    send("\u{1B}[200~\(text)\u{1B}[201~")
  }

  func resize(rows: Int, columns: Int) {
    screen.resize(rows: rows, columns: columns)
    pty_resize(terminal, Int32(rows), Int32(columns))
  }

  func signal(_ number: Int32) {
    pty_signal(process, number)
  }

  /// Whether the program has asked for pastes to be marked.
  var bracketsPastes: Bool { screen.pastesAreBracketed }

  /// Whether the terminal echoes and gathers whole lines, as programs expect to find it.
  var isCooked: Bool { pty_is_cooked(terminal) == 1 }

  /// Reads until the condition holds; records what was there instead when it does not come to hold.
  func wait(
    for what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: (PseudoTerminal) -> Bool
  ) {
    var waited = 0
    while !condition(self) {
      let count = read(milliseconds: 50)
      if count == 0 { waited += 50 }
      if count < 0 && !condition(self) || waited > Self.patience {
        Issue.record("waited for \(what), but the screen is:\n\(screen.text)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  /// Reads until the text is on the screen.
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    wait(for: "'\(text)'", sourceLocation: sourceLocation) { $0.screen.text.contains(text) }
  }

  /// Reads until the row of the cursor is this, spaces at its end aside.
  func wait(forLine line: String, sourceLocation: SourceLocation = #_sourceLocation) {
    wait(for: "the line '\(line)'", sourceLocation: sourceLocation) { $0.screen.cursorLine == line }
  }

  /// Reads to the end of the program and gives its exit status.
  func finish(sourceLocation: SourceLocation = #_sourceLocation) -> Int {
    var waited = 0
    while waited < Self.patience {
      waited += read(milliseconds: 50) > 0 ? 0 : 50
      let status = Int(pty_wait(process, 10))
      if status >= 0 {
        while read(milliseconds: 0) > 0 {}
        return status
      }
    }
    Issue.record("the program goes on; the screen is:\n\(screen.text)", sourceLocation: sourceLocation)
    return -1
  }

  private func read(milliseconds: Int32) -> Int {
    var count = 0
    // SAFETY: at most `capacity` bytes are written to the buffer, and as many are taken.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, initialized in
      count = unsafe pty_read(terminal, buffer.baseAddress, buffer.count, milliseconds)
      initialized = max(count, 0)
    }
    partial += bytes
    // A character whose bytes came only in part waits for the rest.
    var end = partial.count
    while end > 0, partial.count - end < 4, partial[end - 1] & 0xC0 == 0x80 { end -= 1 }
    if end > 0, partial[end - 1] >= 0xC0 {
      let lead = partial[end - 1]
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      end = partial.count - (end - 1) >= length ? partial.count : end - 1
    } else {
      end = partial.count
    }
    let text = String(decoding: partial[..<end], as: UTF8.self)
    partial.removeFirst(end)
    written += text
    screen.write(text.unicodeScalars)
    return count
  }

  /// Where a program of this package was built; a path stays as it is.
  static func path(of program: String) -> String {
    if program.hasPrefix("/") { return program }
    let beside = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let candidate = (beside + [Substring(program)]).joined(separator: "/")
    if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    #if DEBUG
      return "\(root)/.build/debug/\(program)"
    #else
      return "\(root)/.build/release/\(program)"
    #endif
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

/// An empty folder that is removed with its owner; a class for that reason.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/recline-test-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ text: String, to name: String) throws {
    let file = path + "/" + name
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: false, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}
