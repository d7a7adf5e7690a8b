import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Session {
  /// Trains an algorithm under a name; the warnings are for people, in the order they arose.
  func train(
    _ algorithm: Algorithm, named name: String, on data: Dataset, options: OptionValues, at range: SourceRange
  ) throws -> (model: Model, warnings: [Diagnostic]) {
    do {
      let training = Training(
        seed: settings.seed, execution: execution, validation: options.stopsEarly ? validation(of: data) : nil,
        resolve: pathResolution)
      let trained = try trainModel(
        named: algorithm.name, as: name, on: data, options: options, training: training)
      var warnings = trained.warnings.map { Diagnostic(trainingWarning: $0, at: range) }
      let isPartial = trained.model.curve?.isPartial ?? false
      // One Ctrl-C keeps the best model so far; a second, before the training has stopped, wants none.
      if isPartial, Interrupts.count > 1 { throw Cancelled() }
      if let curve = trained.model.curve, isPartial { warnings.append(Diagnostic(interrupted: curve, at: range)) }
      return (trained.model, warnings)
    } catch let error as TrainingError {
      throw Diagnostic(trainingError: error, algorithm: algorithm.name, at: range)
    } catch let error as DataError {
      throw Diagnostic(dataError: error, at: range)
    }
  }

  /// Where files are whose paths are options of a training.
  var pathResolution: @Sendable (String) -> String {
    let folder = self
    return { folder.resolve($0) }
  }

  /// The held-out rows that belong to training data: `valid`, where it comes from the same split.
  private func validation(of data: Dataset) -> Validation? {
    guard data.role == .train, case .dataset(let valid)? = self["valid"], valid.role == .valid, valid.count > 0,
      valid.entities.users == data.entities.users, valid.entities.items == data.entities.items
    else { return nil }
    return Validation(on: valid, training: data, seed: settings.seed, execution: execution)
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
    case .unused(.normalization):
      self.init(
        warning: .unusedPreparation,
        "it goes by which items a user has, not by the values of ratings: normalize changes nothing", at: range)
    case .unused(.imputation):
      self.init(
        warning: .unusedPreparation,
        "it learns from the ratings that there are: imputed entries change nothing", at: range, hint: "svd uses them")
    }
  }

  /// A training that was stopped from outside and kept what it had.
  fileprivate init(interrupted curve: LearningCurve, at range: SourceRange) {
    self.init(
      warning: .partial,
      "interrupted after \(counted(curve.points.count, "epoch")) of \(grouped(curve.plannedEpochs)): "
        + "the model is that of epoch \(curve.keptEpoch)",
      at: range)
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
