import RecLanguage

extension StringProtocol {
  /// The text, or its longest start with `…` that takes at most so many cells of a terminal.
  func fitted(toWidth width: Int) -> String {
    if displayWidth(of: self) <= width { return String(self) }
    if width <= 0 { return "" }
    var used = 0
    var result = ""
    for character in self {
      let next = displayWidth(of: character)
      if used + next > width - 1 { break }
      used += next
      result.append(character)
    }
    return result + "…"
  }

  /// The text with spaces after it, or before it, to fill so many cells.
  func padded(toWidth width: Int, onLeft: Bool = false) -> String {
    let missing = width - displayWidth(of: self)
    let space = String(repeating: " ", count: missing > 0 ? missing : 0)
    return onLeft ? space + self : self + space
  }

  /// The text on one line, without control characters, which a title from a file may hold.
  var onOneLine: String {
    guard unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
      return String(self)
    }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? " " : $0 }))
  }
}

extension String {
  /// The text without spaces at its end.
  var withoutTrailingSpaces: String {
    var rest = Substring(self)
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
