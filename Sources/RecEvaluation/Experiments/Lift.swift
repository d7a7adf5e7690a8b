internal import RecKernels

/// A difference as a part of the control's value, with an interval: 0.05 where 4% became 4.2%.
package struct Lift: Sendable, Equatable {
  /// Not finite where the control has nothing of it, like the ends of the interval.
  package let value: Double
  package let low: Double
  package let high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// The lift of a difference of means, by the delta method: what is uncertain of the control widens the interval, too.
  ///
  /// With the variance V₁/m₀² + V₀ m₁²/m₀⁴ in place of V₀ + V₁, as GrowthBook has it; the interval is as many standard
  /// errors wide as that of the difference. A. Deng, U. Knoblich & J. Lu, Applying the delta method in metric analytics,
  /// KDD 2018, doi:10.1145/3219819.3219919.
  ///
  /// - Parameters:
  ///   - low: The end of the difference's interval.
  ///   - control: What the difference was taken of, which a covariate may have adjusted.
  ///   - means: The values of both arms as they are.
  package init(
    difference: Double, low: Double, control: SampleMoments, treatment: SampleMoments,
    means: (control: Double, treatment: Double)
  ) {
    let variance = control.meanVariance + treatment.meanVariance
    let ratio = means.treatment / means.control
    let relative = (treatment.meanVariance + control.meanVariance * ratio * ratio) / (means.control * means.control)
    let half = variance > 0 ? (difference - low) * (relative / variance).squareRoot() : 0
    let value = difference / means.control
    self.init(value: value, low: value - half, high: value + half)
  }

  /// The lift of a share of users, with Katz's interval of a ratio of two shares.
  ///
  /// D. Katz, J. Baptista, S. P. Azen & M. C. Pike, Obtaining confidence intervals for the risk ratio in cohort studies, 1978,
  /// doi:10.2307/2530610.
  package static func share(
    control: (successes: Int, count: Int), treatment: (successes: Int, count: Int), alpha: Double = 0.05
  ) -> Lift {
    let (a, n) = (Double(treatment.successes), Double(treatment.count))
    let (b, m) = (Double(control.successes), Double(control.count))
    let ratio = (a / n) / (b / m)
    let half = NormalDistribution.criticalValue(alpha: alpha) * (1 / a - 1 / n + 1 / b - 1 / m).squareRoot()
    return Lift(
      value: ratio - 1, low: ratio * RealFunctions.exp(-half) - 1, high: ratio * RealFunctions.exp(half) - 1)
  }
}
