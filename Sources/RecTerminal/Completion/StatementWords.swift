/// The words of the statement that a cursor stands in, up to the cursor.
///
/// Words end as the lexer ends them; an open quote runs to the cursor. Half a statement need not parse, and this always
/// gives something.
struct StatementWords {
  struct Word: Equatable {
    /// The text without quotes, escapes kept.
    var text: String
    /// Offsets in UTF-8.
    var range: Range<Int>
    /// The quote that it starts with.
    var quote: Character?
    /// Whether a comma stands before it, so that it belongs to the list of the word before.
    var followsComma: Bool
  }

  /// The finished words before the one at the cursor.
  private(set) var words: [Word] = []
  /// The word that the cursor ends, empty after a space.
  private(set) var current: Word

  /// - Parameter cursor: an offset in UTF-8.
  init(_ text: String, cursor: Int) {
    let bytes = Array(text.utf8.prefix(cursor))
    current = Word(text: "", range: bytes.count..<bytes.count, quote: nil, followsComma: false)
    var offset = 0
    var followsComma = false
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        words = []
        followsComma = false
        offset += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if !followsComma { words = [] }
        offset += 1
      case UInt8(ascii: "\\") where offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n"):
        offset += 2
      case UInt8(ascii: ","):
        followsComma = true
        offset += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        offset += 1
      default:
        let word = Self.word(bytes, from: offset, followsComma: followsComma)
        followsComma = false
        offset = word.range.upperBound
        words.append(word)
      }
    }
    if let last = words.last, last.range.upperBound == bytes.count, !Self.isClosed(last, bytes) {
      current = words.removeLast()
    } else {
      current.followsComma = followsComma
    }
  }

  private static func word(_ bytes: [UInt8], from start: Int, followsComma: Bool) -> Word {
    var offset = start
    let first = bytes[start]
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    if isQuoted {
      offset += 1
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
        let isDoubled = offset + 1 < bytes.count && bytes[offset + 1] == first && first == UInt8(ascii: "'")
        if bytes[offset] == first, !isDoubled { break }
        let isEscape = bytes[offset] == UInt8(ascii: "\\") && first == UInt8(ascii: "\"")
        offset += isEscape || bytes[offset] == first ? 2 : 1
      }
      offset = min(offset, bytes.count)
      let text = String(decoding: bytes[start + 1..<offset], as: UTF8.self)
      if offset < bytes.count, bytes[offset] == first { offset += 1 }
      while offset < bytes.count, !endsWord(bytes[offset]) { offset += 1 }
      return Word(
        text: text, range: start..<offset, quote: Character(Unicode.Scalar(first)), followsComma: followsComma)
    }
    // An option's value may be quoted: name="two words".
    while offset < bytes.count, !endsWord(bytes[offset]) {
      offset += 1
      if bytes[offset - 1] == UInt8(ascii: "="), offset < bytes.count,
        [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[offset])
      {
        offset = word(bytes, from: offset, followsComma: false).range.upperBound
      }
    }
    return Word(
      text: String(decoding: bytes[start..<offset], as: UTF8.self), range: start..<offset, quote: nil,
      followsComma: followsComma)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ";"),
      UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Whether a quoted word has its closing quote, so that nothing of it is left to complete.
  private static func isClosed(_ word: Word, _ bytes: [UInt8]) -> Bool {
    guard let quote = word.quote, word.range.count >= 2 else { return false }
    return bytes[word.range.upperBound - 1] == quote.asciiValue && word.text.utf8.count == word.range.count - 2
  }
}
