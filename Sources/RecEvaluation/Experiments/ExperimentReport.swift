/// What a test found, metric by metric, as numbers.
package struct ExperimentReport: Sendable {
  /// An arm's value of a metric.
  package struct Estimate: Sendable, Equatable {
    package let value: Double?
    package let low: Double?
    package let high: Double?
    /// Users of the arm.
    package let users: Int
  }

  /// A way to compare two arms.
  package enum Method: String, Sendable, CaseIterable {
    /// Two shares: z with pooled variance; Newcombe's interval.
    case proportions = "z"
    /// Two means: Welch's t.
    case welch = "t"
    /// Two ratios: the delta method, with t's quantiles.
    case delta
    /// 1,000 Poisson resamplings of users.
    case bootstrap
    /// Welch's t after what users did before is taken out.
    case cuped
    /// Valid at every look.
    case sequential
  }

  /// The difference of an arm and the control, by one method.
  package struct Finding: Sendable, Equatable {
    package let method: Method
    package let difference: Double
    package let low: Double
    package let high: Double
    package let lift: Lift
    package let p: Double
  }

  /// An arm compared with the control.
  package struct Comparison: Sendable, Equatable {
    /// The index of the arm.
    package let arm: Int
    /// Empty where an arm has too few users to compare.
    package let findings: [Finding]
    /// The method that decides: sequential where looks are allowed, else CUPED where there is a covariate, else the
    /// metric's own.
    package let deciding: Method
    /// The deciding p, corrected for the number of comparisons; NaN where there is none.
    package internal(set) var adjustedP: Double
    /// The part of the variance that the covariate takes out.
    package let reduction: Double?
    /// The size that a difference must have to be found with 80% power, by the deciding method's standard error; nil for
    /// the sequential test, whose power grows with every look.
    package let detectable: Double?

    package var decision: Finding? { findings.first { $0.method == deciding } }
  }

  package struct MetricReport: Sendable, Equatable {
    package let metric: ExperimentMetric
    /// One for each arm.
    package let estimates: [Estimate]
    /// One for each arm but the control.
    package internal(set) var comparisons: [Comparison]
  }

  package let arms: [String]
  /// The index of the arm that others are compared with.
  package let control: Int
  package let ratio: SampleRatioTest
  package internal(set) var metrics: [MetricReport]
  package let alpha: Double
  package let correction: MultipleComparisons

  /// Whether a comparison found a difference; never where users did not come as they were sent.
  package func isFound(_ comparison: Comparison) -> Bool { !ratio.fails && comparison.adjustedP < alpha }

  /// How many comparisons the correction is for.
  package var comparisonCount: Int { metrics.reduce(0) { $0 + $1.comparisons.count } }
}
