/// Two shares of users compared: `successes` of `count` in each arm.
package struct ProportionTest: Sendable, Equatable {
  package let difference: Double
  /// The score z with pooled variance; NaN where nobody or everybody did it.
  package let z: Double
  /// Two-sided.
  package let p: Double
  /// Newcombe's interval of the difference.
  package let low: Double
  package let high: Double

  /// - Parameters:
  ///   - control: What is compared with.
  ///   - treatment: What is compared; each with at least one user.
  ///   - alpha: 1 − the confidence of the interval.
  package init(
    control: (successes: Int, count: Int), treatment: (successes: Int, count: Int), alpha: Double = 0.05
  ) {
    precondition(control.count > 0 && treatment.count > 0, "each arm has users")
    let (n0, n1) = (Double(control.count), Double(treatment.count))
    let (p0, p1) = (Double(control.successes) / n0, Double(treatment.successes) / n1)
    let pooled = Double(control.successes + treatment.successes) / (n0 + n1)
    difference = p1 - p0
    z = (p1 - p0) / (pooled * (1 - pooled) * (1 / n0 + 1 / n1)).squareRoot()
    p = z.isNaN ? 1 : NormalDistribution.twoSided(z)
    // R. G. Newcombe, Interval estimation for the difference between independent proportions, 1998, method 10,
    // doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    let first = Self.wilson(successes: control.successes, of: control.count, alpha: alpha)
    let second = Self.wilson(successes: treatment.successes, of: treatment.count, alpha: alpha)
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    low = difference - length(p1 - second.low, first.high - p0)
    high = difference + length(second.high - p1, p0 - first.low)
  }

  /// The interval of a single share, which stays within [0, 1] and holds where few did it.
  ///
  /// E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927,
  /// doi:10.1080/01621459.1927.10502953.
  package static func wilson(successes: Int, of count: Int, alpha: Double = 0.05) -> (low: Double, high: Double) {
    precondition(count > 0, "a share of nobody has no interval")
    let z = NormalDistribution.criticalValue(alpha: alpha)
    let n = Double(count)
    let share = Double(successes) / n
    let center = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    // Exact at the ends, where rounding could pass them.
    return (successes == 0 ? 0 : max(0, center - half), successes == count ? 1 : min(1, center + half))
  }
}
