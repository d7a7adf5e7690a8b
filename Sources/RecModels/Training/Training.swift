package import RecKernels

/// What training is given beside data and options.
package struct Training: Sendable {
  package let seed: UInt64
  package let execution: Execution
  /// Held-out rows that iterative algorithms choose the epoch to keep by; nil where there are none.
  package let validation: Validation?
  /// At most so many epochs, whatever the options say: what an earlier training found to be best; nil for no limit.
  package let epochLimit: Int?
  /// Where a file of an option is, by its path as it was written.
  package let resolve: @Sendable (String) -> String

  package init(
    seed: UInt64, execution: Execution, validation: Validation? = nil, epochLimit: Int? = nil,
    resolve: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.seed = seed
    self.execution = execution
    self.validation = validation
    self.epochLimit = epochLimit
    self.resolve = resolve
  }
}

/// What training gives: the model, and what its user should know.
package struct TrainedRecommender: Sendable {
  package let recommender: any Recommender
  package let warnings: [TrainingWarning]
  /// How an iterative training went; nil for the others.
  package let curve: LearningCurve?

  package init(_ recommender: any Recommender, warnings: [TrainingWarning] = [], curve: LearningCurve? = nil) {
    self.recommender = recommender
    self.warnings = warnings
    self.curve = curve
  }
}

/// What training did differently from what was asked.
package enum TrainingWarning: Sendable, Equatable {
  /// The rank of the data allows fewer factors.
  case factorsLowered(asked: Int, rank: Int)
  /// Items that have none of the fields, which the model therefore cannot score.
  case itemsWithoutText(count: Int)
  /// The data has a preparation that the algorithm makes nothing of.
  case unused(Algorithm.Use)
}

/// Why a model cannot be trained.
package enum TrainingError: Error, Sendable, Equatable {
  case noInteractions
  case noField(String, known: [String])
  case noText(fields: [String])
  /// A value that the data rules out, with what would be right.
  case unsuitable(option: String, reason: String)
}
