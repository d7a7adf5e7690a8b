/// Reads the marks within a line of Markdown: code, emphasis, links, escapes. Marks that nothing closes are text.
struct MarkdownSpanParser {
  private let text: [Character]
  private var place = 0
  private var spans: [MarkdownSpan] = []
  private var plain = ""

  /// How deeply marks may stand in one another; deeper ones are text.
  private static let depthLimit = 16
  private let depth: Int

  private init(_ text: [Character], depth: Int) {
    self.text = text
    self.depth = depth
  }

  static func spans(of text: String) -> [MarkdownSpan] { spans(of: Array(text), depth: 0) }

  private static func spans(of text: [Character], depth: Int) -> [MarkdownSpan] {
    var parser = MarkdownSpanParser(text, depth: depth)
    parser.run()
    return parser.spans
  }

  private mutating func run() {
    while place < text.count {
      if !takeEscape(), !takeCode(), !takeStrong(), !takeEmphasis(), !takeLink(), !takeAddress() {
        plain.append(text[place])
        place += 1
      }
    }
    flush()
  }

  private mutating func flush() {
    if !plain.isEmpty { spans.append(.text(plain)) }
    plain = ""
  }

  private mutating func take(_ span: MarkdownSpan, to end: Int) -> Bool {
    flush()
    spans.append(span)
    place = end
    return true
  }

  private mutating func takeEscape() -> Bool {
    guard text[place] == "\\", place + 1 < text.count, text[place + 1].isPunctuation || text[place + 1].isSymbol else {
      return false
    }
    plain.append(text[place + 1])
    place += 2
    return true
  }

  /// Text between as many backticks as it begins with.
  private mutating func takeCode() -> Bool {
    let ticks = text[place...].prefix { $0 == "`" }.count
    guard ticks > 0 else { return false }
    var end = place + ticks
    while end < text.count {
      let run = text[end...].prefix { $0 == "`" }.count
      if run == ticks {
        var code = text[place + ticks..<end]
        if code.first == " ", code.last == " ", code.contains(where: { $0 != " " }) {
          code = code.dropFirst().dropLast()
        }
        return take(.code(String(code)), to: end + ticks)
      }
      end += max(run, 1)
    }
    // No other run of this length: the whole run is text.
    plain.append(contentsOf: text[place..<place + ticks])
    place += ticks
    return true
  }

  private mutating func takeStrong() -> Bool {
    guard let end = end(of: "**") else { return false }
    return take(.strong(inner(place + 2..<end)), to: end + 2)
  }

  private mutating func takeEmphasis() -> Bool {
    for mark in ["*", "_"] {
      if let end = end(of: mark) { return take(.emphasis(inner(place + 1..<end)), to: end + 1) }
    }
    return false
  }

  /// Where the mark that opens here is closed; nil where it does not open or nothing closes it.
  private func end(of mark: String) -> Int? {
    let mark = Array(mark)
    let start = place + mark.count
    guard depth < Self.depthLimit, text[place...].starts(with: mark), start < text.count, !text[start].isWhitespace
    else { return nil }
    if mark == ["_"], place > 0, text[place - 1].isLetter || text[place - 1].isNumber { return nil }
    var end = start
    while end + mark.count <= text.count {
      if text[end] == "\\" {
        end += 2
        continue
      }
      if text[end...].starts(with: mark), end > start, !text[end - 1].isWhitespace {
        let next = end + mark.count
        let isLonger = mark.count == 1 && next < text.count && text[next] == mark[0]
        let isInWord = mark == ["_"] && next < text.count && (text[next].isLetter || text[next].isNumber)
        if !isLonger, !isInWord { return end }
        if isLonger { end += 1 }
      }
      end += 1
    }
    return nil
  }

  /// `[text](address)`.
  private mutating func takeLink() -> Bool {
    guard text[place] == "[", depth < Self.depthLimit else { return false }
    guard let close = text[place...].firstIndex(of: "]"), close + 1 < text.count, text[close + 1] == "(",
      let end = text[(close + 1)...].firstIndex(of: ")")
    else { return false }
    return take(.link(inner(place + 1..<close), address: String(text[close + 2..<end])), to: end + 1)
  }

  /// `<https://…>`.
  private mutating func takeAddress() -> Bool {
    guard text[place] == "<", let end = text[place...].firstIndex(of: ">") else { return false }
    let address = String(text[place + 1..<end])
    guard address.hasPrefix("https://") || address.hasPrefix("http://"), !address.contains(where: \.isWhitespace) else {
      return false
    }
    return take(.link([.text(address)], address: address), to: end + 1)
  }

  private func inner(_ range: Range<Int>) -> [MarkdownSpan] {
    Self.spans(of: Array(text[range]), depth: depth + 1)
  }
}
