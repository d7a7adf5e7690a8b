/// Why a word is not what its slot asks for.
package struct LiteralProblem: Error, Sendable, Equatable {
  package let message: String
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// The problem at a place.
  package func diagnostic(at range: SourceRange) -> Diagnostic {
    Diagnostic("malformed-value", message, at: range, hint: hint)
  }

  static func expected(_ what: String, found text: String, hint: String? = nil) -> LiteralProblem {
    LiteralProblem("\(what) must stand here, not \(Diagnostic.quoted(text))", hint: hint)
  }
}

/// Readings of a word's text, one for each kind of slot.
package enum Literal {
  /// A number such as `0.05`, `-2`, `1e-4`, `100_000` or `20%`; finite.
  package static func number(_ text: String) throws(LiteralProblem) -> Double {
    var digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    let isPercentage = digits.last == UInt8(ascii: "%")
    if isPercentage { digits.removeLast() }
    guard isNumeral(digits), isSeparatedWell(text), let value = Double(String(decoding: digits, as: UTF8.self)) else {
      throw .expected("a number", found: text, hint: text.contains(",") ? "the decimal sign is a point" : nil)
    }
    guard value.isFinite else { throw LiteralProblem("\(Diagnostic.quoted(text)) is too large for a number") }
    return isPercentage ? value / 100 : value
  }

  /// A whole number such as `50` or `100_000`, not below `minimum`.
  package static func count(_ text: String, atLeast minimum: Int = 0) throws(LiteralProblem) -> Int {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    let unsigned = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits[...]
    guard !unsigned.isEmpty, unsigned.allSatisfy(\.isDigit), isSeparatedWell(text) else {
      throw .expected("a whole number", found: text)
    }
    guard let value = Int(String(decoding: digits, as: UTF8.self)), value <= 1 << 53 else {
      throw LiteralProblem("\(Diagnostic.quoted(text)) is too large for a count")
    }
    guard value >= minimum else {
      throw LiteralProblem("\(value) is too small", hint: "\(minimum) or more")
    }
    return value
  }

  /// A part of a whole, `20%` or `0.2`, between 0 and 1.
  package static func share(_ text: String) throws(LiteralProblem) -> Double {
    let value: Double
    do { value = try number(text) } catch {
      throw .expected("a share", found: text, hint: "a share: 20% or 0.2")
    }
    guard value >= 0, value <= 1 else {
      let isBare = !text.hasSuffix("%") && value > 1 && value <= 100
      let example = isBare ? "\(text)% or \(value / 100)" : "20% or 0.2"
      throw LiteralProblem("\(Diagnostic.quoted(text)) is not between 0% and 100%", hint: "a share: \(example)")
    }
    return value
  }

  /// A metric such as `rmse` or `ndcg@10`; the name comes back in lower case.
  package static func metric(_ text: String) throws(LiteralProblem) -> MetricName {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts[0].lowercased()
    guard !name.isEmpty else { throw .expected("a metric", found: text, hint: "such as ndcg@10") }
    guard parts.count == 2 else { return MetricName(name: name, cutoff: nil) }
    guard let cutoff = try? count(String(parts[1]), atLeast: 1) else {
      throw LiteralProblem(
        "a list's length must follow '@' in \(Diagnostic.quoted(text))", hint: "\(Diagnostic.shortened(name))@10")
    }
    return MetricName(name: name, cutoff: cutoff)
  }

  /// Sign, digits with at most one point, exponent: what people write, without `inf`, `nan` or `0x`.
  private static func isNumeral(_ bytes: [UInt8]) -> Bool {
    var hasDigits = false
    var hasPoint = false
    var index = 0
    if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { index = 1 }
    while index < bytes.count, bytes[index].isDigit || bytes[index] == UInt8(ascii: ".") && !hasPoint {
      if bytes[index].isDigit { hasDigits = true } else { hasPoint = true }
      index += 1
    }
    guard hasDigits, bytes[index - 1].isDigit else { return false }
    if index == bytes.count { return true }
    guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return false }
    index += 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
    return index < bytes.count && bytes[index...].allSatisfy(\.isDigit)
  }

  /// Whether every `_` stands between two digits.
  private static func isSeparatedWell(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.allSatisfy { index in
      bytes[index] != UInt8(ascii: "_")
        || index > 0 && index + 1 < bytes.count && bytes[index - 1].isDigit && bytes[index + 1].isDigit
    }
  }
}

/// A metric and the length of the list it looks at.
package struct MetricName: Sendable, Hashable {
  package let name: String
  package let cutoff: Int?

  package init(name: String, cutoff: Int?) {
    self.name = name
    self.cutoff = cutoff
  }

  package var text: String { cutoff.map { "\(name)@\($0)" } ?? name }
}
