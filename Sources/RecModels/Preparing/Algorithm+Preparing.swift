package import RecData

extension Algorithm {
  /// Trains on a dataset whose preparation is fitted here, on the rows that are trained on and on no others.
  package func trainPrepared(
    _ dataset: Dataset, _ options: OptionValues, _ training: Training
  ) throws -> TrainedRecommender {
    let warnings = unused(of: dataset).map(TrainingWarning.unused)
    guard uses.contains(.normalization), let (normalized, fitted) = dataset.normalized else {
      return try train(dataset, options, training).adding(warnings)
    }
    // Epochs are chosen by what predictions are in the file's units.
    let validation = training.validation.map { validation in
      Validation(on: validation.dataset) { try validation.measure(Normalized($0, by: fitted)) }
    }
    let inner = Training(
      seed: training.seed, execution: training.execution, validation: validation, epochLimit: training.epochLimit,
      resolve: training.resolve)
    let trained = try train(normalized, options, inner)
    return TrainedRecommender(
      Normalized(trained.recommender, by: fitted), warnings: trained.warnings + warnings, curve: trained.curve)
  }

  /// What of a dataset's preparation it makes nothing of, though one might think so.
  private func unused(of dataset: Dataset) -> [Use] {
    if isReference || needs == .itemText { return [] }
    let asked: [Use] =
      (dataset.preparation.normalization == nil ? [] : [.normalization])
      + (dataset.preparation.imputation == nil ? [] : [.imputation])
    return asked.filter { !uses.contains($0) }
  }
}

extension TrainedRecommender {
  fileprivate func adding(_ more: [TrainingWarning]) -> TrainedRecommender {
    TrainedRecommender(recommender, warnings: warnings + more, curve: curve)
  }
}
