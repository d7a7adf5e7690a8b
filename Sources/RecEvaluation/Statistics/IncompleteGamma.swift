internal import RecKernels

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), the distribution of χ² variables.
package enum IncompleteGamma {
  /// Q(a, x), the upper part, for a > 0.
  ///
  /// Relative error below 1e-10 for a up to 1e4 (checked against SciPy). Below a + 1 by the series of P (DLMF 8.11.4),
  /// else by the continued fraction of Q (DLMF 8.9.2), evaluated by Lentz's method.
  package static func upper(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0, "the shape of a gamma distribution is positive")
    guard !x.isNaN, x > 0 else { return x.isNaN ? .nan : 1 }
    return x < a + 1 ? 1 - series(a, x) : fraction(a, x)
  }

  /// P(a, x), the lower part.
  package static func lower(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0, "the shape of a gamma distribution is positive")
    guard !x.isNaN, x > 0 else { return x.isNaN ? .nan : 0 }
    return x < a + 1 ? series(a, x) : 1 - fraction(a, x)
  }

  /// xᵃ e⁻ˣ / Γ(a).
  private static func front(_ a: Double, _ x: Double) -> Double {
    RealFunctions.exp(a * RealFunctions.log(x) - x - LogGamma.gamma(a))
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    for step in 1...iterationLimit where term > sum * 1e-17 {
      term *= x / (a + Double(step))
      sum += term
    }
    return min(1, front(a, x) * sum)
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let front = front(a, x)
    guard front > 0 else { return 0 }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for step in 1...iterationLimit {
      let i = Double(step)
      let numerator = -i * (i - a)
      b += 2
      d = 1 / nonzero(numerator * d + b)
      c = nonzero(b + numerator / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return min(1, front * fraction)
  }

  /// About √a steps are needed.
  private static let iterationLimit = 100_000

  private static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
