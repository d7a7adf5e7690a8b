import RecLanguage

/// Outputs as a script records them: tables for people, 80 columns, no colour.
struct RecordedOutput {
  private var text = ""

  /// A warning is recorded without its line of the script, whose number changes with every line above it.
  mutating func take(_ output: Output) { text += Renderer.table.render(output, in: Renderer.Surroundings()) }

  var lines: [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// How much of a statement's output a saved session has, in bytes.
  private static let keptSize = 16_384

  /// The lines that a saved session has of a statement: all, or as many as it may and `...` for the rest.
  var keptLines: [String] {
    guard text.utf8.count > Self.keptSize else { return lines }
    var kept: [String] = []
    var size = 0
    for line in lines {
      size += line.utf8.count + 1
      guard size <= Self.keptSize else { break }
      kept.append(line)
    }
    return kept + ["..."]
  }
}
