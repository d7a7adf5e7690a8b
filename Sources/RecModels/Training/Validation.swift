package import RecData

/// How a training judges itself on held-out rows, to choose the epoch that it keeps.
package struct Validation: Sendable {
  /// A model's value in the metric that fits it.
  package struct Score: Sendable, Equatable {
    /// As in a table's heading, such as "rmse" or "ndcg@10".
    package let metric: String
    package let value: Double
    package let isLargerBetter: Bool

    package init(metric: String, value: Double, isLargerBetter: Bool) {
      self.metric = metric
      self.value = value
      self.isLargerBetter = isLargerBetter
    }

    /// Whether it is better than another by more than a ten-thousandth of it.
    package func isBetter(than other: Score) -> Bool {
      let margin = 1e-4 * other.value.magnitude
      return isLargerBetter ? value > other.value + margin : value < other.value - margin
    }
  }

  /// The rows that models are judged by.
  package let dataset: Dataset
  /// RMSE where the model predicts ratings, else NDCG@10; nil where it is undefined. Throws `Cancelled`.
  package let measure: @Sendable (any Recommender) throws -> Score?

  package init(on dataset: Dataset, measure: @escaping @Sendable (any Recommender) throws -> Score?) {
    self.dataset = dataset
    self.measure = measure
  }
}
