/// A cursor over the bytes of a source text that knows blanks, lines, names and numbers.
///
/// What a byte means depends on where it stands (a command is words, an expression has operators), so there is no
/// one stream of tokens: the parser asks for the kind that its place in the grammar calls for.
struct Lexer {
  let source: SourceText
  let bytes: [UInt8]
  var offset = 0
  /// Inside the parentheses of an expression, where a newline is a blank.
  var parenthesisDepth = 0
  /// Whether the text ended where a line must go on.
  var endsOpen = false

  init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  var current: UInt8? { byte(at: offset) }

  func byte(at offset: Int) -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Whether the cursor stands in column one.
  var isAtLineStart: Bool {
    offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") || offset == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// The offset of the newline that ends the line, or of the end of the text.
  func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  /// The same without the carriage return of a CRLF.
  func textEnd(from start: Int) -> Int {
    let end = lineEnd(from: start)
    return end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }

  /// The end of a line break that is hidden by `\`, or nil. Blanks may stand between the two.
  func continuationEnd(at start: Int) -> Int? {
    guard byte(at: start) == UInt8(ascii: "\\") else { return nil }
    var end = start + 1
    while let byte = byte(at: end), isBlank(byte) { end += 1 }
    guard let byte = byte(at: end) else { return end }
    return byte == UInt8(ascii: "\n") ? end + 1 : nil
  }

  /// The first offset that is not blank; lines go on after `\`, and inside parentheses.
  func blanksEnd(from start: Int) -> Int {
    var end = start
    while let byte = byte(at: end) {
      if isBlank(byte) {
        end += 1
      } else if let next = continuationEnd(at: end) {
        end = next
      } else if parenthesisDepth > 0, byte == UInt8(ascii: "\n") {
        end += 1
      } else if parenthesisDepth > 0, byte == UInt8(ascii: "#") {
        end = lineEnd(from: end)
      } else {
        break
      }
    }
    return end
  }

  mutating func skipBlanks() {
    let start = offset
    offset = blanksEnd(from: start)
    if offset == bytes.count, offset > start, lastVisibleByte(from: start) == UInt8(ascii: "\\") { endsOpen = true }
  }

  private func lastVisibleByte(from start: Int) -> UInt8? {
    bytes[start..<offset].last { !isBlank($0) && $0 != UInt8(ascii: "\n") }
  }

  /// The end of a NAME, a letter and then letters, digits and `_`; nil where none starts.
  func nameEnd(from start: Int) -> Int? {
    guard let first = scalar(at: start), isLetter(first.value) else { return nil }
    var end = start + first.length
    while let next = scalar(at: end), isLetter(next.value) || isNamePart(next.value) { end += next.length }
    return end
  }

  /// The end of a field, which may also start with a digit and hold `@`.
  func fieldEnd(from start: Int) -> Int? {
    var end = start
    while let next = scalar(at: end), isLetter(next.value) || isNamePart(next.value) || next.value == "@" {
      end += next.length
    }
    return end > start ? end : nil
  }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? UInt8(scalar.value).isLetter : scalar.properties.isAlphabetic
  }

  private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return UInt8(scalar.value).isDigit || scalar == "_" }
    return scalar.properties.generalCategory == .nonspacingMark
  }

  /// The well-formed Unicode scalar at an offset.
  func scalar(at offset: Int) -> (value: Unicode.Scalar, length: Int)? {
    guard let first = byte(at: offset) else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var iterator = bytes[offset..<min(offset + length, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let value) = decoder.decode(&iterator) else { return nil }
    return (value, UTF8.width(value))
  }

  /// The end of a number: digits with `_` between them, a decimal part, an exponent, `%`; nil where none starts.
  func numberEnd(from start: Int) -> Int? {
    var end = digitsEnd(from: start)
    if byte(at: end) == UInt8(ascii: "."), let next = byte(at: end + 1), next.isDigit {
      end = digitsEnd(from: end + 1)
    }
    guard end > start else { return nil }
    if let byte = byte(at: end), byte | 0x20 == UInt8(ascii: "e") {
      let hasSign = self.byte(at: end + 1) == UInt8(ascii: "-") || self.byte(at: end + 1) == UInt8(ascii: "+")
      let digits = end + (hasSign ? 2 : 1)
      if let digit = self.byte(at: digits), digit.isDigit { end = digitsEnd(from: digits) }
    }
    if byte(at: end) == UInt8(ascii: "%") { end += 1 }
    return end
  }

  private func digitsEnd(from start: Int) -> Int {
    guard let first = byte(at: start), first.isDigit else { return start }
    var end = start + 1
    while let byte = byte(at: end), byte.isDigit || byte == UInt8(ascii: "_") { end += 1 }
    return end
  }

  /// Whether a statement ends at an offset.
  func isStatementEnd(at offset: Int) -> Bool {
    guard let byte = byte(at: offset) else { return true }
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: "#"): return true
    default: return false
    }
  }
}

/// A blank within a line. A carriage return is one, so that CRLF needs no care elsewhere.
func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isLetter: Bool { self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") }
}
