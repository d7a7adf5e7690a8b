internal import RecAlgebra
package import RecData
internal import RecKernels

extension ALS {
  /// How it is trained; nil for what fits the data.
  package struct Configuration: Sendable {
    package enum Solver: String, Sendable { case gradients = "cg", exact = "cholesky", blocks }

    package var factors = 50
    package var epochs = 10
    package var isImplicit: Bool?
    /// λ.
    package var regularization: Double?
    package var countsRatings: Bool?
    /// α.
    package var alpha: Double?
    package var isLogarithmic = false
    package var centering = Centering.bias
    package var solver: Solver?
    package var block = 64
    package var seed: UInt64?
    package var stopsEarly = true
    /// Where the training starts; nil for a start by chance. users × factors, items × factors.
    package var start: ALSFactors?
    /// Whether an epoch begins with the items, as Spark's do, rather than with the users.
    package var beginsWithItems = false
    package init() {}

    init(_ options: OptionValues) {
      factors = options.count("k") ?? factors
      epochs = options.count("epochs") ?? epochs
      isImplicit = ["implicit": true, "explicit": false][options.word("feedback") ?? "auto"]
      regularization = options.number("reg")
      countsRatings = ["count": true, "plain": false][options.word("weighting") ?? "auto"]
      alpha = options.number("alpha")
      isLogarithmic = options.word("confidence") == "log"
      centering = options.word("center").flatMap(Centering.init) ?? centering
      solver = options.word("solver").flatMap(Solver.init)
      block = options.count("block") ?? block
      seed = options.count("seed").map { UInt64($0) }
      stopsEarly = options.stopsEarly
    }
  }

  /// Trains a model.
  ///
  /// - Throws: `TrainingError` for data without interactions and for explicit feedback on events; `Cancelled` before the
  ///   first epoch has ended.
  package static func train(
    _ dataset: Dataset, _ configuration: Configuration, _ training: Training
  ) throws -> TrainedRecommender {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let isImplicit = configuration.isImplicit ?? (dataset.feedback == .events)
    if !isImplicit, dataset.feedback == .events {
      throw TrainingError.unsuitable(option: "feedback", reason: "events are no ratings to fit; implicit is for them")
    }
    let execution = training.execution
    let objective = configuration.objective(dataset.feedback, isImplicit: isImplicit)
    let center = RatingCenter(isImplicit ? .none : configuration.centering, dataset.interactions)
    let rows = SparseOperator(
      try signals(dataset, objective, center, execution), workers: execution.workers)
    try execution.checkpoint()
    let trainer = ALSTraining(
      objective, configuration.solver(isImplicit: isImplicit), rows, rank: configuration.factors,
      beginsWithItems: configuration.beginsWithItems, execution)
    let start =
      configuration.start
      ?? ALSFactors(
        users: rows.rowCount, items: rows.columnCount, rank: configuration.factors,
        beginsWithItems: configuration.beginsWithItems, seed: configuration.seed ?? training.seed,
        radius: isImplicit ? nil : (scaleWidth(dataset.feedback) / 4).squareRoot(), execution.workers)
    let loop = EpochLoop(
      label: "als", epochCount: configuration.epochs, lossName: isImplicit ? "objective" : "rmse",
      stopsEarly: configuration.stopsEarly, training)
    func regression(_ factors: ALSFactors) -> ItemRegression {
      ItemRegression(
        objective,
        BilinearScorer(
          itemFactors: factors.items,
          itemOffsets: (0..<rows.columnCount).map(center.itemOffset), canScore: center.estimates.isKnown),
        execution.workers)
    }
    let (factors, curve) = try loop.run(
      from: start,
      recommender: { ALS(center, predictsRatings: !isImplicit, regression($0), userFactors: nil) },
      epoch: { factors, index in
        try trainer.epoch(&factors) { loop.report(epoch: index, share: $0) }
      })
    let items = regression(factors)
    // A training that was interrupted is to end at once: users are solved when they are asked for.
    let users = curve.isPartial ? nil : items.solve(rows.matrix, execution)
    return TrainedRecommender(
      ALS(center, predictsRatings: !isImplicit, items, userFactors: users), curve: curve)
  }

  /// The interactions as the objective takes them.
  private static func signals(
    _ dataset: Dataset, _ objective: ALSObjective, _ center: RatingCenter, _ execution: Execution
  ) throws(Cancelled) -> SparseRows {
    let interactions = dataset.interactions
    if objective.isImplicit { return interactions.replacingValues(interactions.values.map(objective.signal)) }
    let rows = execution.workers.map(interactions.rowCount) { user in
      execution.cancellation.isCancelled ? [] : center.centered(dataset.history(of: UserIndex(user)))
    }
    try execution.checkpoint()
    return interactions.replacingValues(Array(rows.joined()))
  }

  /// From the lowest rating to the highest; 4 for events, and where all ratings are the same.
  fileprivate static func scaleWidth(_ feedback: Feedback) -> Double {
    guard case .ratings(let scale) = feedback, scale.highest > scale.lowest else { return 4 }
    return Double(scale.highest) - Double(scale.lowest)
  }
}

extension ALS.Configuration {
  fileprivate func objective(_ feedback: Feedback, isImplicit: Bool) -> ALSObjective {
    // What an event of weight 1 adds to its confidence, or a rating of the scale's largest magnitude.
    var (largest, added) = (1.0, 1.0)
    if case .ratings(let scale) = feedback {
      (largest, added) = (Double(max(scale.lowest.magnitude, scale.highest.magnitude)), 5)
    }
    let confidence: ALSObjective.Confidence = isLogarithmic ? .log : .linear
    if isLogarithmic { largest = RealFunctions.log(1 + largest) }
    return ALSObjective(
      isImplicit: isImplicit,
      regularization: regularization ?? (isImplicit ? 0.1 : 0.1 * ALS.scaleWidth(feedback) / 4),
      countsRatings: countsRatings ?? !isImplicit, alpha: alpha ?? (largest > 0 ? added / largest : 1),
      confidence: confidence)
  }

  fileprivate func solver(isImplicit: Bool) -> RidgeSolver {
    switch solver ?? (isImplicit ? .gradients : .exact) {
    case .gradients: .gradients(steps: 3)
    case .exact: .exact
    case .blocks: .blocks(of: block)
    }
  }
}
