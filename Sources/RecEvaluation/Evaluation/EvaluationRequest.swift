/// How models are judged.
package struct EvaluationRequest: Sendable {
  /// Which test items count as relevant.
  package enum Relevance: Sendable, Equatable {
    /// Ratings from three quarters of the file's scale on; every interaction where the data are events.
    case auto
    /// Ratings or weights of at least this, in the file's units.
    case atLeast(Float)
  }

  /// What an item adds to NDCG.
  package enum Gain: Sendable, Equatable {
    /// 1 for a relevant item.
    case binary
    /// 2^r − 1 for every test item.
    case graded
    /// r for every test item.
    case rating
  }

  /// Which items compete.
  package enum Candidates: Sendable, Equatable {
    /// Every item of the dataset that the user has no training rating of.
    case all
    /// The user's test items and so many of the other candidates, drawn for each user.
    case sampled(Int)
  }

  /// The columns, at least one; none twice.
  package let metrics: [MetricChoice]
  package let relevance: Relevance
  package let gain: Gain
  package let candidates: Candidates
  /// Whether rows that a model was trained on are judged all the same, as training error.
  package let allowsTrainingRows: Bool
  /// Whose definitions the metrics follow, for the heading; nil for ours.
  package let library: MetricLibrary?

  package init(
    metrics: [MetricChoice], relevance: Relevance = .auto, gain: Gain = .binary, candidates: Candidates = .all,
    allowsTrainingRows: Bool = false, library: MetricLibrary? = nil
  ) {
    precondition(!metrics.isEmpty, "something to measure")
    if case .sampled(let count) = candidates { precondition(count >= 1, "somebody to compete with") }
    var names: Set<String> = []
    self.metrics = metrics.filter { names.insert($0.name).inserted }
    self.relevance = relevance
    self.gain = gain
    self.candidates = candidates
    self.allowsTrainingRows = allowsTrainingRows
    self.library = library
  }
}

/// Why models cannot be judged.
package enum EvaluationError: Error, Sendable, Equatable {
  /// No model was given.
  case noModels
  /// The test data have no rows.
  case nothingHeldOut
  /// A model was trained on rows that it is to be judged by, or chosen by them; the first few of them.
  case trainedOnTest(model: String, rows: Int, examples: [LeakedRow], isChoice: Bool = false)
  /// A model was trained on so many rows that are not older than the oldest of those it is to be judged by, under a split by
  /// time; the first few of them.
  case trainedOnFuture(model: String, rows: Int, examples: [LeakedRow], moment: Int64)
}
