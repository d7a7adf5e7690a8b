/// A range `start..end:step`, to both of whose ends it belongs.
package struct NumberRange: Sendable, Equatable {
  package let start: Double
  package let end: Double
  package let step: Double
  /// How many decimals its items are written with: as many as the most exact of its parts.
  package let decimals: Int
  /// How many items it has; never more than ``itemLimit``.
  package let count: Int

  /// More items than this are an error.
  package static let itemLimit = 100_000

  /// The items, each the number nearest to its decimal writing, so that no error builds up.
  package var values: [Double] {
    (0..<count).map { value(at: $0) }
  }

  /// The items as they would be written by hand: `0.1`, `0.2`, `0.3`.
  package var texts: [String] {
    (0..<count).map { index in
      let value = value(at: index)
      return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
  }

  private func value(at index: Int) -> Double {
    let scale = Literal.powerOfTen(decimals)
    let scaled = (start * scale).rounded() + Double(index) * (step * scale).rounded()
    return scaled / scale
  }
}

extension Literal {
  /// A range such as `10..100:10` or `-1..1:0.5`; the step is 1, or -1 downwards, where none is written.
  package static func range(_ text: String) throws(LiteralProblem) -> NumberRange {
    guard let ends = rangeParts(text) else {
      throw .expected("a range", found: text, hint: "such as 1..5 or 10..100:10")
    }
    let start = try number(ends.start)
    let end = try number(ends.end)
    let step = try ends.step.map { text throws(LiteralProblem) in try number(text) } ?? (end < start ? -1 : 1)
    guard step != 0 else { throw LiteralProblem("a range cannot go in steps of 0") }
    guard start == end || (end > start) == (step > 0) else {
      throw LiteralProblem(
        "\(Diagnostic.quoted(text)) never reaches its end", hint: "a step \(step > 0 ? "below" : "above") 0")
    }
    let decimals = [ends.start, ends.end, ends.step ?? ""].map(decimalCount).max() ?? 0
    guard decimals <= 12, abs(start) < 1e15, abs(end) < 1e15, abs(step) < 1e15 else {
      throw LiteralProblem("the numbers of \(Diagnostic.quoted(text)) have too many digits for a range")
    }
    let scale = powerOfTen(decimals)
    let steps = ((end * scale).rounded() - (start * scale).rounded()) / (step * scale).rounded()
    guard steps.isFinite, steps < Double(NumberRange.itemLimit) else {
      throw LiteralProblem("\(Diagnostic.quoted(text)) has more than 100,000 items", hint: "a larger step")
    }
    return NumberRange(start: start, end: end, step: step, decimals: decimals, count: Int(steps.rounded(.down)) + 1)
  }

  /// Whether a word is meant as a range: two numbers with `..` between them.
  package static func looksLikeRange(_ text: String) -> Bool {
    guard let parts = rangeParts(text) else { return false }
    return (try? number(parts.start)) != nil && (try? number(parts.end)) != nil
  }

  private static func rangeParts(_ text: String) -> (start: String, end: String, step: String?)? {
    let characters = Array(text.utf8)
    guard characters.count < 100 else { return nil }
    for index in characters.indices.dropLast() where characters[index...].starts(with: "..".utf8) {
      let start = String(decoding: characters[..<index], as: UTF8.self)
      let rest = String(decoding: characters[(index + 2)...], as: UTF8.self)
      let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (start, parts[0], parts.count > 1 ? parts[1] : nil)
    }
    return nil
  }

  /// How many digits after the point a number is written with, exponent and percent sign reckoned in.
  static func decimalCount(_ text: String) -> Int {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let fraction = mantissa.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first ?? ""
    let exponent = Int(text.dropFirst(mantissa.count).dropFirst()) ?? 0
    let percent = text.hasSuffix("%") ? 2 : 0
    return max(0, fraction.utf8.count { $0.isDigit } + percent - min(max(exponent, -100), 100))
  }

  static func powerOfTen(_ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
  }
}
