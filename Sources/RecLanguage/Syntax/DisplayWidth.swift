/// How many terminal cells a text takes: wide East Asian characters and emoji two, combining marks none.
///
/// Counted by grapheme clusters (Unicode Standard Annex 29) with the wide ranges of Annex 11, so that an accent, a flag
/// or a family of emoji takes the cells of one character. Control characters take none. O(n).
package func displayWidth(of text: some StringProtocol) -> Int {
  var width = 0
  for byte in text.utf8 {
    guard byte < 0x80 else { return text.reduce(0) { $0 + displayWidth(of: $1) } }
    if byte >= 0x20, byte != 0x7F { width += 1 }
  }
  return width
}

/// How many terminal cells one grapheme cluster takes: 0, 1 or 2.
package func displayWidth(of character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    if scalar.value == 0xFE0F, width == 1 { return 2 }
    width = max(width, displayWidth(of: scalar))
  }
  return width
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x20 || value == 0x7F { return 0 }
  if value < 0x300 { return value >= 0x80 && value < 0xA0 || value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
  default: break
  }
  if isWide(value) || scalar.properties.isEmojiPresentation { return 2 }
  return 1
}

/// Membership in the East Asian Wide and Fullwidth ranges, by bisection.
private func isWide(_ value: UInt32) -> Bool {
  guard value >= wideRanges[0].lowerBound else { return false }
  var low = 0
  var high = wideRanges.count
  while high - low > 1 {
    let middle = (low + high) / 2
    if wideRanges[middle].lowerBound <= value { low = middle } else { high = middle }
  }
  return wideRanges[low].contains(value)
}

/// East Asian Wide and Fullwidth blocks (Unicode 16, EastAsianWidth.txt), ascending.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
  0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
]
