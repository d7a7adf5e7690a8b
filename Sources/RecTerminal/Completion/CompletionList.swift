import RecLanguage

/// The candidates as lines below the prompt.
enum CompletionList {
  /// One a line with its help where there is any, else in columns; at most `height` lines, with the rest counted.
  static func lines(_ completions: Completions, width: Int, height: Int) -> [String] {
    let candidates = completions.candidates
    let texts = candidates.map { $0.text }
    let limit = max(height - 1, 1)
    var lines: [String]
    var shown: Int
    if candidates.contains(where: { !$0.help.isEmpty }) {
      shown = min(candidates.count, limit)
      let widest = min(texts.prefix(shown).map { displayWidth(of: $0) }.max() ?? 0, max(width / 2, 8))
      lines = candidates.prefix(shown).map { candidate in
        let text = candidate.text.fitted(toWidth: widest)
        let gap = String(repeating: " ", count: widest - displayWidth(of: text) + 2)
        return "  \(text)\(candidate.help.isEmpty ? "" : gap + candidate.help)".fitted(toWidth: width - 1)
      }
    } else {
      let cell = min((texts.map { displayWidth(of: $0) }.max() ?? 0) + 2, max(width - 2, 4))
      let columnCount = max((width - 2) / cell, 1)
      shown = min(candidates.count, limit * columnCount)
      let rowCount = (shown + columnCount - 1) / columnCount
      lines = (0..<rowCount).map { row in
        var line = " "
        for index in stride(from: row, to: shown, by: rowCount) {
          let text = texts[index].fitted(toWidth: cell - 2)
          line += " " + text
          if index + rowCount < shown { line += String(repeating: " ", count: cell - 1 - displayWidth(of: text)) }
        }
        return line
      }
    }
    let hidden = candidates.count - shown + completions.moreCount
    if hidden > 0 { lines.append("  … and \(hidden) more") }
    return lines
  }
}
