/// An incremental search through the history: each key typed narrows it.
struct HistorySearch {
  /// What a key does to a search.
  enum Effect: Equatable {
    /// The query, the match or both changed.
    case changed
    /// The search is over, with its match on the line; the key is then done as usual.
    case ended
    /// The search is over, with the line as it was before; the key is used up.
    case cancelled
  }

  private(set) var query = ""
  private(set) var isFailing = false
  /// The line to show: the match, or what was typed before the search.
  private(set) var line: String
  private let original: String
  private var position: Int

  init(line: String, entries: [String]) {
    self.line = line
    original = line
    position = entries.count
  }

  /// The prompt while the search goes on.
  var prompt: String { isFailing ? "search \(query) · no match › " : "search \(query) › " }

  /// Where in the line the query stands, in Unicode scalars; the end of the line when it does not.
  var cursor: Int { find(query, in: line) ?? line.unicodeScalars.count }

  mutating func handle(_ key: KeyDecoder.Key, entries: [String]) -> Effect {
    switch key {
    case .paste(let text):
      guard !text.contains(where: \.isNewline) else { return .ended }
      query += text
      look(from: position, by: -1, entries)
    case .character("\u{12}"):
      look(from: position - 1, by: -1, entries)
    case .character("\u{13}"):
      look(from: position + 1, by: 1, entries)
    case .character("\u{08}"), .character("\u{7F}"):
      guard !query.isEmpty else { return .cancelled(&line, original) }
      query.removeLast()
      if query.isEmpty {
        line = original
        position = entries.count
        isFailing = false
      } else {
        look(from: entries.count - 1, by: -1, entries)
      }
    case .character("\u{07}"), .character("\u{03}"):
      return .cancelled(&line, original)
    case .character(let scalar):
      guard scalar.value >= 0x20 else { return .ended }
      query.unicodeScalars.append(scalar)
      look(from: position, by: -1, entries)
    }
    return .changed
  }

  private mutating func look(from start: Int, by step: Int, _ entries: [String]) {
    guard !query.isEmpty else { return }
    var index = min(start, entries.count - 1)
    while entries.indices.contains(index) {
      if find(query, in: entries[index]) != nil, entries[index] != line || index == position || isFailing {
        position = index
        line = entries[index]
        isFailing = false
        return
      }
      index += step
    }
    isFailing = true
  }

  /// The offset of a text within another, without regard to case unless the text has capitals.
  private func find(_ text: String, in line: String) -> Int? {
    let isExact = text.contains(where: \.isUppercase)
    let pattern = Array((isExact ? text : text.lowercased()).unicodeScalars)
    let scalars = Array((isExact ? line : line.lowercased()).unicodeScalars)
    guard pattern.count <= scalars.count else { return nil }
    return (0...scalars.count - pattern.count).first { scalars[$0..<$0 + pattern.count].elementsEqual(pattern) }
  }
}

extension HistorySearch.Effect {
  fileprivate static func cancelled(_ line: inout String, _ original: String) -> Self {
    line = original
    return .cancelled
  }
}
