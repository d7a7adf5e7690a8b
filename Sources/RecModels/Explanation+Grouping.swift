extension Explanation {
  /// Parts by size, the largest first; beyond ten the smaller ones become one, which says how many they are.
  ///
  /// - Parameter noun: what the grouped parts are called, such as "ratings".
  static func largest(_ parts: [Part], noun: String) -> [Part] {
    let sorted = parts.enumerated().sorted { left, right in
      let (first, second) = (abs(left.element.value), abs(right.element.value))
      return first != second ? first > second : left.offset < right.offset
    }.map(\.element)
    // One part alone is named rather than counted.
    if sorted.count <= shown + 1 { return sorted }
    let rest = sorted[shown...]
    return sorted[..<shown] + [Part(.other("\(rest.count) other \(noun)"), rest.reduce(0) { $0 + $1.value })]
  }

  private static let shown = 10

  /// An explanation whose score is the sum of its parts.
  init(parts: [Part]) {
    self.init(score: parts.reduce(0) { $0 + $1.value }, parts: parts)
  }
}
