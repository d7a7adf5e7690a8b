/// Up and Down through the history: only the statements that start with what was typed before the first Up.
struct HistoryBrowser {
  /// The entry shown; `nil` while the typed line is.
  private var position: Int?
  private var typed = ""
  private var prefix = ""
  private var shown = ""

  /// The next older statement with the prefix, different from what is shown.
  mutating func previous(line: String, beforeCursor: String, entries: [String]) -> String? {
    if position == nil || line != shown {
      position = nil
      typed = line
      prefix = beforeCursor
    }
    var index = position ?? entries.count
    while index > 0 {
      index -= 1
      if entries[index].hasPrefix(prefix), entries[index] != line { return show(index, entries) }
    }
    return nil
  }

  /// The next newer statement with the prefix, or at last the line that was being typed.
  mutating func next(line: String, entries: [String]) -> String? {
    guard var index = position, line == shown else { return nil }
    while index + 1 < entries.count {
      index += 1
      if entries[index].hasPrefix(prefix), entries[index] != line { return show(index, entries) }
    }
    position = nil
    return typed
  }

  private mutating func show(_ index: Int, _ entries: [String]) -> String {
    position = index
    shown = entries[index]
    return shown
  }
}
