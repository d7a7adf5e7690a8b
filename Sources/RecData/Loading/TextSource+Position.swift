import RecKernels

extension TextSource {
  /// The most scalars of a line that an error shows.
  private static let shownLength = 120

  /// The place of some bytes for people: line, column, and the line's text.
  func position(of range: Range<Int>) -> TextPosition {
    let bytes = file.bytes
    let place = min(range.lowerBound, bytes.count)
    let lineStart = TextScan.lineStart(bytes, before: place, from: start)
    let line = TextScan.counts(bytes.extracting(start..<lineStart)).newlines + 1
    // A column is counted over the bytes before it; what is shown is a window of them.
    var column = 1
    for byte in lineStart..<place where bytes[byte] & 0xC0 != 0x80 { column += 1 }
    var end = min(TextScan.find(0x0A, in: bytes, from: place), place + 4 * Self.shownLength)
    let isCutBehind = end < bytes.count && bytes[end] != 0x0A
    if !isCutBehind, end > place, bytes[end - 1] == 0x0D { end -= 1 }
    let windowStart = max(lineStart, place - 4 * Self.shownLength)
    var before = Array(String(decoding: file[windowStart..<place], as: UTF8.self).unicodeScalars)
    var behind = Array(String(decoding: file[place..<end], as: UTF8.self).unicodeScalars)
    let room = max(Self.shownLength / 3, Self.shownLength - behind.count)
    let isCutBefore = windowStart > lineStart || before.count > room
    if isCutBefore { before = Array(before.suffix(room)) }
    let shownBehind = max(0, Self.shownLength - before.count)
    let endsEarly = isCutBehind || behind.count > shownBehind
    if endsEarly { behind = Array(behind.prefix(shownBehind)) }
    var text = String.UnicodeScalarView()
    if isCutBefore { text.append("…") }
    text.append(contentsOf: before)
    text.append(contentsOf: behind)
    if endsEarly { text.append("…") }
    let meant = String(decoding: file[place..<min(max(place, range.upperBound), end)], as: UTF8.self).unicodeScalars
      .count
    return TextPosition(
      path: path, line: line, column: column, length: max(1, min(meant, behind.count)), text: String(text),
      caret: before.count + (isCutBefore ? 2 : 1))
  }

  /// Some of the file's text as an error quotes it, cut where it is long.
  func quoted(_ range: Range<Int>) -> String {
    let text = file.text(range.lowerBound..<min(range.upperBound, range.lowerBound + 240))
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > 60 || range.count > 240 else { return "'\(text)'" }
    return "'" + String(String.UnicodeScalarView(scalars.prefix(60))) + "…'"
  }

  /// An error about some bytes.
  func malformed(
    _ kind: Malformed.Kind, _ range: Range<Int>, expected: String, found: String? = nil, hint: String? = nil
  ) -> Malformed {
    let malformed = Malformed(
      kind, at: position(of: range), expected: expected, found: found ?? (range.isEmpty ? "nothing" : quoted(range)),
      hint: hint)
    return told(malformed, at: range.lowerBound)
  }
}
