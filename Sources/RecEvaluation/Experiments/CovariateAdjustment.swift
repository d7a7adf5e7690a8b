/// CUPED: what users did before the test takes out a part of the variance that has nothing to do with the test.
///
/// Y' = Y − θ (X − X̄) with θ = cov(Y, X)/var(X), X̄ over all arms: A. Deng, Y. Xu, R. Kohavi & T. Walker, Improving the
/// sensitivity of online controlled experiments by utilizing pre-experiment data, WSDM 2013,
/// doi:10.1145/2433396.2433413. Covariance and variance are taken within the arms and summed, which makes the difference
/// that of a regression of Y on arm and X.
package struct CovariateAdjustment: Sendable, Equatable {
  /// 0 where the covariate does not vary.
  package let theta: Double
  /// The adjusted values of each arm.
  package let arms: [[Double]]
  /// 1 − the adjusted variance / the variance, both within the arms.
  package let reduction: Double

  /// - Parameter arms: Values and covariates of the users of each arm.
  package init(_ arms: [(values: [Double], covariates: [Double])]) {
    var (covariance, variance, before) = (0.0, 0.0, 0.0)
    for arm in arms {
      precondition(arm.values.count == arm.covariates.count, "a covariate for each value")
      let (y, x) = (SampleMoments(arm.values).mean, SampleMoments(arm.covariates).mean)
      for (value, covariate) in zip(arm.values, arm.covariates) {
        covariance += (value - y) * (covariate - x)
        variance += (covariate - x) * (covariate - x)
        before += (value - y) * (value - y)
      }
    }
    let theta = variance > 0 ? covariance / variance : 0
    let count = arms.reduce(0) { $0 + $1.covariates.count }
    let mean = arms.reduce(0) { $0 + $1.covariates.reduce(0, +) } / Double(max(1, count))
    self.theta = theta
    self.arms = arms.map { arm in zip(arm.values, arm.covariates).map { $0 - theta * ($1 - mean) } }
    reduction = before > 0 ? theta * covariance / before : 0
  }
}
