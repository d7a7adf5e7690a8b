/// Differences of two measurements of the same subjects, summed up.
package struct PairedDifferences: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// With n − 1 in the denominator; 0 for fewer than two.
  package let standardDeviation: Double

  package init(_ differences: [Double]) {
    count = differences.count
    let mean = count > 0 ? differences.reduce(0, +) / Double(count) : 0
    self.mean = mean
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
  }

  /// The statistic of the paired t-test (Student 1908); nil for fewer than two, and where no difference varies.
  package var t: Double? {
    count > 1 && standardDeviation > 0 ? mean / (standardDeviation / Double(count).squareRoot()) : nil
  }

  /// Its two-sided p-value; 1 where every difference is zero, 0 where all are the same and not zero.
  package var twoSidedP: Double? {
    guard count > 1 else { return nil }
    guard let t else { return mean == 0 ? 1 : 0 }
    return StudentDistribution.twoSided(t, degrees: Double(count - 1))
  }

  /// Cohen's d_z: the mean difference in its standard deviations (Cohen 1988); nil where none varies.
  package var effectSize: Double? { standardDeviation > 0 ? mean / standardDeviation : mean == 0 ? 0 : nil }
}
