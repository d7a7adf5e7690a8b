import FoundationEssentials
import RecKernels

/// The statements of each shell that succeeded, in a file of its own, so that those of a crashed one can be had again.
///
/// Appended and synced for each statement; the file is made with the first. A file is a script as it stands. The latest
/// ones are kept. A class because it owns the state of one file, which the shell appends to.
package final class SessionLog {
  /// How many sessions are kept.
  static let limit = 20

  let folder: String?
  /// The name of its file.
  let name: String
  private var isStarted = false

  /// - Parameter folder: where the files stand; nil keeps nothing.
  package init(folder: String?) {
    self.folder = folder
    let time = UInt64(max(0, Date().timeIntervalSince1970 * 1e6))
    // Names sort by time; two shells that start in the same microsecond differ by the number.
    name = Self.padded(time) + "-" + String(UInt32.random(in: 0...UInt32.max), radix: 36) + ".rec"
  }

  /// `sessions` beside the history.
  package static func defaultFolder(_ environment: (String) -> String? = RecKernels.environment) -> String? {
    guard let history = HistoryLog.defaultPath(environment), let slash = history.lastIndex(of: "/") else { return nil }
    return history[..<slash] + "/sessions"
  }

  /// Adds statements that succeeded. A log that cannot be written is no reason to stop: the history warns of that.
  package func add(_ statements: [String]) {
    guard let folder, !statements.isEmpty else { return }
    let path = folder + "/" + name
    if !isStarted {
      isStarted = true
      try? HistoryLog.createFolder(of: path)
      removeOld(folder)
    }
    guard let file = try? OutputFile.appending(to: path, forOwnerOnly: true) else { return }
    try? file.write(statements.map { $0 + "\n" }.joined())
    try? file.synchronize()
  }

  /// The statements of the newest session but one, which may still be running; empty where there is none.
  static func statements(before own: String, in folder: String?) -> [String] {
    guard let folder, let last = names(folder).last(where: { $0 != own }),
      let contents = FileManager.default.contents(atPath: folder + "/" + last)
    else { return [] }
    var text = String(decoding: contents, as: UTF8.self)
    // What a crash cut off is no statement.
    while let end = text.last, end != "\n" { text.removeLast() }
    return text.split(separator: "\n").map(String.init)
  }

  private static func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".rec") }.sorted()
  }

  private func removeOld(_ folder: String) {
    for old in Self.names(folder).dropLast(Self.limit - 1) {
      try? FileManager.default.removeItem(atPath: folder + "/" + old)
    }
  }

  private static func padded(_ time: UInt64) -> String {
    let digits = String(time)
    return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
  }
}
