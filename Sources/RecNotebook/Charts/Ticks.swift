import RecKernels
import RecLanguage

/// Where the marks of an axis stand, and the round stretch that they span.
///
/// Linear: steps of 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph labels", Graphics Gems,
/// pp. 61–63), each the decimal that its label says. Logarithmic: powers of ten, with 2 and 5 between few of them.
struct Ticks: Equatable {
  let values: [Double]
  let low: Double
  let high: Double

  /// - Parameters:
  ///   - low, high: finite, in order; they may be the same.
  ///   - count: about how many marks are wanted, at least 2.
  init(linear low: Double, _ high: Double, count: Int) {
    // A span beyond the largest number, or below what the numbers can tell apart, has no steps.
    var low = min(max(low, -1e307), 1e307)
    var high = min(max(high, -1e307), 1e307)
    let least = max(max(low.magnitude, high.magnitude) * 1e-9, 1e-290)
    if !(high - low > least) {
      let middle = low + (high - low) / 2
      let margin = max(middle.magnitude * 0.5, middle == 0 ? 0.5 : least)
      (low, high) = (middle - margin, middle + margin)
    }
    let step = NiceNumber(rounding: NiceNumber(above: high - low).value / Double(max(count, 2) - 1))
    let first = Int((low / step.value).rounded(.down))
    let last = Int((high / step.value).rounded(.up))
    values = (first...last).map { Double("\($0 * step.digit)e\(step.exponent)") ?? 0 }
    self.low = values[0]
    self.high = values[values.count - 1]
  }

  /// - Parameter low, high: finite, above zero, in order.
  init(log low: Double, _ high: Double, count: Int) {
    let low = min(max(low, 1e-300), 1e300)
    let high = min(max(high, 1e-300), 1e300)
    let first = exponent(of: low)
    let last = max(exponent(of: high) + (power(exponent(of: high)) < high ? 1 : 0), first + 1)
    let decades = last - first
    let digits = decades * 3 <= max(count, 2) ? [1, 2, 5] : [1]
    let stride = max(1, (decades + count - 1) / max(count, 1))
    var values: [Double] = []
    for decade in first...last where (decade - first) % stride == 0 || decade == last {
      for digit in digits where decade < last || digit == 1 { values.append(Double("\(digit)e\(decade)") ?? 1) }
    }
    // The span ends at the nearest marks around the data, not at whole decades.
    let start = values.lastIndex { $0 <= low } ?? 0
    let end = values.firstIndex { $0 >= high } ?? values.count - 1
    self.values = Array(values[start...max(start, end)])
    self.low = values[start]
    self.high = end > start ? values[end] : values[start] * 10
  }

  /// A mark as it is written: `0.25`, `1995`, `100,000`, `1e-7`.
  static func label(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if let whole = Int(exactly: value), whole.magnitude < 1_000_000_000_000 {
      return whole.magnitude < 10_000 ? String(whole) : grouped(whole)
    }
    if value.magnitude < 1e-4 || value.magnitude >= 1e12 { return plain(value) }
    return value.description
  }
}

/// 1, 2 or 5 times a power of ten.
private struct NiceNumber {
  let digit: Int
  let exponent: Int

  var value: Double { Double("\(digit)e\(exponent)") ?? 1 }

  /// The nearest to a number above zero.
  init(rounding number: Double) {
    let exponent = RecNotebook.exponent(of: number)
    let fraction = number / power(exponent)
    self.init(fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10, exponent)
  }

  /// The least that is not below a number above zero.
  init(above number: Double) {
    let exponent = RecNotebook.exponent(of: number)
    let fraction = number / power(exponent)
    self.init(fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10, exponent)
  }

  private init(_ digit: Int, _ exponent: Int) {
    self.digit = digit == 10 ? 1 : digit
    self.exponent = digit == 10 ? exponent + 1 : exponent
  }
}

/// The power of ten that a number above zero stands at: 2 for 100 to below 1000.
func exponent(of number: Double) -> Int {
  let guess = Int((RealFunctions.log(number) / RealFunctions.log(10)).rounded(.down))
  if power(guess + 1) <= number { return guess + 1 }
  return power(guess) > number ? guess - 1 : guess
}

/// A power of ten, the nearest number to it.
private func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? (exponent > 0 ? .infinity : 0) }
