/// The χ² distribution.
package enum ChiSquaredDistribution {
  /// P(X > x) with `degrees` > 0 degrees of freedom; relative error below 1e-11 for degrees up to 1e3.
  package static func survival(_ x: Double, degrees: Double) -> Double { IncompleteGamma.upper(degrees / 2, x / 2) }
}
