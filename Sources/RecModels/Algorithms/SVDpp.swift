internal import RecAlgebra
package import RecData
package import RecKernels

/// SVD++: matrix factorization where what a user rated counts beside how, μ + b_u + b_i + q_i · (p_u + Σ y_j / √n).
package struct SVDPlusPlus: FactorRecommender {
  /// The factors that training begins with.
  package struct Start: Sendable {
    package let users: AlignedRows
    package let items: AlignedRows
    package let implicit: AlignedRows
    package init(users: AlignedRows, items: AlignedRows, implicit: AlignedRows) {
      self.users = users
      self.items = items
      self.implicit = implicit
    }
  }

  /// Of a user: p_u + Σ y_j / √n.
  package let learned: LearnedFactors
  /// y; items × factors, zeros for items that nobody rated.
  private let implicit: DenseMatrix
  private let foldIn: RidgeFoldIn

  package var isConsistent: Bool {
    learned.isConsistent && implicit.rowCount == itemCount && implicit.columnCount == learned.rank
  }

  /// Trains; `initial` is nil for numbers by chance.
  package static func trained(
    _ dataset: Dataset, _ configuration: DescentConfiguration, initial: Start? = nil, _ training: Training
  ) throws -> TrainedRecommender {
    let seed = configuration.seed ?? training.seed
    let execution = training.execution
    let targets = try FactorTargets(dataset, isCentered: true, seed: seed)
    let (rows, rated) = (targets.rows, dataset.interactions)
    func start(_ count: Int, _ purpose: String) -> AlignedRows {
      .normal(
        rowCount: count, columnCount: configuration.factors, deviation: configuration.deviation, seed: seed,
        purpose: purpose, workers: execution.workers)
    }
    let initial =
      initial
      ?? Start(
        users: start(rows.rowCount, "svdpp users"), items: start(rows.columnCount, "svdpp items"),
        implicit: start(rows.columnCount, "svdpp implicit items"))
    let factors = ImplicitFactors(rows: initial.users, columns: initial.items, implicit: initial.implicit)
    let loop = EpochLoop(
      label: "svdpp", epochCount: configuration.epochs, lossName: "rmse", stopsEarly: configuration.stopsEarly, training
    )
    func model(_ factors: ImplicitFactors, epochs: Int) -> SVDPlusPlus {
      SVDPlusPlus(dataset, factors, targets, configuration, epochs: epochs)
    }
    let (entries, implicitEntries) = ((rows.offsets, rows.columns, rows.values), (rated.offsets, rated.columns))
    var epochs = 0
    let (state, curve) = try loop.run(from: factors, recommender: { model($0, epochs: epochs) }) { factors, epoch in
      epochs = epoch + 1
      var sum = 0.0
      var first = 0
      while first < rows.rowCount {
        // Some milliseconds: users with some ten thousand ratings together.
        var last = first + 1
        while last < rows.rowCount, rows.offsets[last + 1] - rows.offsets[first] < 1 << 16 { last += 1 }
        sum += factors.descend(
          offsets: entries.0.span, columns: entries.1.span, values: entries.2.span,
          implicitOffsets: implicitEntries.0.span, implicitColumns: implicitEntries.1.span, rows: first..<last,
          rate: Float(configuration.rate), regularization: Float(configuration.regularization))
        first = last
        try execution.checkpoint()
        if rows.entryCount > 1_000_000 {
          loop.report(epoch: epoch, share: Double(rows.offsets[last]) / Double(rows.entryCount))
        }
      }
      guard sum.isFinite else { throw TrainingError.diverged(rate: configuration.rate) }
      return (sum / Double(rows.entryCount)).squareRoot() * targets.unit
    }
    return TrainedRecommender(model(state, epochs: curve.keptEpoch), curve: curve)
  }

  private init(
    _ dataset: Dataset, _ factors: ImplicitFactors, _ targets: FactorTargets, _ configuration: DescentConfiguration,
    epochs: Int
  ) {
    let unit = Float(targets.unit)
    var implicit = DenseMatrix(factors.implicit)
    var isKnown = [Bool](repeating: false, count: implicit.rowCount)
    for item in dataset.interactions.columns { isKnown[Int(item)] = true }
    for item in isKnown.indices where !isKnown[item] {
      for entry in implicit.rowRange(item) { implicit.storage[entry] = 0 }
    }
    var users = DenseMatrix(factors.rows)
    for user in 0..<users.rowCount {
      let items = dataset.interactions.columns[dataset.interactions.row(user)]
      let sum = Self.implicitSum(of: items, implicit)
      for (place, entry) in users.rowRange(user).enumerated() { users.storage[entry] += Float(sum[place]) }
    }
    self.implicit = implicit
    learned = LearnedFactors(
      dataset, users: users, items: DenseMatrix(factors.columns, times: unit),
      userBiases: factors.rowBiases.map { $0 * unit }, itemBiases: factors.columnBiases.map { $0 * unit },
      offset: targets.mean)
    foldIn = RidgeFoldIn(
      regularization: configuration.regularization, stepLength: configuration.rate * Double(max(1, epochs)),
      unit: targets.unit, absences: targets.absences)
  }

  /// Σ y_j / √n of some items, (factors,).
  private static func implicitSum(of items: some Collection<Int32>, _ implicit: DenseMatrix) -> [Double] {
    var sum = [Double](repeating: 0, count: implicit.columnCount)
    for item in items {
      for (place, value) in implicit.row(Int(item)).enumerated() { sum[place] += Double(value) }
    }
    let scale = items.isEmpty ? 0 : 1 / Double(items.count).squareRoot()
    return sum.map { $0 * scale }
  }

  // MARK: Folding in

  /// A history with what it says by being one: p is regressed on what that leaves.
  private func problem(_ history: History) -> (problem: RidgeFoldIn.Problem, known: [Int32], sum: [Double]) {
    let known = history.items.filter { learned.scorer.canScore(Int($0)) }
    let sum = Self.implicitSum(of: known, implicit)
    let problem = foldIn.problem(history, learned) { item in product(sum, item) }
    return (problem, known, sum)
  }

  private func product(_ user: [Double], _ item: Int) -> Double {
    zip(user, learned.scorer.itemFactors.row(item)).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  package func folded(_ history: History) -> UserFactors {
    let (problem, _, sum) = problem(history)
    let user = foldIn.user(problem, learned)
    return UserFactors(offset: user.offset, factors: zip(user.factors, sum).map { Float(Double($0) + $1) })
  }

  package func foldedParts(_ history: History, item: Int) -> [Explanation.Part] {
    let (problem, known, _) = problem(history)
    let weights = foldIn.weights(problem, item: item, learned)
    var values = zip(weights, problem.residuals).map { $0 * $1 }
    // What an item says by being there goes to its own part.
    let scale = 1 / Double(max(1, known.count)).squareRoot()
    for place in values.indices where problem.isRated[place] {
      values[place] += scale * product(implicit.row(Int(problem.items[place])).map { Double($0) }, item)
    }
    return [.init(.mean, learned.offset), .init(.itemBias, learned.scorer.itemOffsets[item])]
      + foldIn.parts(problem, values: values)
  }
}

extension Algorithm {
  /// SVD++.
  package static let svdpp = Algorithm(
    name: "svdpp", summary: "learn factors from ratings and from what was rated (SVD++)",
    options: [
      .count("k", default: 20, in: 1...2_000, unit: "factors", "how many factors describe a user and an item"),
      .epochs(default: 20),
      OptionSpec("rate", .number(1e-6...1), default: "0.007", "how far a step follows the error of a rating"),
      OptionSpec(
        "reg", .number(0...1), default: "0.02", "penalty on the square of every parameter, for each of its ratings"),
      .stop,
      OptionSpec("seed", .count(0...Int.max), "which factors to begin with; else the session's seed"),
    ],
    examples: ["svdpp", "svdpp k=50 epochs=30"],
    notes: """
      A rating is predicted as μ + b_u + b_i + q_i · (p_u + Σ y_j / √n), the sum over the n items that the user rated. \
      All defaults, the spread of .1 of the first factors and the order of the steps, user by user, are Surprise's; scales \
      other than about 1 to 5 are divided by the power of two that makes them as wide. The y of a user's items all change \
      alike at each of the user's ratings, so they are changed once, after the last: the same numbers to rounding, at the \
      price of mf. Somebody who has rated since is folded in: Σ y_j of what was rated, and p_u by ridge regression of what \
      that leaves. An unknown user is answered by μ + b_i, an item without ratings is predicted by μ + b_u; in lists it \
      cannot be scored. Events are ones, beside them stand as many absences drawn by chance, and an unknown user gets the \
      most frequent items. The loss is the error that the steps of an epoch met.
      """,
    source: "Koren 2008, section 4, doi:10.1145/1401890.1401944", models: SVDPlusPlus.self
  ) { dataset, options, training in
    var configuration = DescentConfiguration(options)
    configuration.factors = options.count("k") ?? 20
    configuration.rate = options.number("rate") ?? 0.007
    return try SVDPlusPlus.trained(dataset, configuration, training)
  }
}
