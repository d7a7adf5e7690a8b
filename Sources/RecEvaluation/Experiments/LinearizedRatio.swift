/// A ratio of two sums over users, such as clicks / impressions, as a mean over users.
///
/// Users are what was assigned, and one user's impressions are not independent: a test that counts impressions is wrong.
/// The delta method gives the ratio R = Σy/Σd the variance of the mean of uᵢ = R + (yᵢ − R dᵢ)/d̄, whose mean is R: A. Deng,
/// U. Knoblich & J. Lu, Applying the delta method in metric analytics, KDD 2018, doi:10.1145/3219819.3219919. With d = 1
/// the values are y themselves, so that means, shares and ratios are one thing to every test.
package struct LinearizedRatio: Sendable, Equatable {
  /// Σ numerators / Σ denominators.
  package let ratio: Double
  /// One for each user, with mean `ratio`.
  package let values: [Double]

  /// - Parameter denominators: As many as numerators, of a sum that is not 0; else the ratio is NaN and there are no
  ///   values.
  package init(numerators: [Double], denominators: [Double]) {
    precondition(numerators.count == denominators.count, "a denominator for each numerator")
    let sum = denominators.reduce(0, +)
    guard sum != 0 else {
      (ratio, values) = (.nan, [])
      return
    }
    let ratio = numerators.reduce(0, +) / sum
    let mean = sum / Double(denominators.count)
    self.ratio = ratio
    values = zip(numerators, denominators).map { ratio + ($0 - ratio * $1) / mean }
  }

  package var moments: SampleMoments {
    // The mean is known without rounding.
    SampleMoments(count: values.count, mean: ratio, variance: SampleMoments(values).variance)
  }
}
