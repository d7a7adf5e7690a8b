import RecLanguage

/// A text on a chart with the room that it takes, in pixels.
struct ChartText {
  enum Anchor: String { case start, middle, end }
  enum Role: String { case title, axis, tick, label }

  let text: String
  let role: Role
  /// Where the line of the letters is held.
  let x: Double
  let y: Double
  var anchor = Anchor.start
  /// Read from below to above.
  var isUpright = false

  static let size = 12.0

  /// At least what a text takes in the usual sans-serif letters: a cell of a terminal is 0.56 of the size.
  static func width(_ text: String, _ role: Role = .tick) -> Double {
    Double(displayWidth(of: text)) * (role == .title ? 14 * 0.6 : size * 0.56)
  }

  /// The rectangle: left, top, right, bottom.
  var box: (left: Double, top: Double, right: Double, bottom: Double) {
    let width = Self.width(text, role)
    let size = role == .title ? 14 : Self.size
    let start = anchor == .start ? 0 : anchor == .middle ? -width / 2 : -width
    if isUpright { return (x - size * 0.8, y - start - width, x + size * 0.2, y - start) }
    return (x + start, y - size * 0.8, x + start + width, y + size * 0.2)
  }

  func overlaps(_ other: ChartText) -> Bool {
    let (one, two) = (box, other.box)
    return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
  }

  /// A text from data on one line, cut to a width.
  static func fitted(_ text: String, to width: Double, _ role: Role = .tick) -> String {
    let text = text.onOneLine
    if Self.width(text, role) <= width { return text }
    var kept = ""
    for character in text {
      if Self.width(kept + String(character) + "…", role) > width { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
