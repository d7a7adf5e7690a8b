internal import RecKernels

/// How many users a test of two shares needs, or how likely it finds a difference with those it has.
///
/// The classic normal formula for a two-sided test, the variance pooled where there is no difference and not pooled where
/// there is: n = (z_{1−α/2} √(2 p̄ q̄) + z_{power} √(p₁q₁ + p₂q₂))² / (p₂ − p₁)² users in each arm. J. L. Fleiss, B. Levin &
/// M. C. Paik, Statistical Methods for Rates and Proportions, 3rd edition 2003, doi:10.1002/0471445428, without the
/// correction for continuity; statsmodels' `samplesize_proportions_2indep_onetail`.
package struct SamplePlan: Sendable, Equatable {
  /// The share of users who do it in the control, 0 < rate < 1.
  package let rate: Double
  /// The share hoped for in the other arm, 0 < target < 1, not equal to the rate.
  package let target: Double
  /// The chance of finding a difference that is not there.
  package let alpha: Double

  package init(rate: Double, target: Double, alpha: Double) {
    precondition(rate > 0 && rate < 1 && target > 0 && target < 1 && rate != target, "two different shares")
    precondition(alpha > 0 && alpha < 1, "alpha is a probability")
    self.rate = rate
    self.target = target
    self.alpha = alpha
  }

  /// Users in each arm who give the test this power; not rounded.
  package func usersPerArm(power: Double) -> Double {
    let root =
      NormalDistribution.criticalValue(alpha: alpha) * nullDeviation
      + NormalDistribution.quantile(power) * alternativeDeviation
    let ratio = root / (target - rate)
    return ratio * ratio
  }

  /// The chance that a test with so many users in each arm finds the difference, in the right or the wrong direction.
  package func power(usersPerArm: Double) -> Double {
    let limit = NormalDistribution.criticalValue(alpha: alpha) * nullDeviation
    let shift = abs(target - rate) * usersPerArm.squareRoot()
    return NormalDistribution.cdf((shift - limit) / alternativeDeviation)
      + NormalDistribution.cdf((-shift - limit) / alternativeDeviation)
  }

  /// √n times the standard error of the difference where both arms have the mean rate.
  private var nullDeviation: Double {
    let mean = (rate + target) / 2
    return (2 * mean * (1 - mean)).squareRoot()
  }

  /// √n times the standard error where they differ.
  private var alternativeDeviation: Double { (rate * (1 - rate) + target * (1 - target)).squareRoot() }
}
