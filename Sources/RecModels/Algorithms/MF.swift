internal import RecAlgebra
package import RecData
package import RecKernels

/// Matrix factorization with biases, μ + b_u + b_i + p_u · q_i, by stochastic gradient descent.
package struct MatrixFactorization: FactorRecommender {
  /// In which order the ratings are gone through.
  package enum Order: String, Sendable {
    /// In the strata of a grid: threads share the work, and the bits do not depend on their number.
    case stratified
    /// User by user and item by item, by index; on one thread.
    case file
  }

  package let learned: LearnedFactors
  private let foldIn: RidgeFoldIn

  /// Trains.
  ///
  /// - Parameter initial: users × factors and items × factors to begin with; nil for numbers by chance.
  package static func trained(
    _ dataset: Dataset, _ configuration: DescentConfiguration, order: Order = .stratified,
    initial: (users: AlignedRows, items: AlignedRows)? = nil, _ training: Training
  ) throws -> TrainedRecommender {
    let seed = configuration.seed ?? training.seed
    let execution = training.execution
    let targets = try FactorTargets(dataset, isCentered: configuration.hasBiases, seed: seed)
    let rows = targets.rows
    let blockCount = EntryGrid.standardBlockCount(
      rowCount: rows.rowCount, columnCount: rows.columnCount, entryCount: rows.entryCount)
    let grid = EntryGrid(
      offsets: rows.offsets, columns: rows.columns, values: rows.values, columnCount: rows.columnCount,
      blockCount: order == .file ? 1 : blockCount)
    try execution.checkpoint()
    func start(_ count: Int, _ purpose: String) -> AlignedRows {
      .normal(
        rowCount: count, columnCount: configuration.factors, deviation: configuration.deviation, seed: seed,
        purpose: purpose, workers: execution.workers)
    }
    let initial = initial ?? (start(rows.rowCount, "mf users"), start(rows.columnCount, "mf items"))
    let factors = DescentFactors(rows: initial.users, columns: initial.items, hasBiases: configuration.hasBiases)
    let step = DescentStep(
      rate: Float(configuration.rate), regularization: Float(configuration.regularization))
    let loop = EpochLoop(
      label: "mf", epochCount: configuration.epochs, lossName: "rmse", stopsEarly: configuration.stopsEarly, training)
    func model(_ factors: DescentFactors, epochs: Int) -> MatrixFactorization {
      MatrixFactorization(dataset, factors, targets, configuration, epochs: epochs)
    }
    var epochs = 0
    let (state, curve) = try loop.run(from: factors, recommender: { model($0, epochs: epochs) }) { factors, epoch in
      epochs = epoch + 1
      var sum = 0.0
      for (done, part) in Self.parts(grid, seed: seed, epoch: epoch).enumerated() {
        sum += grid.descend(
          &factors, part: part, step, workers: execution.workers, cancellation: execution.cancellation)
        try execution.checkpoint()
        if grid.entryCount > 1_000_000 { loop.report(epoch: epoch, share: Double(done + 1) / Double(grid.partCount)) }
      }
      guard sum.isFinite else { throw TrainingError.diverged(rate: configuration.rate) }
      return (sum / Double(max(1, grid.entryCount))).squareRoot() * targets.unit
    }
    return TrainedRecommender(model(state, epochs: curve.keptEpoch), curve: curve)
  }

  private init(
    _ dataset: Dataset, _ factors: DescentFactors, _ targets: FactorTargets, _ configuration: DescentConfiguration,
    epochs: Int
  ) {
    let unit = Float(targets.unit)
    learned = LearnedFactors(
      dataset, users: DenseMatrix(factors.rows), items: DenseMatrix(factors.columns, times: unit),
      userBiases: factors.rowBiases.column(0).map { $0 * unit },
      itemBiases: factors.columnBiases.column(0).map { $0 * unit },
      offset: targets.mean)
    foldIn = RidgeFoldIn(
      regularization: configuration.regularization, stepLength: configuration.rate * Double(max(1, epochs)),
      unit: targets.unit, absences: targets.absences)
  }

  /// The strata of an epoch in an order of its own, or the entries from first to last.
  private static func parts(_ grid: EntryGrid, seed: UInt64, epoch: Int) -> [Int] {
    let parts = Array(0..<grid.partCount)
    if grid.blockCount == 1 { return parts }
    let keys = parts.map {
      CounterRandom.random(seed: seed, purpose: CounterRandom.Purpose("mf strata"), UInt64(epoch), UInt64($0))
    }
    return parts.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  package func folded(_ history: History) -> UserFactors {
    foldIn.user(foldIn.problem(history, learned), learned)
  }

  package func foldedParts(_ history: History, item: Int) -> [Explanation.Part] {
    let problem = foldIn.problem(history, learned)
    let weights = foldIn.weights(problem, item: item, learned)
    var parts: [Explanation.Part] = []
    if learned.hasBiases {
      parts = [.init(.mean, learned.offset), .init(.itemBias, learned.scorer.itemOffsets[item])]
    }
    return parts + foldIn.parts(problem, values: zip(weights, problem.residuals).map { $0 * $1 })
  }
}

extension Algorithm {
  /// Biased matrix factorization by stochastic gradient descent.
  package static let mf = Algorithm(
    name: "mf", summary: "learn factors and biases by stochastic gradient descent",
    options: [
      .count("k", default: 100, in: 1...2_000, unit: "factors", "how many factors describe a user and an item"),
      .epochs(default: 20),
      OptionSpec("rate", .number(1e-6...1), default: "0.005", "how far a step follows the error of a rating"),
      OptionSpec(
        "reg", .number(0...1), default: "0.02", "penalty on the square of every parameter, for each of its ratings"),
      .choice(
        "order", default: "stratified",
        [
          Choice("stratified", "in blocks that share no user and no item: on all threads, always with the same bits"),
          Choice("file", "user by user, items by id, as Surprise does with a sorted file: on one thread"),
        ], "in which order an epoch goes over the ratings"),
      .flag("biases", default: true, "whether users and items have biases beside their factors"),
      .stop,
      OptionSpec("seed", .count(0...Int.max), "which factors to begin with; else the session's seed"),
    ],
    examples: ["mf", "mf k=20 epochs=50 rate=0.01"],
    notes: """
      A rating is predicted as μ + b_u + b_i + p_u · q_i. All defaults, and the spread of .1 of the first factors, are \
      Surprise's; they are meant for ratings from 1 to 5, so other scales are divided by the power of two that makes them \
      about as wide. Somebody who has rated since is folded in by ridge regression on the items' factors. An unknown user \
      is answered by μ + b_i (without biases by baseline's), an item without ratings is predicted by μ + b_u; in lists it \
      cannot be scored. Events are ones, beside them stand as many absences drawn by chance, and an unknown user gets the \
      most frequent items. The loss is the error that the steps of an epoch met.
      """,
    source: """
      Funk 2006 (Netflix update: try this at home); Koren, Bell & Volinsky 2009, doi:10.1109/MC.2009.263; Gemulla, \
      Nijkamp, Haas & Sismanis 2011 (strata), doi:10.1145/2020408.2020426
      """,
    models: MatrixFactorization.self
  ) { dataset, options, training in
    try MatrixFactorization.trained(
      dataset, DescentConfiguration(options),
      order: options.word("order").flatMap(MatrixFactorization.Order.init) ?? .stratified, training)
  }
}
