extension StringProtocol {
  /// How many cells of a terminal the text takes: 2 for an ideograph or emoji, 0 for a combining mark.
  ///
  /// Source: Unicode Standard Annex #11, East Asian Width (wide and full-width), and emoji presentation.
  package var displayWidth: Int {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The longest start of the text that takes at most so many cells, with `…` where something is missing.
  package func fitted(toWidth width: Int) -> String {
    if displayWidth <= width { return String(self) }
    if width <= 0 { return "" }
    var used = 0
    var result = ""
    for character in self {
      let next = String(character).displayWidth
      if used + next > width - 1 { break }
      used += next
      result.append(character)
    }
    return result + "…"
  }
}

extension Unicode.Scalar {
  /// How many cells of a terminal the scalar takes: 0, 1 or 2.
  var displayWidth: Int {
    if value < 0x300 { return value >= 0x20 && !(0x7F..<0xA0).contains(value) && value != 0xAD ? 1 : 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(value) { return 0 }
    if value >= 0x1100, Self.wide.contains(where: { $0.contains(value) }) { return 2 }
    return properties.isEmojiPresentation ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
