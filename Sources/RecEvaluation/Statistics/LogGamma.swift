internal import RecKernels

/// The logarithms of the gamma and beta functions.
enum LogGamma {
  /// ln Γ(x), x > 0.
  static func gamma(_ x: Double) -> Double { RealFunctions.logGamma(x) }

  /// ln B(a, b) for a, b > 0, without the cancellation of ln Γ(a) + ln Γ(b) − ln Γ(a + b) where one is large.
  ///
  /// Where an argument is 10 or more, Stirling's formula with its remainder Δ: A. R. DiDonato & A. H. Morris,
  /// Algorithm 708, 1992, doi:10.1145/131766.131776.
  static func beta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    guard large >= 10 else { return gamma(small) + gamma(large) - gamma(small + large) }
    let remainder = stirlingRemainder(large) - stirlingRemainder(small + large)
    let ratio = RealFunctions.log1p(small / large)
    guard small >= 10 else {
      return gamma(small) + remainder - (large - 0.5) * ratio - small * RealFunctions.log(small + large) + small
    }
    return halfLogTwoPi - 0.5 * RealFunctions.log(small) + stirlingRemainder(small) + remainder
      - (large - 0.5) * ratio + small * RealFunctions.log(small / (small + large))
  }

  private static let halfLogTwoPi = 0.918_938_533_204_672_74

  /// ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π) for x ≥ 10, to 1e-16: the first terms of its asymptotic series.
  private static func stirlingRemainder(_ x: Double) -> Double {
    let square = 1 / (x * x)
    let terms: [Double] = [-691 / 360_360.0, 1 / 1188.0, -1 / 1680.0, 1 / 1260.0, -1 / 360.0, 1 / 12.0]
    return terms.reduce(0) { $0 * square + $1 } / x
  }
}
