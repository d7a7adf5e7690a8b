/// A metric's value for each judged user, in a form that can be pooled: a sum and what it is divided by.
///
/// For a mean over users the weight is 1, or 0 where the metric is undefined; for a mean over ratings it is their number.
struct UserValues: Sendable, Equatable {
  var sums: [Double] = []
  var weights: [Double] = []
}

/// What one model got in one metric.
struct Judgement: Sendable {
  /// nil where it is undefined.
  let value: Double?
  /// Empty for metrics of all lists together, and where the value is undefined.
  let users: UserValues
  let undefinedUsers: Int
  /// The value in each of the resamplings of users, NaN where a draw is empty; empty where there is no interval.
  var draws: [Double] = []

  /// The interval of the value.
  var interval: (low: Double, high: Double)? { Resampling.interval(of: draws) }

  /// The interval of the difference to another model's value, whose draws are of the same users.
  func interval(comparedWith other: Judgement) -> (low: Double, high: Double)? {
    draws.count == other.draws.count ? Resampling.interval(of: zip(draws, other.draws).map(-)) : nil
  }
}
