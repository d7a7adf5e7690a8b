/// Cuts text into lower-cased words of two or more characters.
///
/// The tokens are those of scikit-learn's default: Python's `str.lower()`, then the pattern `(?u)\b\w\w+\b`. A word
/// character is a letter, anything with a numeric value, or `_`; a combining mark is not. Characters are Unicode scalars.
package struct Tokenizer: Sendable {
  /// Words that are left out before n-grams are formed.
  package let stopWords: StopWords
  /// Whether English words are reduced to their stems, after stop words went.
  package let stems: Bool

  package init(stopWords: StopWords = .none, stems: Bool = false) {
    self.stopWords = stopWords
    self.stems = stems
  }

  /// The tokens of a text.
  package func tokens(of text: String) -> [String] {
    var buffer = TokenBuffer()
    tokenize(Array(text.utf8).span, into: &buffer)
    return (0..<buffer.count).map { String(decoding: buffer.bytes[buffer[$0]], as: UTF8.self) }
  }

  /// Replaces what the buffer holds by the tokens of a UTF-8 text.
  package func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
    buffer.removeAll()
    for place in text.indices where text[place] >= 0x80 {
      let bytes = text.indices.map { text[$0] }
      return tokenizeUnicode(String(decoding: bytes, as: UTF8.self), into: &buffer)
    }
    tokenizeASCII(text, into: &buffer)
  }

  private func tokenizeASCII(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
    var word: [UInt8] = []
    for place in text.indices {
      if let character = Self.lowercasedWordCharacter(text[place]) {
        word.append(character)
      } else {
        if word.count > 1 { buffer.append(word.span, stopWords: stopWords, stems: stems) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if word.count > 1 { buffer.append(word.span, stopWords: stopWords, stems: stems) }
  }

  private func tokenizeUnicode(_ text: String, into buffer: inout TokenBuffer) {
    var word = String.UnicodeScalarView()
    var length = 0
    func finish() {
      if length > 1 { buffer.append(Array(String(word).utf8).span, stopWords: stopWords, stems: stems) }
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in Self.lowercased(text) {
      if Self.isWordCharacter(scalar) {
        word.append(scalar)
        length += 1
      } else {
        finish()
      }
    }
    finish()
  }

  /// The byte in lower case if it can be part of a word, else nil.
  private static func lowercasedWordCharacter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: nil
    }
  }

  /// What Python's `\w` matches: `str.isalnum()` or an underscore.
  static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return lowercasedWordCharacter(UInt8(scalar.value)) != nil }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return scalar.properties.numericType != nil
    }
  }

  /// The full lower-case mapping with the rule for a final sigma (Unicode 3.13), which Swift's `lowercased()` leaves out.
  static func lowercased(_ text: String) -> [Unicode.Scalar] {
    let scalars = Array(text.unicodeScalars)
    var lowered: [Unicode.Scalar] = []
    lowered.reserveCapacity(scalars.count)
    for (place, scalar) in scalars.enumerated() {
      if scalar == "Σ" {
        lowered.append(isFinal(scalars, place) ? "ς" : "σ")
      } else {
        lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return lowered
  }

  /// Whether a cased letter stands before a place and none after it, case-ignorable characters skipped.
  private static func isFinal(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
    let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }
}
