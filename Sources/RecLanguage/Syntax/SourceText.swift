/// A script, or one entry at the prompt: its bytes, its name and where its lines start.
///
/// The bytes may be anything at all; text that is not UTF-8 is repaired where it is shown.
package struct SourceText: Sendable {
  /// The name of a text that came from no file.
  package static let inputName = "input"

  /// The path of the file, or ``inputName``.
  package let name: String
  package let bytes: [UInt8]
  /// The number of the first line; above 1 where a shell goes on counting.
  package let firstLine: Int
  private let lineStarts: [Int]

  package init(name: String = inputName, _ text: String, firstLine: Int = 1) {
    self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
  }

  package init(name: String = inputName, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    var starts = [0]
    var index = 0
    for byte in bytes {
      index += 1
      if byte == UInt8(ascii: "\n") { starts.append(index) }
    }
    lineStarts = starts
  }

  /// The number of lines; a text that ends in a newline has an empty last one.
  package var lineCount: Int { lineStarts.count }

  /// The text of a range, with U+FFFD for what is not UTF-8.
  package func text(in range: SourceRange) -> String {
    let start = min(max(range.start, 0), bytes.count)
    let end = min(max(range.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The number of the line that an offset stands in, counted from ``firstLine``. O(log lines).
  package func line(at offset: Int) -> Int {
    lineIndex(at: offset) + firstLine
  }

  /// The column of an offset, in Unicode scalars from 1; a tab is one. O(length of the line).
  package func column(at offset: Int) -> Int {
    let start = lineStarts[lineIndex(at: offset)]
    var column = 1
    for byte in bytes[start..<min(max(offset, start), bytes.count)] where byte & 0xC0 != 0x80 { column += 1 }
    return column
  }

  /// The line that an offset stands in, without its line break.
  package func lineRange(at offset: Int) -> SourceRange {
    let index = lineIndex(at: offset)
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceRange(start, end)
  }

  /// How many Unicode scalars a range holds.
  package func scalarCount(in range: SourceRange) -> Int {
    bytes[range.start..<min(range.end, bytes.count)].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  /// The last line that starts at or before an offset, by bisection.
  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
