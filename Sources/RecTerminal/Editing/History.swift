import FoundationEssentials
import RecKernels

/// The statements typed so far, kept in a plain text file, one statement a line.
///
/// The file is opened when the first statement is added and read when the first is looked for, so that a prompt costs
/// nothing. It is append-only and synced for each statement. A file that cannot be read or written leaves a `warning`,
/// and the statements of this session. A class, because the editor that searches and the shell that adds share it.
package final class HistoryLog {
  /// How many of the latest statements are loaded.
  package static let limit = 10_000

  /// Why the file could not be used, once it was tried; `nil` when all is well.
  package private(set) var warning: String?

  private let path: String?
  private var loaded: [String]?
  /// Whether the file's last line has no end, because a program was killed while it wrote.
  private var endsInsideLine = false

  /// A history kept in the file of that path; `nil` keeps it in memory only.
  package init(path: String?) {
    self.path = path
  }

  /// The place of the file: `$XDG_STATE_HOME/recline/history`, by default under `~/.local/state`.
  package static func defaultPath(_ environment: (String) -> String? = RecKernels.environment) -> String? {
    stateFolder(environment).map { $0 + "/history" }
  }

  /// Where the program keeps what it remembers of its user: `$XDG_STATE_HOME/recline`, by default under `~/.local/state`.
  package static func stateFolder(_ environment: (String) -> String? = RecKernels.environment) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/recline" }
    guard let home = environment("HOME"), !home.isEmpty else { return nil }
    return home + "/.local/state/recline"
  }

  /// The statements, oldest first.
  package var entries: [String] {
    if let loaded { return loaded }
    let entries = read()
    loaded = entries
    return entries
  }

  /// Adds a statement, unless it is blank or the same as the one before.
  package func add(_ statement: String) {
    let text = statement.trimmed
    if text.isEmpty || entries.last == text { return }
    loaded?.append(text)
    guard let path, warning == nil else { return }
    do {
      try Self.createFolder(of: path)
      let file = try OutputFile.appending(to: path, forOwnerOnly: true)
      try file.write((endsInsideLine ? "\n" : "") + Self.folded(text) + "\n")
      try file.synchronize()
      endsInsideLine = false
    } catch let failure as FileFailure {
      warning = "history is not kept: \(path): \(Self.reason(failure))"
    } catch {
      warning = "history is not kept: no folder for \(path)"
    }
  }

  /// A statement as one line of the file.
  ///
  /// Most stand there as they are. One of several lines, or one that starts with `\`, is written after a `\`, with `\n`
  /// for a line's end and `\\` for a backslash.
  static func folded(_ statement: String) -> String {
    guard statement.hasPrefix("\\") || statement.utf8.contains(UInt8(ascii: "\n")) else { return statement }
    return statement.unicodeScalars.reduce(into: "\\") { line, scalar in
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
  }

  /// The statement that `folded` made a line of.
  static func unfolded(_ line: String) -> String {
    guard line.hasPrefix("\\") else { return line }
    var statement = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars.dropFirst() {
      if isEscaped {
        statement.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        statement.append(scalar)
      }
    }
    return String(statement)
  }

  private func read() -> [String] {
    guard let path, fileKind(path) != .missing else { return [] }
    guard let contents = FileManager.default.contents(atPath: path) else {
      warning = "history cannot be read: \(path)"
      return []
    }
    endsInsideLine = !contents.isEmpty && contents.last != UInt8(ascii: "\n")
    return contents.split(separator: UInt8(ascii: "\n")).suffix(Self.limit).map {
      Self.unfolded(String(decoding: $0, as: UTF8.self))
    }
  }

  private static func reason(_ failure: FileFailure) -> String {
    switch failure {
    case .notFound: "no such folder"
    case .isDirectory: "it is a folder"
    case .permissionDenied: "permission denied"
    case .noSpace: "no space left"
    case .closedPipe: "its reader is gone"
    case .other(let reason): reason
    }
  }

  /// Creates the folder that a file is to stand in, for its owner only.
  static func createFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<slash])
    if fileKind(folder) == .directory { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
