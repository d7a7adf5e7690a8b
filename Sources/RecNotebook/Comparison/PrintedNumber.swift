/// A number with a decimal point as it was printed: `0.8578`, `-1,234.5`, `1.50e-07`.
///
/// Its value is `mantissa · 10^exponent`, exactly; `exponent` belongs to the last printed digit.
struct PrintedNumber: Equatable {
  let mantissa: Int128
  let exponent: Int
  /// How many characters it takes.
  let length: Int

  /// Whether the other is the same number up to one in the last printed digit.
  ///
  /// Of numbers with different decimals the finer digit counts: 9.99 and 10.0 agree, 9.95 and 10.0 do not.
  func agrees(with other: PrintedNumber) -> Bool {
    let finer = min(exponent, other.exponent)
    guard let left = scaled(to: finer), let right = other.scaled(to: finer) else { return false }
    return left - right <= 1 && right - left <= 1
  }

  /// The mantissa in units of `10^exponent`; nil where the two are orders of magnitude apart.
  private func scaled(to exponent: Int) -> Int128? {
    let shift = self.exponent - exponent
    guard shift <= 6 else { return nil }
    return (0..<shift).reduce(mantissa) { scaled, _ in scaled * 10 }
  }
}

extension PrintedNumber {
  /// Digits beyond these are no number that anybody prints; the limit keeps the arithmetic exact.
  private static let digitLimit = 30

  /// The number that starts at a place in a line; nil where none with a decimal point does.
  ///
  /// A number does not begin or end inside a word: `v1.5`, `1.2.3` and `a-1.5` hold none.
  init?(in line: [Character], at start: Int) {
    if start > 0, line[start - 1].isPartOfWord { return nil }
    // After `..` the upper end of a range begins.
    if start > 0, line[start - 1] == ".", start < 2 || line[start - 2] != "." { return nil }
    var place = start
    let isNegative = place < line.count && (line[place] == "-" || line[place] == "−")
    if isNegative { place += 1 }

    var mantissa: Int128 = 0
    var digitCount = 0
    func digit(_ place: Int) -> Int? {
      guard place < line.count, let value = line[place].wholeNumberValue, line[place].isASCII else { return nil }
      return value
    }
    /// Takes digits; false where there are none or too many.
    func takeDigits() -> Bool {
      let first = place
      while let value = digit(place) {
        digitCount += 1
        guard digitCount <= Self.digitLimit else { return false }
        mantissa = mantissa * 10 + Int128(value)
        place += 1
      }
      return place > first
    }

    guard takeDigits() else { return nil }
    while place < line.count, line[place] == ",", (1...3).allSatisfy({ digit(place + $0) != nil }) {
      place += 1
      guard takeDigits() else { return nil }
    }
    guard place < line.count, line[place] == "." else { return nil }
    place += 1
    let pointPlace = place
    guard takeDigits() else { return nil }
    var exponent = pointPlace - place
    if place < line.count, line[place] == "e" || line[place] == "E" {
      var power = place + 1
      let isPowerNegative = power < line.count && line[power] == "-"
      if power < line.count, line[power] == "-" || line[power] == "+" { power += 1 }
      var value = 0
      let firstPower = power
      while let next = digit(power), power - firstPower < 4 {
        value = value * 10 + next
        power += 1
      }
      if power > firstPower {
        exponent += isPowerNegative ? -value : value
        place = power
      }
    }
    if place < line.count, line[place].isPartOfWord { return nil }
    if place + 1 < line.count, line[place] == ".", line[place + 1].isNumber { return nil }
    self.init(mantissa: isNegative ? -mantissa : mantissa, exponent: exponent, length: place - start)
  }
}

extension PrintedNumber {
  /// The last number with a decimal point in a line; nil where there is none.
  init?(lastIn line: String) {
    let characters = Array(line)
    var last: PrintedNumber?
    var place = 0
    while place < characters.count {
      if let number = PrintedNumber(in: characters, at: place) {
        last = number
        place += number.length
      } else {
        place += 1
      }
    }
    guard let last else { return nil }
    self = last
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
