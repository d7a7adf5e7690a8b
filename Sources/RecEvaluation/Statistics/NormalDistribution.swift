internal import RecKernels

/// The standard normal distribution.
package enum NormalDistribution {
  /// P(Z ≤ x), to a relative error of 1e-14 down to 1e-300 in either tail.
  package static func cdf(_ x: Double) -> Double { 0.5 * RealFunctions.erfc(-x * 0.5.squareRoot()) }

  /// P(Z > x).
  package static func survival(_ x: Double) -> Double { cdf(-x) }

  /// P(|Z| ≥ |z|).
  package static func twoSided(_ z: Double) -> Double { 2 * cdf(-abs(z)) }

  /// The x with P(Z ≤ x) = p; -∞ at 0, ∞ at 1, NaN outside of [0, 1].
  ///
  /// Relative error 1e-15. M. J. Wichura, Algorithm AS 241: the percentage points of the normal distribution, 1988,
  /// doi:10.2307/2347330 (PPND16).
  package static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * polynomial(r, center.above) / polynomial(r, center.below)
    }
    let r = (-RealFunctions.log(q < 0 ? p : 1 - p)).squareRoot()
    let size =
      r <= 5
      ? polynomial(r - 1.6, tail.above) / polynomial(r - 1.6, tail.below)
      : polynomial(r - 5, far.above) / polynomial(r - 5, far.below)
    return q < 0 ? -size : size
  }

  /// The z that a normal variable exceeds in absolute value with probability `alpha`.
  package static func criticalValue(alpha: Double) -> Double { -quantile(alpha / 2) }

  private typealias Fraction = (above: [Double], below: [Double])

  /// Coefficients, the highest power first.
  private static let center: Fraction = (
    [
      2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
      13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ],
    [
      5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
      5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ]
  )
  private static let tail: Fraction = (
    [
      7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
      3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ],
    [
      1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
      0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ]
  )
  private static let far: Fraction = (
    [
      2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
      0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
    ],
    [
      2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
      0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
    ]
  )

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
