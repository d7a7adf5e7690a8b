/// What judging gives: numbers for each model, with what they mean; no layout.
package struct EvaluationReport: Sendable {
  /// The numbers of one model.
  package struct Row: Sendable, Equatable {
    package let model: String
    /// One for each of the report's metrics.
    package let values: [Measurement]
    /// Users in the ranking means: those with a relevant test item.
    package let users: Int
    /// All test rows.
    package let ratings: Int
    /// Users with test rows and no relevant one.
    package let skipped: Int
    /// Test rows whose user or item has no rating in what the model was trained on.
    package let fallback: Int
  }

  /// A number with its interval.
  package struct Measurement: Sendable, Equatable {
    /// nil where it is undefined: for nobody, or for a model that predicts no ratings.
    package let value: Double?
    /// The 2.5th percentile of 1,000 resamplings of users; nil for fewer than ten users and for coverage.
    package let low: Double?
    /// The 97.5th percentile.
    package let high: Double?
    /// Judged users for whom it is undefined, and who are not in the mean.
    package let undefinedUsers: Int
  }

  /// How much better one model is than another, user by user.
  package struct Difference: Sendable, Equatable {
    package let first: String
    package let second: String
    /// The column, such as `ndcg@10`.
    package let metric: String
    /// The first model's value less the second's.
    package let value: Double
    /// The interval of the difference from the same resamplings of users; the two differ where it leaves 0 out.
    package let low: Double?
    package let high: Double?
  }

  /// What one model's lists look like, all of them together.
  package struct Lists: Sendable, Equatable {
    package let model: String
    /// The share of a list that stands in another user's, too, on average; nil for fewer than two lists.
    package let overlap: Double?
    /// Training ratings of an item in them, on average.
    package let popularity: Double?
  }

  /// What stands under the table.
  package enum Note: Sendable, Equatable {
    /// A model ranks worse than the most popular items do.
    case belowPopular(model: String, metric: String, value: Double, popular: Double)
    /// A model was trained on so many of the rows that it is judged by.
    case trainingError(model: String, rows: Int)
  }

  package let metrics: [MetricChoice]
  package let rows: [Row]
  /// With several models, the best by the headline metric against the next best.
  package internal(set) var differences: [Difference]
  package let notes: [Note]
  package let relevance: RelevanceRule
  package let gain: EvaluationRequest.Gain
  package let library: MetricLibrary?
  /// What the lists look like, by model; empty where no metric asked for lists.
  package internal(set) var lists: [Lists] = []
  package let candidates: EvaluationRequest.Candidates
  /// Whether models are judged by rows that they were trained on; the heading then says so.
  package let isTrainingError: Bool
  /// The metric that decides: the first NDCG, else RMSE, else the first one; its place in `metrics`.
  package let headline: Int
  /// By model and metric.
  let judgements: [[Judgement]]

  /// How two models differ in a metric, by the same resamplings; nil where either has no value.
  ///
  /// - Parameters:
  ///   - first: The place of a model in `rows`.
  ///   - second: The place of another.
  ///   - metric: The place of the metric in `metrics`.
  package func difference(between first: Int, and second: Int, metric: Int) -> Difference? {
    let (one, other) = (judgements[first][metric], judgements[second][metric])
    guard let oneValue = one.value, let otherValue = other.value else { return nil }
    // Undefined for different users: the draws would compare different people.
    let isPaired = one.users.weights == other.users.weights
    let interval = isPaired ? one.interval(comparedWith: other) : nil
    return Difference(
      first: rows[first].model, second: rows[second].model, metric: metrics[metric].name,
      value: oneValue - otherValue, low: interval?.low, high: interval?.high)
  }
}

extension MetricChoice {
  /// The place of the metric that decides between models: the first NDCG, else RMSE, else the first one.
  static func headline(of choices: [MetricChoice]) -> Int {
    choices.firstIndex { $0.metric.name == "ndcg" } ?? choices.firstIndex { $0.metric.name == "rmse" } ?? 0
  }
}
