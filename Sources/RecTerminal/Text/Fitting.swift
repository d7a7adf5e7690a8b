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
}

extension String {
  /// The text without spaces at its end.
  var withoutTrailingSpaces: String {
    var rest = Substring(self)
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
