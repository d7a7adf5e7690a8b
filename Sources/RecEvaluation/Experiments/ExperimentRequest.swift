/// How a test is to be analysed; settled before anybody looks.
package struct ExperimentRequest: Sendable {
  /// At least one.
  package var metrics: [ExperimentMetric]
  /// The index of the arm that others are compared with.
  package var control: Int
  /// What each arm should have of the users, of any scale; nil for equal shares.
  package var shares: [Double]?
  package var alpha = 0.05
  /// The column of what users did before the test.
  package var covariate: String?
  /// The number of users at which the sequential interval is tightest; nil for a single look.
  package var sequentialTuning: Int?
  package var correction = MultipleComparisons.holm
  package var seed: UInt64

  package init(metrics: [ExperimentMetric], control: Int = 0, seed: UInt64) {
    self.metrics = metrics
    self.control = control
    self.seed = seed
  }
}
