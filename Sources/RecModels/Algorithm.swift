package import RecData

/// A way to train a model, as one self-describing value: its command, help, completion and checks are read from it.
package struct Algorithm: Sendable {
  /// What an algorithm learns from.
  package enum Needs: Sendable { case interactions, itemText }

  /// What it makes of a dataset's preparation.
  package enum Use: Sendable {
    /// It learns from the values of ratings, so that a change of their scale means something to it.
    case normalization
    /// It learns from absent entries that stand for a number.
    case imputation
  }

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
  /// What of a dataset's preparation changes what it learns; it is given the ratings as they are where it is none.
  package let uses: Set<Use>
  /// What a reader should know beside the options, in a few sentences: fallbacks, where defaults come from.
  package let notes: String
  /// Authors, year, DOI.
  package let source: String
  /// The types of the models that it trains, by which they are found again in a file; their names stand in saved files.
  package let models: [any Recommender.Type]
  /// Trains on a dataset; the options hold every option of `options` that has a default or was given.
  package let train: @Sendable (Dataset, OptionValues, Training) throws -> TrainedRecommender

  package init(
    name: String, summary: String, needs: Needs = .interactions, isReference: Bool = false, options: [OptionSpec] = [],
    examples: [String], uses: Set<Use> = [.normalization], notes: String, source: String,
    models: any Recommender.Type...,
    train: @escaping @Sendable (Dataset, OptionValues, Training) throws -> TrainedRecommender
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.isReference = isReference
    self.options = options
    self.examples = examples
    self.uses = uses
    self.notes = notes
    self.source = source
    self.models = models
    self.train = train
  }
}
