/// A way to judge a model, as one self-describing value: its column, its help and its checks are read from it.
package struct Metric: Sendable {
  /// How a metric and the length of a list belong together.
  package enum Cutoff: Sendable, Equatable {
    /// It has none: `rmse`.
    case never
    /// It always has one, written (`ndcg@5`) or the list length of the request; the column is named with it.
    case always
    /// Only where it is written (`mrr@10`); otherwise the whole list counts.
    case whenWritten
    /// It goes by the list length of the request, and its column is named with it only where it is written.
    case listLength
  }

  /// What a metric is computed from.
  package enum Measure: Sendable {
    /// The mean loss of all predicted ratings, pooled over users, then a last step such as a square root.
    case ratings(
      loss: @Sendable (_ predicted: Double, _ actual: Double) -> Double, finish: @Sendable (Double) -> Double)
    /// A function of where one user's relevant items rank, averaged over users; nil where it is undefined.
    case ranking(@Sendable (_ ranked: borrowing RankedRelevance, _ cutoff: Int) -> Double?)
    /// A function of the items that one user is shown, averaged over users; nil where it is undefined.
    case list(@Sendable (_ items: ArraySlice<Int32>, _ audience: Audience) -> Double?)
    /// A function of how often each item stands in the lists of all users; nil where it is undefined.
    case exposure(@Sendable (_ exposure: Exposure) -> Double?)
  }

  /// The word in `metrics=` and the name of its column, in small letters.
  package let name: String
  /// The full name in one line, without a full stop.
  package let summary: String
  package let cutoff: Cutoff
  package let isLargerBetter: Bool
  /// The exact definition: formula, gain and discount, ties, empty lists, denominator, and what other libraries do
  /// differently. Paragraphs for `help`.
  package let definition: String
  /// Authors, title, year, DOI, where it has a source.
  package let source: String?
  package let measure: Measure

  package init(
    _ name: String, summary: String, cutoff: Cutoff, isLargerBetter: Bool, definition: String, source: String? = nil,
    measure: Measure
  ) {
    self.name = name
    self.summary = summary
    self.cutoff = cutoff
    self.isLargerBetter = isLargerBetter
    self.definition = definition
    self.source = source
    self.measure = measure
  }

  /// Whether resampling users gives it an interval: not what counts the items of all lists together.
  package var hasInterval: Bool {
    if case .exposure = measure { false } else { true }
  }

  /// Whether it asks how well ratings are predicted, and needs no relevant items.
  package var judgesRatings: Bool {
    if case .ratings = measure { true } else { false }
  }
}

/// What is known of the users and items of a training set, for metrics of lists.
package struct Audience: Sendable, Equatable {
  /// Training ratings of each item, (itemCount,).
  package let ratingCounts: [Int]
  /// Users with at least one training rating.
  package let userCount: Int

  package init(ratingCounts: [Int], userCount: Int) {
    self.ratingCounts = ratingCounts
    self.userCount = userCount
  }
}

/// How often each item stands in the lists of all judged users.
package struct Exposure: Sendable, Equatable {
  /// Lists that hold each item, (itemCount,).
  package let listCounts: [Int]
  /// How many lists there are, empty ones included.
  package let listCount: Int

  package init(listCounts: [Int], listCount: Int) {
    self.listCounts = listCounts
    self.listCount = listCount
  }
}
