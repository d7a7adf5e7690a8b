/// Number, mean and variance of values, one for each user.
package struct SampleMoments: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// With n − 1; 0 for fewer than two.
  package let variance: Double

  package init(count: Int, mean: Double, variance: Double) {
    self.count = count
    self.mean = mean
    self.variance = variance
  }

  package init(_ values: [Double]) {
    let n = Double(values.count)
    let mean = values.isEmpty ? .nan : values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(count: values.count, mean: mean, variance: values.count > 1 ? squares / (n - 1) : 0)
  }

  /// Whether a test can use them; sums of numbers near the largest there are overflow.
  package var isTestable: Bool { count > 1 && mean.isFinite && variance.isFinite }

  /// The squared standard error of the mean.
  package var meanVariance: Double { variance / Double(count) }

  /// Student's interval of the mean; nil for fewer than two values.
  package func interval(alpha: Double = 0.05) -> (low: Double, high: Double)? {
    guard count > 1 else { return nil }
    let half = StudentDistribution.criticalValue(alpha: alpha, degrees: Double(count - 1)) * meanVariance.squareRoot()
    return (mean - half, mean + half)
  }
}
