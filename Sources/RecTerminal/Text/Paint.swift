/// What a part of a text is, for its colour.
enum Accent: String {
  case strong = "1"
  case faint = "2"
  case prompt = "1;36"
  case first = "36"
  case second = "33"
  case third = "35"
  case fourth = "32"
  case fifth = "34"
  case sixth = "31"

  /// The colours of the series of a chart.
  static let series: [Accent] = [.first, .second, .third, .fourth, .fifth, .sixth]
}

extension String {
  /// The text between escapes of its colour, or as it is.
  func painted(_ accent: Accent, _ color: Bool) -> String {
    color && !isEmpty ? "\u{1B}[\(accent.rawValue)m\(self)\u{1B}[0m" : self
  }
}
