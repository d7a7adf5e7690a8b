internal import RecKernels

/// A difference of two means that may be looked at after every user: its interval holds at all times together.
///
/// The asymptotic confidence sequence d ± √(V N) √(2 (N ρ² + 1)/(N² ρ²) ln(√(N ρ² + 1)/α)) of N users, V being the squared
/// standard error of d: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy & A. Ramdas, Time-uniform central limit theory
/// and asymptotic confidence sequences, 2024, doi:10.1214/24-AOS2408. It is the mixture sequential probability ratio test
/// with a normal mixture (R. Johari, P. Koomen, L. Pekelis & D. Walsh, Always valid inference, 2022,
/// doi:10.1287/opre.2021.2135); GrowthBook's sequential test is the same. As the variance is estimated, it needs some
/// users first: see `leastUsers`.
package struct SequentialTest: Sendable, Equatable {
  /// Fewer users in an arm than this give no interval.
  package static let leastUsers = 50
  /// The number of users, both arms together, at which the interval is tightest; chosen before the test.
  package static let usualTuning = 5_000

  package let difference: Double
  /// The always-valid p: 1 / the mixture likelihood ratio, at most 1.
  package let p: Double
  package let low: Double
  package let high: Double

  /// - Parameters:
  ///   - control: What is compared with.
  ///   - treatment: What is compared.
  ///   - tuning: The number of users at which the interval is tightest.
  package init(
    control: SampleMoments, treatment: SampleMoments, alpha: Double = 0.05, tuning: Int = SequentialTest.usualTuning
  ) {
    difference = treatment.mean - control.mean
    guard min(control.count, treatment.count) >= Self.leastUsers else {
      (p, low, high) = (1, -.infinity, .infinity)
      return
    }
    let variance = control.meanVariance + treatment.meanVariance
    let n = Double(control.count + treatment.count)
    let logAlpha = -2 * RealFunctions.log(alpha)
    // ρ² that makes the interval tightest near `tuning` users (their appendix B.2).
    let mixture = (logAlpha + RealFunctions.log(logAlpha + 1)) / Double(max(1, tuning))
    let spread = n * mixture + 1
    let half =
      (variance * n).squareRoot()
      * (2 * spread / (n * n * mixture) * (0.5 * RealFunctions.log(spread) - RealFunctions.log(alpha))).squareRoot()
    (low, high) = (difference - half, difference + half)
    guard variance > 0 else {
      p = difference == 0 ? 1 : 0
      return
    }
    let evidence = difference * difference / variance * n * mixture / (2 * spread)
    p = min(1, RealFunctions.exp(0.5 * RealFunctions.log(spread) - evidence))
  }
}
