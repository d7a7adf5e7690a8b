package import RecLanguage
import RecKernels

/// The stretch of numbers that an axis shows, and its ticks: computed once for every renderer.
///
/// Ticks stand at 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph labels", Graphics Gems), on a
/// logarithmic axis at powers of ten, and between them where these are few. Numbers that the scale has no place for,
/// such as nothing on a logarithmic one, are left out, and so are those beyond 1e300.
package struct AxisLayout: Sendable, Equatable {
  package struct Tick: Sendable, Equatable {
    /// Where it stands, from 0 to 1.
    package let share: Double
    package let text: String
  }

  package let scale: Figure.Scale
  private let low: Double
  private let high: Double
  package private(set) var ticks: [Tick] = []

  /// - Parameters:
  ///   - values: what has to have a place; any numbers at all.
  ///   - tickCount: about how many ticks there is room for; at least two.
  ///   - includesZero: whether a linear axis starts at nothing.
  package init(_ values: some Sequence<Double>, _ scale: Figure.Scale, tickCount: Int, includesZero: Bool = false) {
    self.scale = scale
    var low = Double.infinity
    var high = -Double.infinity
    for value in values {
      let placed = Self.placed(value, scale)
      guard placed.magnitude < (scale == .log ? 300 : 1e300) else { continue }
      low = min(low, placed)
      high = max(high, placed)
    }
    if low > high { (low, high) = (0, 1) }
    if includesZero, scale != .log { (low, high) = (min(low, 0), max(high, 0)) }
    // Too close for numbers between them.
    if high - low <= max(low.magnitude, high.magnitude, 1e-280) * 1e-12 {
      let margin = scale == .log ? 0.5 : max(low.magnitude * 0.5, 0.5)
      (low, high) = (low - margin, high + margin)
    }
    if scale == .log {
      self.low = low
      self.high = high
      ticks = logarithmicTicks(max(tickCount, 2))
    } else {
      let step = Self.nice((high - low) / Double(max(tickCount, 2) - 1))
      self.low = (low / step + 1e-9).rounded(.down) * step
      self.high = (high / step - 1e-9).rounded(.up) * step
      ticks = linearTicks(step)
    }
  }

  /// Where a value stands, from 0 to 1; nil where the axis has no place for it.
  package func share(_ value: Double) -> Double? {
    let share = (Self.placed(value, scale) - low) / (high - low)
    return share.isFinite && share >= -1e-9 && share <= 1 + 1e-9 ? min(max(share, 0), 1) : nil
  }

  private static func placed(_ value: Double, _ scale: Figure.Scale) -> Double {
    scale == .log ? (value > 0 ? RealFunctions.log(value) / RealFunctions.log(10) : .nan) : value
  }

  /// The nearest of 1, 2 and 5 times a power of ten.
  static func nice(_ range: Double) -> Double {
    let power = RealFunctions.pow(10, (RealFunctions.log(range) / RealFunctions.log(10)).rounded(.down))
    let fraction = range / power
    return (fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10) * power
  }

  private func linearTicks(_ step: Double) -> [Tick] {
    let steps = ((high - low) / step).rounded()
    guard steps >= 1, steps <= 100 else { return [] }
    let count = Int(steps)
    return (0...count).map { index in
      let value = low + Double(index) * step
      return Tick(
        share: Double(index) / Double(count), text: Self.text(value.magnitude < step / 1e6 ? 0 : value, step: step))
    }
  }

  private func logarithmicTicks(_ count: Int) -> [Tick] {
    let first = Int(low.rounded(.down))
    let last = Int(high.rounded(.up))
    let every = max(1, (last - first + count - 1) / count)
    let factors = high - low <= 2.5 && count >= 4 ? [1.0, 2, 5] : [1.0]
    var ticks: [Tick] = []
    for exponent in first...last where (exponent - first).isMultiple(of: every) {
      for factor in factors {
        let value = factor * RealFunctions.pow(10, Double(exponent))
        let rounded = exponent >= 0 ? value.rounded() : value
        if let share = share(rounded) { ticks.append(Tick(share: share, text: Self.text(rounded, step: rounded))) }
      }
    }
    if ticks.count >= 2 { return ticks }
    // Less than a decade between two powers: the ends tell more than one tick.
    return [0, 1].map { share in
      let value = RealFunctions.pow(10, low + share * (high - low))
      return Tick(share: share, text: Self.text(value, step: value / 100))
    }
  }

  /// A number with the digits that tell it from the next tick.
  static func text(_ value: Double, step: Double) -> String {
    guard value.isFinite, step.isFinite else { return "–" }
    let size = max(value.magnitude, step)
    if value != 0, size >= 1e9 || size < 1e-5 {
      var exponent = Int((RealFunctions.log(value.magnitude) / RealFunctions.log(10)).rounded(.down))
      var mantissa = decimals(value / RealFunctions.pow(10, Double(exponent)), 1)
      if mantissa.hasSuffix("10.0") { (mantissa, exponent) = (value < 0 ? "-1.0" : "1.0", exponent + 1) }
      return "\(mantissa)e\(exponent)"
    }
    var digits = 0
    var unit = 1.0
    while digits < 7, unit > step * 1.000001 { (digits, unit) = (digits + 1, unit / 10) }
    if digits == 0, let whole = Int(exactly: value.rounded()) { return grouped(whole) }
    return decimals(value, digits)
  }
}
