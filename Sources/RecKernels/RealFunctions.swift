#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real functions of the system's mathematical library, for modules that may not import it.
package enum RealFunctions {
  package static func log(_ x: Double) -> Double { unqualifiedLog(x) }
  package static func log2(_ x: Double) -> Double { unqualifiedLog2(x) }
  package static func exp(_ x: Double) -> Double { unqualifiedExp(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { unqualifiedPow(x, y) }
  package static func sin(_ x: Double) -> Double { unqualifiedSin(x) }
  package static func cos(_ x: Double) -> Double { unqualifiedCos(x) }
  /// The error function; the normal distribution's `Φ(x)` is `(1 + erf(x / √2)) / 2`.
  package static func erf(_ x: Double) -> Double { unqualifiedErf(x) }
  /// 1 − erf(x), exact where x is large.
  package static func erfc(_ x: Double) -> Double { unqualifiedErfc(x) }
  /// ln(1 + x), exact where x is small.
  package static func log1p(_ x: Double) -> Double { unqualifiedLog1p(x) }
  /// The inverse sine, in radians.
  package static func asin(_ x: Double) -> Double { unqualifiedAsin(x) }
  /// ln |Γ(x)|.
  package static func logGamma(_ x: Double) -> Double { unqualifiedLogGamma(x) }
}

// Inside the enumeration the names above hide the library's.
private func unqualifiedLog(_ x: Double) -> Double { log(x) }
private func unqualifiedLog2(_ x: Double) -> Double { log2(x) }
private func unqualifiedExp(_ x: Double) -> Double { exp(x) }
private func unqualifiedPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func unqualifiedSin(_ x: Double) -> Double { sin(x) }
private func unqualifiedCos(_ x: Double) -> Double { cos(x) }
private func unqualifiedErf(_ x: Double) -> Double { erf(x) }
private func unqualifiedErfc(_ x: Double) -> Double { erfc(x) }
private func unqualifiedLog1p(_ x: Double) -> Double { log1p(x) }
private func unqualifiedAsin(_ x: Double) -> Double { asin(x) }
private func unqualifiedLogGamma(_ x: Double) -> Double { lgamma(x).0 }
