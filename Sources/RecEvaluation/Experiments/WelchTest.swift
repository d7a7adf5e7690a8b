/// Two means compared, of samples with variances of their own.
///
/// B. L. Welch, The generalization of "Student's" problem, 1947, doi:10.1093/biomet/34.1-2.28.
package struct WelchTest: Sendable, Equatable {
  package let difference: Double
  package let t: Double
  /// The Welch–Satterthwaite degrees of freedom.
  package let degrees: Double
  /// Two-sided.
  package let p: Double
  package let low: Double
  package let high: Double

  /// - Parameters:
  ///   - control: What is compared with; at least two values.
  ///   - treatment: What is compared; at least two values.
  package init(control: SampleMoments, treatment: SampleMoments, alpha: Double = 0.05) {
    precondition(control.isTestable && treatment.isTestable, "a variance needs two values, and is finite")
    let (first, second) = (control.meanVariance, treatment.meanVariance)
    let variance = first + second
    difference = treatment.mean - control.mean
    guard variance > 0 else {
      // All values of an arm are the same: there is no noise to compare with.
      let equal = difference == 0
      t = equal ? 0 : .infinity
      degrees = Double(control.count + treatment.count - 2)
      (p, low, high) = (equal ? 1 : 0, difference, difference)
      return
    }
    t = difference / variance.squareRoot()
    // Each part of the variance as a share of it, so that no square leaves the range of numbers.
    let (own, other) = (first / variance, second / variance)
    degrees = 1 / (own * own / Double(control.count - 1) + other * other / Double(treatment.count - 1))
    p = StudentDistribution.twoSided(t, degrees: degrees)
    let half = StudentDistribution.criticalValue(alpha: alpha, degrees: degrees) * variance.squareRoot()
    (low, high) = (difference - half, difference + half)
  }
}
