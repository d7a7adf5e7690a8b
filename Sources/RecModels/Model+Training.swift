package import RecData
package import RecKernels

/// A model that was just trained, and what its user should know.
package struct TrainedModel: Sendable {
  package var model: Model
  package var warnings: [TrainingWarning]

  package init(model: Model, warnings: [TrainingWarning] = []) {
    self.model = model
    self.warnings = warnings
  }
}

/// Trains an algorithm of the catalog.
///
/// - Parameters:
///   - algorithm: a name in `AlgorithmCatalog`.
///   - name: what the model is called; nil for the algorithm's own name.
///   - options: nil for the algorithm's defaults.
package func trainModel(
  named algorithm: String, as name: String? = nil, on dataset: Dataset, options: OptionValues? = nil,
  training: Training
) throws -> TrainedModel {
  guard let entry = AlgorithmCatalog[algorithm] else { preconditionFailure("'\(algorithm)' is in the catalog") }
  let options = options ?? entry.defaults
  let trained = try entry.trainPrepared(dataset, options, training)
  var model = Model(
    name: name ?? algorithm, algorithm: algorithm, options: options, recommender: trained.recommender,
    training: dataset, seed: training.seed)
  model.curve = trained.curve
  if trained.curve?.validationName != nil { model.chosenOn = training.validation?.dataset }
  return TrainedModel(model: model, warnings: trained.warnings)
}

/// Trains the same model on other data: algorithm, options, seed, parts and weights, learned ones too, are kept, and so is
/// the epoch that held-out rows chose.
///
/// Ratings that were folded into the model are folded into the new one.
///
/// - Parameter resolve: where a file of an option is, by its path as it was written.
package func refit(
  _ model: Model, on dataset: Dataset, execution: Execution,
  resolve: @escaping @Sendable (String) -> String = { $0 }
) throws -> TrainedModel {
  var trained: TrainedModel
  if model.parts.isEmpty {
    trained = try trainModel(
      named: model.algorithm, as: model.name, on: dataset, options: model.options,
      training: Training(seed: model.seed, execution: execution, epochLimit: model.curve?.keptEpoch, resolve: resolve))
  } else {
    let parts = try model.parts.map { try refit($0.model, on: dataset, execution: execution, resolve: resolve) }
    trained = TrainedModel(
      model: try blendModel(
        named: model.name, parts: zip(parts, model.parts).map { ($0.model, $1.weight) }, options: model.options,
        seed: model.seed),
      warnings: parts.flatMap(\.warnings))
  }
  trained.model.adopt(additionsOf: model)
  return trained
}

/// A blend as a model; its items and its training data are those of the first part.
///
/// - Parameters:
///   - parts: two or more, with weights that do not sum to zero; they need not be trained on the same data.
///   - options: `method` as in `Blend.Method` (`score` where missing) and, for `switch`, `cold`; whatever else is there is
///     kept for the record.
package func blendModel(
  named name: String, parts: [(model: Model, weight: Double)], options: OptionValues = OptionValues([]), seed: UInt64
) throws(BlendError) -> Model {
  guard let first = parts.first?.model else { throw .tooFewModels(count: 0) }
  let items = first.entities.items
  var members: [Blend.Part] = []
  for (model, weight) in parts {
    var indices = model.entities.items.translation(from: items)
    // Where the users are others, a part is not asked about somebody by an index that is not its own.
    if indices == nil, model.entities.users != first.entities.users { indices = items.indices.map { Int32($0) } }
    if let indices, !indices.contains(where: { $0 >= 0 }) {
      throw .nothingInCommon(model: model.name, with: first.name)
    }
    members.append(Blend.Part(name: model.name, recommender: model.recommender, weight: weight, itemIndices: indices))
  }
  let method = options.word("method").flatMap(Blend.Method.init) ?? .score
  let recommender: any Recommender
  let weights: [Double]
  if method == .switch {
    recommender = try Switching(
      members, coldBelow: options.count("cold") ?? Switching.standardColdBelow,
      ratingCounts: first.training.ratingCounts)
    weights = members.map { _ in 1 }
  } else {
    let blend = try Blend(members, method: method)
    recommender = blend
    weights = blend.parts.map(\.weight)
  }
  var model = Model(
    name: name, algorithm: "blend", options: options, recommender: recommender, training: first.training, seed: seed,
    parts: zip(parts, weights).map { ($0.model, $1) })
  for (part, _) in parts { model.adopt(additionsOf: part) }
  return model
}

extension Model {
  /// Folds in the ratings that were folded into another model.
  fileprivate mutating func adopt(additionsOf other: Model) {
    for (user, history) in other.additions {
      let ratings = zip(history.items, history.values).map { (other.entities.items[ItemIndex($0)], $1) }
      fold(ratings, of: user)
    }
  }
}
