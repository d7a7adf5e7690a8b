package import RecAlgebra
package import RecData
internal import RecKernels

/// Truncated singular value decomposition of the centred users × items matrix.
///
/// A user's factor *is* the centred row times V, whether the user was trained on or not, so that the same history always
/// gives the same bits; U is not kept.
package struct SVD: Recommender {
  /// How it is trained.
  package struct Configuration: Sendable {
    /// Factors; lowered to the rank where that is less.
    package var factors = 50
    package var centering = Centering.bias
    /// When the iteration may stop.
    package var accuracy = SVDAccuracy.relativeError(1e-6)
    /// The power of an item's length that its column keeps; see `Algorithm.svd`.
    package var popularity = 1.0
    /// Chooses the vectors that the iteration starts from; nil for the training's seed.
    package var seed: UInt64?
    package init() {}
  }

  package let center: RatingCenter
  /// Σ, descending; (factors,).
  package var singularValues: [Double]? { spectrum }
  private let spectrum: [Double]
  package let predictsRatings: Bool
  /// V, and what belongs to each item.
  private let scorer: BilinearScorer
  /// What absent entries stand for, where they were imputed.
  private let absences: ImputedAbsences?

  package var itemCount: Int { scorer.itemCount }
  package var comparesItems: Bool { true }
  /// How many factors there are.
  package var rank: Int { spectrum.count }

  package init(_ dataset: Dataset, _ configuration: Configuration, _ training: Training) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    predictsRatings = dataset.feedback != .events
    let interactions = dataset.interactions
    let center = RatingCenter(predictsRatings ? configuration.centering : .none, interactions)
    self.center = center
    let imputation = predictsRatings ? dataset.preparation.imputation : nil
    if imputation != nil, configuration.popularity != 1 {
      throw TrainingError.unsuitable(
        option: "popularity", reason: "with imputed entries every item has a rating of everybody; 1 is what there is")
    }
    let execution = training.execution
    let fill = imputation.map { FittedImputation($0, on: interactions) }
    let rows = execution.workers.map(interactions.rowCount) { user in
      if execution.cancellation.isCancelled { return [Float]() }
      let history = dataset.history(of: UserIndex(user))
      return fill?.differences(history) ?? center.centered(history)
    }
    try execution.checkpoint()
    let weighted = interactions.replacingValues(Array(rows.joined()))
      .weighingColumns(byLengthTo: configuration.popularity - 1)
    let matrix = SparseOperator(weighted, workers: execution.workers)
    let rank = min(configuration.factors, interactions.rowCount, interactions.columnCount)
    let seed = configuration.seed ?? training.seed
    func decomposed(_ matrix: some LinearOperator) throws(Cancelled) -> SingularValueDecomposition {
      try truncatedSVD(
        matrix, rank: rank, accuracy: configuration.accuracy, keepsLeft: false, seed: seed, execution: execution)
    }
    let decomposition: SingularValueDecomposition
    if let fill {
      let offsets = (0..<interactions.rowCount).map { user in
        let history = dataset.history(of: UserIndex(user))
        return fill.userShare(history.values) - center.userOffset(history)
      }
      decomposition = try decomposed(
        OffsetSparseOperator(
          matrix, rowOffsets: offsets,
          columnOffsets: (0..<interactions.columnCount).map { fill.itemShare($0) - center.itemOffset($0) }))
    } else if configuration.accuracy == .fast {
      decomposition = try decomposed(SingleSparseOperator(matrix))
    } else {
      decomposition = try decomposed(matrix)
    }
    spectrum = decomposition.values
    scorer = BilinearScorer(
      itemFactors: decomposition.right, itemOffsets: (0..<interactions.columnCount).map(center.itemOffset),
      canScore: center.estimates.isKnown)
    absences = fill.map { ImputedAbsences($0, center: center, factors: decomposition.right) }
  }

  package var isConsistent: Bool {
    center.itemCount == itemCount && spectrum.count == scorer.rank
      && absences.map { $0.isConsistent(itemCount: itemCount, rank: rank) } ?? true
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if history.isEmpty { return scoreUnknown(into: &scores) }
    let factor = factor(of: history)
    scorer.score(factor: factor.span, userOffset: center.userOffset(history), into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let factors = factors(of: histories)
    scorer.score(factors: factors, userOffsets: histories.map(center.userOffset), into: &scores)
    for (row, history) in histories.enumerated() where history.isEmpty {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      scoreUnknown(into: &own)
    }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    // Somebody unknown has no factors: the fallback answers.
    lists(for: histories, rule, isKnown: { !$0.isEmpty }) { known in
      scorer.lists(factors: factors(of: known), userOffsets: known.map(center.userOffset), for: known, rule)
    }
  }

  package func prepareLists(userCount: Int) -> Bool {
    // The squares of all users' factors sum to those of the singular values.
    let squares = spectrum.reduce(0) { $0 + $1 * $1 }
    return scorer.prepareLists(userLength: (squares / Double(max(1, userCount))).squareRoot())
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    if history.isEmpty { return items.map { fallback(history, Int($0)) } }
    let factor = factor(of: history)
    let scores = scorer.predict(factor: factor.span, userOffset: center.userOffset(history), items: items)
    return zip(items, scores).map { $1.isFinite ? $1 : fallback(history, Int($0)) }
  }

  /// The centred history times V, imputed entries included; (factors,).
  func factor(of history: History) -> [Float] {
    guard let absences else {
      return scorer.sum(of: history.items, weights: center.centered(history)).map { Float($0) }
    }
    let rated = scorer.sum(of: history.items, weights: absences.fill.differences(history))
    return zip(rated, absences.factor(of: history, userOffset: center.userOffset(history))).map { Float($0 + $1) }
  }

  private func factors(of histories: [History]) -> DenseMatrix {
    var factors = DenseMatrix(rowCount: histories.count, columnCount: rank)
    for (user, history) in histories.enumerated() {
      for (place, value) in factor(of: history).enumerated() { factors[user, place] = value }
    }
    return factors
  }

  /// What somebody of whom nothing is known is shown.
  private func scoreUnknown(into scores: inout MutableSpan<Float>) {
    for item in 0..<itemCount {
      scores[item] = scorer.canScore(item) ? fallback(.unknown, item) : -.infinity
    }
  }

  private func fallback(_ history: History, _ item: Int) -> Float {
    center.fallback(history, item, predictsRatings: predictsRatings)
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    let estimates = center.estimates
    guard estimates.isKnown(item.raw) else { return nil }
    if history.isEmpty {
      return Explanation(parts: center.unknownParts(item: item.raw, predictsRatings: predictsRatings))
    }
    let itemFactors = scorer.itemFactors
    let mine = itemFactors.row(item.raw)
    let centered = absences?.fill.differences(history) ?? center.centered(history)
    let rated = history.items.indices.map { place in
      let product = zip(itemFactors.row(Int(history.items[place])), mine).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      return Explanation.Part(
        .rated(ItemIndex(history.items[place]), value: history.values[place]), Double(centered[place]) * product)
    }
    var parts = center.parts(history, item: item.raw)
    if let absences {
      let imputed = absences.factor(of: history, userOffset: center.userOffset(history))
      let product = zip(imputed, mine).reduce(0) { $0 + $1.0 * Double($1.1) }
      parts.append(.init(.other("imputed entries"), product))
    }
    return Explanation(parts: parts + Explanation.largest(rated, noun: "ratings"))
  }

  package func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)? {
    scorer.firstFactors(of: item.raw)
  }

  package func similarities(to item: ItemIndex) -> [Float]? {
    scorer.similarities(to: item.raw, scales: spectrum)
  }

  package var facts: [ModelFact] {
    let count = spectrum.count
    return [ModelFact("factors", .count(count), of: "factor")]
  }
}

extension SparseRows {
  /// Each column multiplied by a power of its Euclidean length; a column of zeros stays one.
  fileprivate func weighingColumns(byLengthTo power: Double) -> SparseRows {
    if power == 0 { return self }
    var squares = [Double](repeating: 0, count: columnCount)
    for (column, value) in zip(columns, values) { squares[Int(column)] += Double(value) * Double(value) }
    let scales = squares.map { $0 > 0 ? RealFunctions.pow($0, power / 2) : 0 }
    return replacingValues(zip(columns, values).map { Float(scales[Int($0)] * Double($1)) })
  }
}

extension Algorithm {
  /// Truncated singular value decomposition.
  package static let svd = Algorithm(
    name: "svd", summary: "factor the ratings into k latent dimensions",
    options: [
      .count("k", default: 50, in: 1...10_000, unit: "factors", "how many factors describe a user and an item"),
      .choice(
        "center", default: "bias",
        [
          Choice("bias", "mean, user bias and item bias, as baseline has them"),
          Choice("user", "the mean of the user's ratings"),
          Choice("item", "the mean of the item's ratings"),
          Choice("none", "nothing: PureSVD, for lists rather than for ratings"),
        ], "what is subtracted from the ratings; absent ones stay zero"),
      OptionSpec(
        "popularity", .number(-4...4), default: "1",
        "power of an item's length that its column keeps: less than 1 lets popular items count less"),
      .choice(
        "mode", default: "exact",
        [
          Choice("exact", "singular values as exact as tolerance says"),
          Choice("fast", "singular values to some percent, in a fraction of the time"),
        ], "how exact it is"),
      OptionSpec(
        "tolerance", .number(1e-12...0.1), default: "1e-6", "relative error of the singular values; mode=exact"),
      OptionSpec(
        "seed", .count(0...Int.max), "start of the iteration, without effect beyond the tolerance; else the session's"),
    ],
    examples: ["svd", "svd k=20 center=none", "svd k=20 center=none popularity=0.5 mode=fast"],
    uses: [.normalization, .imputation],
    notes: """
      An unknown user is answered by μ + b_i, and an item without ratings is predicted by μ + b_u, whatever is \
      subtracted; in lists such an item cannot be scored. A user who has rated since is folded in: the factor is the \
      centred ratings times V, for everybody. k above the rank is lowered. Events are never centred and get no predicted \
      ratings; an unknown user then gets the most frequent items. Center and k are choices of ours: bias gives the \
      better RMSE, none the better lists. popularity=d factors the matrix with column i multiplied by its length to the \
      power d − 1, and folds users in with their ratings as they are, which is EigenRec with the cosine; 1 is PureSVD. \
      mode=fast takes the factors from a block Krylov space of 3k columns, in single precision. After `impute` it \
      decomposes the whole matrix, each absent entry with the number that stands for it less what center subtracts; that \
      part has rank one and is never written out.
      """,
    source: """
      Eckart & Young 1936, doi:10.1007/BF02288367; Sarwar, Karypis, Konstan & Riedl 2000 (folding in); \
      Cremonesi, Koren & Turrin 2010 (PureSVD), doi:10.1145/1864708.1864721; \
      Nikolakopoulos, Kalantzis, Gallopoulos & Garofalakis 2019 (EigenRec), doi:10.1007/s10115-018-1197-7; \
      Musco & Musco 2015 (block Krylov), arXiv:1504.05477
      """,
    models: SVD.self
  ) { dataset, options, training in
    var configuration = SVD.Configuration()
    configuration.factors = options.count("k") ?? configuration.factors
    configuration.centering = options.word("center").flatMap(Centering.init) ?? configuration.centering
    if options.word("mode") == "fast" {
      configuration.accuracy = .fast
    } else if let tolerance = options.number("tolerance") {
      configuration.accuracy = .relativeError(tolerance)
    }
    configuration.popularity = options.number("popularity") ?? configuration.popularity
    configuration.seed = options.count("seed").map { UInt64($0) }
    let model = try SVD(dataset, configuration, training)
    let rank = model.rank
    return TrainedRecommender(
      model,
      warnings: rank < configuration.factors ? [.factorsLowered(asked: configuration.factors, rank: rank)] : [])
  }
}
