/// Student's t distribution; degrees of freedom are positive and need not be whole.
package enum StudentDistribution {
  /// P(|T| ≥ |t|): the two-sided p-value; relative error below 1e-10 for degrees up to 1e6.
  ///
  /// From 1e9 degrees on the normal distribution, which differs by less than 1e-9.
  package static func twoSided(_ t: Double, degrees: Double) -> Double {
    precondition(degrees > 0, "degrees of freedom are positive")
    guard degrees < 1e9 else { return NormalDistribution.twoSided(t) }
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    // Divided by the larger first, so that no square overflows.
    let ratio = t * t / degrees
    guard ratio.isFinite else { return 0 }
    return IncompleteBeta.regularized(1 / (1 + ratio), complement: ratio / (1 + ratio), degrees / 2, 0.5)
  }

  /// P(T > t).
  package static func survival(_ t: Double, degrees: Double) -> Double {
    let tail = twoSided(t, degrees: degrees) / 2
    return t < 0 ? 1 - tail : tail
  }

  /// P(T ≤ t).
  package static func cdf(_ t: Double, degrees: Double) -> Double { survival(-t, degrees: degrees) }

  /// The t that |T| exceeds with probability `alpha`, 0 < alpha < 1: by bisection, as exact as `twoSided`.
  package static func criticalValue(alpha: Double, degrees: Double) -> Double {
    precondition(alpha > 0 && alpha < 1, "alpha is a probability")
    var high = 1.0
    while twoSided(high, degrees: degrees) > alpha, high < 1e150 { high *= 2 }
    var low = high == 1 ? 0 : high / 2
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high, high - low > 1e-16 * high else { return high }
      if twoSided(middle, degrees: degrees) > alpha { low = middle } else { high = middle }
    }
  }
}
