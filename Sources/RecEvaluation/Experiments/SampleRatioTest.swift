/// Whether users came to the arms in the shares that they were sent there.
///
/// Pearson's χ² test. Where they did not, something loses users of one arm, and no comparison can be believed: A. Fabijan
/// et al., Diagnosing sample ratio mismatch in online controlled experiments, KDD 2019, doi:10.1145/3292500.3330722.
package struct SampleRatioTest: Sendable, Equatable {
  /// Below this p the test of a test fails; strict, because it is looked at again and again.
  package static let threshold = 0.0005

  /// Users who came, of each arm.
  package let counts: [Int]
  /// Users expected, of each arm.
  package let expected: [Double]
  package let statistic: Double
  package let p: Double

  /// - Parameter shares: What each arm should have; sum above 0. An arm with a share of 0 should have nobody.
  package init(counts: [Int], shares: [Double]) {
    precondition(counts.count == shares.count && counts.count >= 2, "a share for each arm")
    let total = Double(counts.reduce(0, +))
    let whole = shares.reduce(0, +)
    let expected = shares.map { total * $0 / whole }
    statistic = zip(counts, expected).reduce(0) { sum, pair in
      let difference = Double(pair.0) - pair.1
      return difference == 0 ? sum : sum + difference * difference / pair.1
    }
    let degrees = shares.count { $0 > 0 } - 1
    p = !statistic.isFinite ? 0 : degrees < 1 ? 1 : ChiSquaredDistribution.survival(statistic, degrees: Double(degrees))
    self.counts = counts
    self.expected = expected
  }

  package var fails: Bool { p < Self.threshold }
}
