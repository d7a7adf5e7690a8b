import RecData
import RecKernels
import RecModels

extension Session {
  /// Trains an algorithm under a name; the warnings are for people, in the order they arose.
  func train(
    _ algorithm: Algorithm, named name: String, on data: Dataset, options: OptionValues, at range: SourceRange
  ) throws -> (model: Model, warnings: [Diagnostic]) {
    do {
      let trained = try algorithm.train(data, options, Training(seed: settings.seed, execution: execution))
      let model = Model(
        name: name, algorithm: algorithm.name, options: options, recommender: trained.recommender, training: data,
        seed: settings.seed)
      return (model, trained.warnings.map { Diagnostic(trainingWarning: $0, at: range) })
    } catch let error as TrainingError {
      throw Diagnostic(trainingError: error, algorithm: algorithm.name, at: range)
    }
  }
}

extension Diagnostic {
  init(trainingWarning warning: TrainingWarning, at range: SourceRange) {
    switch warning {
    case .factorsLowered(let asked, let rank):
      self.init(
        warning: .factorsLowered, "k=\(asked) is above the rank of the data; \(rank) factors are what there is",
        at: range)
    case .itemsWithoutText(let count):
      self.init(
        warning: .itemsWithoutText, "\(grouped(count)) items have none of the fields and cannot be scored", at: range)
    }
  }

  init(trainingError error: TrainingError, algorithm: String, at range: SourceRange) {
    switch error {
    case .noInteractions:
      self.init(.missing, "'\(algorithm)' has nothing to learn from: the data has no ratings", at: range)
    case .noField(let field, let known):
      self.init(
        .unknownField, "the items have no field '\(field)'", at: range, hint: didYouMean(nearest(field, in: known)),
        help: known.isEmpty
          ? "the items have no fields: load an item table" : "fields: \(known.joined(separator: ", "))")
    case .noText(let fields):
      self.init(.missing, "no item has any text in \(listed(fields))", at: range)
    case .unsuitable(let option, let reason):
      self.init(.badValue, "'\(option)' does not fit the data: \(reason)", at: range)
    }
  }
}
