import FoundationEssentials

/// Which key does what, beyond libedit's Emacs keys.
enum KeyBindings {
  /// Keys as terminals send them, in libedit's notation, and the names of functions.
  static let all: [(key: String, action: String)] =
    [
      ("^I", "recline-complete"), ("^R", "recline-search"), ("^S", "recline-search"),
      ("^P", "recline-previous"), ("^N", "recline-next"), ("^B", "recline-left"), ("^F", "recline-right"),
      ("^D", "recline-delete-or-leave"), ("^H", "recline-delete-previous"), ("^?", "recline-delete-previous"),
      ("\\e[A", "recline-previous"), ("\\eOA", "recline-previous"),
      ("\\e[B", "recline-next"), ("\\eOB", "recline-next"),
      ("\\e[C", "recline-right"), ("\\eOC", "recline-right"),
      ("\\e[D", "recline-left"), ("\\eOD", "recline-left"),
      ("\\e[3~", "recline-delete-next"),
      ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
      ("\\e[7~", "ed-move-to-beg"),
      ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
      ("\\e[8~", "ed-move-to-end"),
      ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3D", "ed-prev-word"), ("\\e[5D", "ed-prev-word"), ("\\eOd", "ed-prev-word"),
      ("\\e[1;5C", "em-next-word"), ("\\e[1;3C", "em-next-word"), ("\\e[5C", "em-next-word"), ("\\eOc", "em-next-word"),
      ("\\eb", "ed-prev-word"), ("\\ef", "em-next-word"), ("\\ed", "em-delete-next-word"),
      ("\\e[3;5~", "em-delete-next-word"), ("\\e^?", "ed-delete-prev-word"), ("\\e^H", "ed-delete-prev-word"),
    ] + unused.map { ($0, "recline-nothing") }

  /// Keys of vi's command mode.
  static let viCommand: [(key: String, action: String)] = [("k", "recline-previous"), ("j", "recline-next")]

  /// Keys without a meaning here, whose sequences would else leave letters in the line: function keys, Page Up and Down,
  /// Insert, Shift-Tab, arrows with Shift, and the terminal's focus.
  private static let unused =
    ["\\e[2~", "\\e[5~", "\\e[6~", "\\e[Z", "\\e[I", "\\e[O", "\\eOP", "\\eOQ", "\\eOR", "\\eOS"]
    + [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map { "\\e[\($0)~" }
    + ["A", "B", "C", "D", "H", "F"].map { "\\e[1;2\($0)" } + ["A", "B"].map { "\\e[1;5\($0)" }

  /// Whether a configuration of libedit chooses Emacs' or vi's keys, which takes back all bindings before.
  static func choosesMap(editrc path: String?) -> Bool {
    guard let path, let contents = FileManager.default.contents(atPath: path) else { return false }
    return String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let verb = words.first?.split(separator: ":").last, verb == "bind" else { return false }
      return words.dropFirst().contains { $0 == "-v" || $0 == "-e" }
    }
  }
}
