extension FieldTable {
  /// Whether `year` can be asked of the titles, since no column has that name.
  package var yearsStandInTitles: Bool {
    guard self["year"] == nil, case .text? = self["title"] else { return false }
    return true
  }

  /// The year in parentheses at the end of a title, as in `Heat (1995)`; NaN where there is none.
  package func yearInTitle(at index: Int) -> Double {
    guard case .text(let titles)? = self["title"] else { return .nan }
    return Self.year(in: titles.utf8(index))
  }

  static func year(in title: ArraySlice<UInt8>) -> Double {
    var title = title
    while title.last == 0x20 { title.removeLast() }
    guard title.count >= 6, title.last == 0x29 else { return .nan }
    let digits = title.dropLast().suffix(4)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), title[digits.startIndex - 1] == 0x28 else { return .nan }
    return Double(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
  }
}
