package import RecData
package import RecKernels

/// A way to train a model, as one self-describing value: its command, help, completion and checks are read from it.
package struct Algorithm: Sendable {
  /// What an algorithm learns from.
  package enum Needs: Sendable { case interactions, itemText }

  /// The verb and the default name of its models, such as "svd".
  package let name: String
  /// One line without a full stop.
  package let summary: String
  package let needs: Needs
  /// Whether naming it where a model is wanted trains it on the spot: the reference rows of every table.
  package let isReference: Bool
  package let options: [OptionSpec]
  /// Statements that run as they stand after `generate guide` or on generated data; tests execute them.
  package let examples: [String]
  /// What a reader should know beside the options, in a few sentences: fallbacks, where defaults come from.
  package let notes: String
  /// Authors, year, DOI.
  package let source: String
  /// Trains on a dataset; the options hold every option of `options` that has a default or was given.
  package let train: @Sendable (Dataset, OptionValues, Training) throws -> TrainedRecommender

  package init(
    name: String, summary: String, needs: Needs = .interactions, isReference: Bool = false, options: [OptionSpec] = [],
    examples: [String],
    notes: String, source: String,
    train: @escaping @Sendable (Dataset, OptionValues, Training) throws -> TrainedRecommender
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.isReference = isReference
    self.options = options
    self.examples = examples
    self.notes = notes
    self.source = source
    self.train = train
  }
}

/// What training is given beside data and options.
package struct Training: Sendable {
  package let seed: UInt64
  package let execution: Execution
  package init(seed: UInt64, execution: Execution) {
    self.seed = seed
    self.execution = execution
  }
}

/// What training gives: the model, and what its user should know.
package struct TrainedRecommender: Sendable {
  package let recommender: any Recommender
  package let warnings: [TrainingWarning]
  package init(_ recommender: any Recommender, warnings: [TrainingWarning] = []) {
    self.recommender = recommender
    self.warnings = warnings
  }
}

/// What training did differently from what was asked.
package enum TrainingWarning: Sendable, Equatable {
  /// The rank of the data allows fewer factors.
  case factorsLowered(asked: Int, rank: Int)
  /// Items that have none of the fields, which the model therefore cannot score.
  case itemsWithoutText(count: Int)
}

/// Why a model cannot be trained.
package enum TrainingError: Error, Sendable, Equatable {
  case noInteractions
  case noField(String, known: [String])
  case noText(fields: [String])
  /// A value that the data rules out, with what would be right.
  case unsuitable(option: String, reason: String)
}
