internal import RecAlgebra
package import RecData
package import RecKernels

/// Non-negative matrix factorization: a rating is a sum of parts, p_u · q_i with no negative number in either.
package struct NonnegativeFactorization: FactorRecommender {
  /// How it is trained.
  package struct Configuration: Sendable {
    package var factors = 15
    package var epochs = 50
    /// The penalty on the square of every factor, for each rating that it has part in.
    package var regularization = 0.06
    package var loss = MultiplicativeUpdates.Loss.squares
    package var order = Order.alternating
    package var stopsEarly = true
    package var seed: UInt64?
    package init() {}
  }

  /// Which factors an update sees.
  package enum Order: String, Sendable {
    /// Users, then items with the users just found.
    case alternating
    /// Users and items at once, each with the other's factors of the epoch before.
    case together
  }

  package let learned: LearnedFactors
  private let regularization: Double
  private let isDivergence: Bool
  /// What the factors of a newcomer begin with.
  private let level: Double
  /// What draws absences beside events; nil for ratings.
  private let absences: SampledAbsences?

  /// Trains; `initial` is nil for numbers by chance.
  package static func trained(
    _ dataset: Dataset, _ configuration: Configuration, initial: (users: AlignedRows, items: AlignedRows)? = nil,
    _ training: Training
  ) throws -> TrainedRecommender {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let seed = configuration.seed ?? training.seed
    let execution = training.execution
    let absences = dataset.feedback == .events ? SampledAbsences(seed: seed) : nil
    // Ratings below zero are lifted by the lowest.
    let offset = absences == nil ? min(0, dataset.interactions.values.min() ?? 0) : 0
    let rows =
      absences?.added(to: dataset.interactions)
      ?? (offset == 0
        ? dataset.interactions
        : dataset.interactions.replacingValues(dataset.interactions.values.map { $0 - offset }))
    let columns = rows.transposed(execution.workers)
    let mean = rows.values.reduce(0) { $0 + Double($1) } / Double(rows.entryCount)
    let level = (mean / Double(configuration.factors)).squareRoot()
    func start(_ count: Int, _ purpose: String) -> AlignedRows {
      .uniform(
        rowCount: count, columnCount: configuration.factors, below: 2 * level, seed: seed, purpose: purpose,
        workers: execution.workers)
    }
    let state = initial ?? (start(rows.rowCount, "nmf users"), start(rows.columnCount, "nmf items"))
    let loop = EpochLoop(
      label: "nmf", epochCount: configuration.epochs, lossName: "rmse", stopsEarly: configuration.stopsEarly, training)
    func update(_ factors: AlignedRows, _ others: AlignedRows, _ matrix: SparseRows) -> (AlignedRows, Double) {
      let (offsets, indices, values) = (matrix.offsets, matrix.columns, matrix.values)
      return MultiplicativeUpdates.updated(
        factors, against: others, offsets: offsets.span, columnIndices: indices.span, values: values.span,
        loss: configuration.loss, regularization: Float(configuration.regularization), workers: execution.workers,
        cancellation: execution.cancellation)
    }
    func model(_ state: (users: AlignedRows, items: AlignedRows)) -> NonnegativeFactorization {
      NonnegativeFactorization(dataset, state, configuration, offset: Double(offset), level: level, absences)
    }
    let (kept, curve) = try loop.run(from: state, recommender: { model($0) }) { state, epoch in
      let (users, sum) = update(state.users, state.items, rows)
      try execution.checkpoint()
      if rows.entryCount > 1_000_000 { loop.report(epoch: epoch, share: 0.5) }
      let (items, _) = update(state.items, configuration.order == .together ? state.users : users, columns)
      try execution.checkpoint()
      state = (users, items)
      return (sum / Double(rows.entryCount)).squareRoot()
    }
    return TrainedRecommender(model(kept), curve: curve)
  }

  private init(
    _ dataset: Dataset, _ state: (users: AlignedRows, items: AlignedRows), _ configuration: Configuration,
    offset: Double, level: Double, _ absences: SampledAbsences?
  ) {
    learned = LearnedFactors(
      dataset, users: DenseMatrix(state.users), items: DenseMatrix(state.items), userBiases: [], itemBiases: [],
      offset: offset)
    regularization = configuration.regularization
    isDivergence = configuration.loss == .divergence
    self.level = level
    self.absences = absences
  }

  // MARK: Folding in

  /// As many updates as bring a single user close to where they lead: the problem is convex.
  private static let foldInRounds = 50

  package func folded(_ history: History) -> UserFactors {
    let rank = learned.rank
    var entries = zip(history.items, history.values).map { ($0, absences == nil ? Double($1) - learned.offset : 1) }
    if let absences {
      entries += absences.items(
        of: nil, besides: history.items, of: itemCount, isKnown: learned.scorer.canScore
      ).map { ($0, 0) }
    }
    let known = entries.filter { learned.scorer.canScore(Int($0.0)) }
    let rows = known.map { learned.scorer.itemFactors.row(Int($0.0)).map { Double($0) } }
    var factors = [Double](repeating: level, count: rank)
    let penalty = regularization * Double(known.count)
    for _ in 0..<Self.foldInRounds {
      var numerator = [Double](repeating: 0, count: rank)
      var denominator = factors.map { penalty * $0 }
      for (row, (_, value)) in zip(rows, known) {
        let estimate = zip(factors, row).reduce(0) { $0 + $1.0 * $1.1 }
        let (up, down) = isDivergence ? (estimate > 0 ? value / estimate : 0, 1) : (value, estimate)
        for place in 0..<rank {
          numerator[place] += max(0, up) * row[place]
          denominator[place] += down * row[place]
        }
      }
      for place in 0..<rank where denominator[place] > 0 { factors[place] *= numerator[place] / denominator[place] }
    }
    return UserFactors(offset: learned.offset, factors: factors.map { Float($0) })
  }

  package func foldedParts(_ history: History, item: Int) -> [Explanation.Part] {
    let factors = folded(history).factors
    let parts = learned.scorer.parts(factor: factors.span, item: item)
    return learned.offset == 0 ? parts : [.init(.other("lowest rating"), learned.offset)] + parts
  }
}

extension Algorithm {
  /// Non-negative matrix factorization.
  package static let nmf = Algorithm(
    name: "nmf", summary: "explain ratings as sums of non-negative parts",
    options: [
      .count("k", default: 15, in: 1...2_000, unit: "factors", "how many parts a rating may have"),
      .epochs(default: 50),
      OptionSpec(
        "reg", .number(0...1), default: "0.06", "penalty on the square of every factor, for each of its ratings"),
      .choice(
        "loss", default: "squares",
        [
          Choice("squares", "the squared error"),
          Choice("kl", "the Kullback-Leibler divergence, for counts"),
        ], "what is made small"),
      .choice(
        "order", default: "alternating",
        [
          Choice("alternating", "users, then items with the users just found: no update makes the loss grow"),
          Choice("together", "users and items at once, as Surprise does"),
        ], "how the updates follow each other"),
      .stop,
      OptionSpec("seed", .count(0...Int.max), "which factors to begin with; else the session's seed"),
    ],
    examples: ["nmf", "nmf k=30 loss=kl"],
    notes: """
      A rating is predicted as p_u · q_i, no factor negative, each factor multiplied by a ratio at each update. k, epochs and \
      reg are Surprise's. Factors begin between 0 and twice the square root of μ/k, so that the first predictions are \
      about μ (Surprise: between 0 and 1, which amounts to the same for ratings from 1 to 5 at k=15). Where ratings lie \
      below 0, all are lifted by the lowest, which is added to the predictions. Somebody who has rated since is folded in \
      by 50 updates with the items' factors as they are. An unknown user is answered by baseline's μ + b_i, an item \
      without ratings is predicted by its μ + b_u; in lists it cannot be scored. Events are ones, beside them stand as \
      many absences drawn by chance, and an unknown user gets the most frequent items. The loss of the curve is the error \
      before an epoch.
      """,
    source: """
      Lee & Seung 2001 (Algorithms for non-negative matrix factorization, NIPS 13); Zhang, Wang, Ford & Makedon 2006 \
      (observed entries), doi:10.1137/1.9781611972764.58; Luo, Zhou, Xia & Zhu 2014, doi:10.1109/TII.2014.2308433
      """,
    models: NonnegativeFactorization.self
  ) { dataset, options, training in
    var configuration = NonnegativeFactorization.Configuration()
    configuration.factors = options.count("k") ?? configuration.factors
    configuration.epochs = options.count("epochs") ?? configuration.epochs
    configuration.regularization = options.number("reg") ?? configuration.regularization
    configuration.loss = options.word("loss") == "kl" ? .divergence : .squares
    configuration.order =
      options.word("order").flatMap(NonnegativeFactorization.Order.init) ?? configuration.order
    configuration.stopsEarly = options.stopsEarly
    configuration.seed = options.count("seed").map { UInt64($0) }
    return try NonnegativeFactorization.trained(dataset, configuration, training)
  }
}
