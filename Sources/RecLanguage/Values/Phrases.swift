import RecKernels

/// A whole number grouped by thousands: `100,836`.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}

/// `1 rating`, `2 ratings`.
package func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

/// A number as one would type it: `4`, `0.5`.
package func plain(_ number: Double) -> String {
  if let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 { return String(whole) }
  return number.description.replacing("e-0", with: "e-")
}

/// A share as people write it, in percent with at most four digits after the point.
package func percentage(_ share: Double) -> String { plain((share * 1_000_000).rounded() / 10_000) + "%" }

/// A number with so many digits after the point.
package func decimals(_ number: Double, _ digits: Int) -> String { formatFixed(number, decimals: digits) }

/// Names in the order of binding; of many the newest, and how many more there are.
func newestNames(_ names: [String]) -> String {
  let shown = names.count > 20 ? names.suffix(16) : names[...]
  let more = names.count > shown.count ? ["\(grouped(names.count - shown.count)) more"] : []
  return (shown + more).joined(separator: ", ")
}

/// `a`, `a or b`, `a, b or c`.
package func listed(_ words: [String], _ conjunction: String = "or") -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

extension StringProtocol {
  /// The text on one line, without control characters, which a title from a file may hold.
  package var onOneLine: String {
    guard unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
      return String(self)
    }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? " " : $0 }))
  }
}
