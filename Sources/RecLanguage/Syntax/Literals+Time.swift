extension Literal {
  /// A moment such as `2018-01-31` or `2018-01-31T12:00:30`, as seconds since 1970-01-01T00:00 UTC.
  ///
  /// Days are counted in the proleptic Gregorian calendar by Howard Hinnant's `days_from_civil` (2013).
  package static func moment(_ text: String) throws(LiteralProblem) -> Double {
    let example = "such as 2018-01-31 or 2018-01-31T12:00 (UTC)"
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes.count <= 32, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = integer(bytes[0..<4]), let month = integer(bytes[5..<7]), let day = integer(bytes[8..<10])
    else { throw .expected("a moment", found: text, hint: example) }
    guard (1...12).contains(month), day >= 1, day <= dayCount(ofMonth: month, year: year) else {
      throw LiteralProblem("there is no day \(Diagnostic.quoted(String(text.prefix(10))))")
    }
    let days = daysSince1970(year: year, month: month, day: day)
    var clock = Array(bytes.dropFirst(10))
    if clock.last == UInt8(ascii: "Z") || clock.last == UInt8(ascii: "z") { clock.removeLast() }
    guard !clock.isEmpty else {
      guard bytes.count == 10 else { throw .expected("a moment", found: text, hint: example) }
      return Double(days) * 86_400
    }
    guard "T t".utf8.contains(clock[0]), let seconds = secondsOfDay(Array(clock.dropFirst())) else {
      throw .expected("a moment", found: text, hint: example)
    }
    return Double(days) * 86_400 + seconds
  }

  /// A duration such as `30d`, `1.5h` or `90min`: a number and one of s min h d w.
  package static func duration(_ text: String) throws(LiteralProblem) -> Duration {
    let unit = String(text.reversed().prefix { $0.isLetter }.reversed())
    let seconds: Double
    switch unit.lowercased() {
    case "s": seconds = 1
    case "min": seconds = 60
    case "h": seconds = 3_600
    case "d": seconds = 86_400
    case "w": seconds = 604_800
    case "m":
      throw LiteralProblem("'m' is no unit of time", hint: "min for minutes; months differ in length")
    default:
      throw .expected("a duration", found: text, hint: "a number and one of s min h d w, such as 30d")
    }
    guard let amount = try? number(String(text.dropLast(unit.count))), !text.contains("%") else {
      throw .expected("a duration", found: text, hint: "a number and one of s min h d w, such as 30d")
    }
    guard amount >= 0 else { throw LiteralProblem("a duration cannot be below 0") }
    guard amount * seconds < 1e12 else { throw LiteralProblem("\(Diagnostic.quoted(text)) is too long a time") }
    return .seconds(amount * seconds)
  }

  /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`.
  private static func secondsOfDay(_ clock: [UInt8]) -> Double? {
    guard clock.count >= 5, clock[2] == UInt8(ascii: ":"), let hour = integer(clock[0..<2]),
      let minute = integer(clock[3..<5]), hour < 24, minute < 60
    else { return nil }
    let start = Double(hour * 3_600 + minute * 60)
    guard clock.count > 5 else { return start }
    guard clock.count >= 8, clock[5] == UInt8(ascii: ":"), let whole = integer(clock[6..<8]), whole < 60 else {
      return nil
    }
    let fraction = clock.dropFirst(8)
    guard let point = fraction.first else { return start + Double(whole) }
    guard point == UInt8(ascii: "."), fraction.count > 1, fraction.dropFirst().allSatisfy(\.isDigit) else { return nil }
    return start + Double(whole) + (Double("0" + String(decoding: fraction, as: UTF8.self)) ?? 0)
  }

  private static func integer(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func dayCount(ofMonth month: Int, year: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    // Years that start in March have their leap day at the end.
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
