import RecKernels
import RecLanguage

/// The program that shows what is longer than the screen: `set pager=`, else `$PAGER`, else `less -R` where there is one.
struct Pager {
  private let command: String?

  /// - Parameter setting: what `set pager=` says; nil where the environment decides.
  init(_ setting: String?, _ environment: (String) -> String? = RecKernels.environment) {
    let wanted = setting ?? environment("PAGER").flatMap { $0.isEmpty ? nil : $0 }
    switch wanted?.lowercased() {
    case "off": command = nil
    case nil: command = environment("TERM") == "dumb" ? nil : Self.less(environment)
    case _?: command = wanted
    }
  }

  private static func less(_ environment: (String) -> String?) -> String? {
    let folders = (environment("PATH") ?? "").split(separator: ":")
    return folders.contains { fileKind($0 + "/less") == .file } ? "less -R" : nil
  }

  /// Shows a text where it is longer than the screen and a pager can be had; false where it is left to the caller.
  func show(_ text: String, rows: Int, columns: Int) -> Bool {
    guard Self.isLong(text, rows: rows, columns: columns), let command else { return false }
    guard let status = SystemCommand(text: command).run(input: text) else { return false }
    // A shell that does not find the program ends with 127 and has shown nothing.
    return status != 127
  }

  /// Whether a text and the prompt below it take more than the screen; a line may take several rows.
  static func isLong(_ text: String, rows: Int, columns: Int) -> Bool {
    // Most results are short, and a byte is no wider than a column.
    if text.utf8.count < rows - 1 { return false }
    var taken = 1
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      taken += max(1, (displayWidth(of: line) + columns - 1) / columns)
      if taken > rows { return true }
    }
    return false
  }
}
