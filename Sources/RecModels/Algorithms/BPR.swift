internal import RecAlgebra
package import RecData
internal import RecKernels

/// Factors that rank a user's positives above the rest: Bayesian personalised ranking, or WARP's ranked hinge loss.
///
/// The score of an item is b_i + p_u · q_i. The steps run over a grid of users × items whose blocks do not touch one
/// another (see `PairwiseGrid`), and negatives come from one other stratum an epoch, the strata being matched anew in each.
package struct BPR: Recommender {
  /// How it is trained.
  package struct Configuration: Sendable, Codable {
    package enum Loss: String, Sendable, Codable { case bpr, warp }
    package enum Positives: String, Sendable, Codable { case all, relevant }
    package enum Negatives: String, Sendable, Codable { case uniform, popular }

    package var loss = Loss.bpr
    package var factors = 100
    package var epochs = 100
    package var rate = 0.01
    package var regularization = 0.01
    /// The standard deviation of the factors at the start.
    package var spread = 0.1
    /// Which interactions are positives.
    package var positives = Positives.all
    /// How negatives are drawn: every item alike, or as often as it occurs.
    package var negatives = Negatives.uniform
    /// How many negatives are drawn at most for a positive.
    package var trials = 10
    /// For WARP, the norm that no vector of factors exceeds.
    package var norm = 1.5
    /// The most blocks of users that the grid has, and so the most threads that work at the same time.
    package var blocks = 16
    /// The seed of every random number; nil for the training's.
    package var seed: UInt64?
    package var stopsEarly = true
    package init() {}
  }

  let configuration: Configuration
  let seed: UInt64
  /// q_i, and b_i.
  let scorer: BilinearScorer
  /// p_u of those it was trained on; users × factors.
  private let userFactors: DenseMatrix
  /// How many interactions each item has; (itemCount,).
  let counts: [Int32]
  /// From which rating on an interaction is a positive; nil for all.
  private let threshold: Float?

  package var itemCount: Int { scorer.itemCount }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }

  package var isConsistent: Bool {
    counts.count == itemCount && userFactors.columnCount == scorer.rank
      && scorer.itemFactors.stride <= PairwiseState.factorLimit
  }

  /// Trains it; the curve says how that went.
  package static func trained(
    _ dataset: Dataset, _ configuration: Configuration, _ training: Training
  ) throws -> (model: BPR, curve: LearningCurve) {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let interactions = dataset.interactions
    let counts = interactions.columns.reduce(into: [Int32](repeating: 0, count: interactions.columnCount)) {
      $0[Int($1)] += 1
    }
    let threshold: Float? =
      if case .ratings(let scale) = dataset.feedback, configuration.positives == .relevant { scale.relevant } else {
        nil
      }
    let positives =
      if let threshold {
        dataset.part(dataset.role, keeping: interactions.values.map { $0 >= threshold }).interactions
      } else { interactions }
    if positives.entryCount == 0 {
      throw TrainingError.unsuitable(
        option: "positive",
        reason: "no rating reaches \(threshold ?? 0), from which on one is relevant; all takes every one")
    }
    let (execution, seed) = (training.execution, configuration.seed ?? training.seed)
    let candidates = counts.indices.filter { counts[$0] > 0 }.map { Int32($0) }
    let layout = PairwiseLayout(
      positives, candidates: candidates, negatives: configuration.negatives, blockLimit: configuration.blocks,
      seed: seed)
    try execution.checkpoint()
    let start = PairwiseState(
      layout, factors: configuration.factors, spread: configuration.spread, seed: seed, workers: execution.workers
    ) { !positives.row($0).isEmpty }
    let rule = configuration.rule(seed: seed, purpose: "bpr negatives", itemCount: candidates.count)
    let model = { @Sendable (state: PairwiseState) -> BPR in
      BPR(configuration, seed: seed, layout, state, counts: counts, threshold: threshold, userCount: positives.rowCount)
    }
    let loop = EpochLoop(
      label: configuration.loss.rawValue, epochCount: configuration.epochs,
      lossName: configuration.loss == .bpr ? "log loss" : "ranked hinge loss", stopsEarly: configuration.stopsEarly,
      training)
    let (state, curve) = try loop.run(from: start, recommender: { model($0) }) { state, epoch in
      let matching = layout.matching(epoch: epoch, seed: seed)
      var loss = PairwiseLoss()
      for step in 0..<layout.grid.blockCount {
        loss += layout.grid.train(
          step: step, epoch: epoch, matching: matching, rule: rule, state: &state, workers: execution.workers,
          cancellation: execution.cancellation)
        try execution.checkpoint()
        loop.report(epoch: epoch, share: Double(step + 1) / Double(layout.grid.blockCount))
      }
      return loss.pairCount > 0 ? loss.sum / Double(loss.pairCount) : nil
    }
    return (model(state), curve)
  }

  /// The model that a state of the training is.
  private init(
    _ configuration: Configuration, seed: UInt64, _ layout: PairwiseLayout, _ state: PairwiseState, counts: [Int32],
    threshold: Float?, userCount: Int
  ) {
    self.configuration = configuration
    self.seed = seed
    self.counts = counts
    self.threshold = threshold
    userFactors = DenseMatrix(
      rowCount: userCount, columnCount: configuration.factors, placing: state.rowFactors, at: layout.users)
    var biases = [Double](repeating: 0, count: counts.count)
    for (place, item) in layout.items.enumerated() { biases[Int(item)] = Double(state.columnBiases[place]) }
    scorer = BilinearScorer(
      itemFactors: DenseMatrix(
        rowCount: counts.count, columnCount: configuration.factors, placing: state.columnFactors, at: layout.items),
      itemOffsets: biases
    ) { counts[$0] > 0 }
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if history.isEmpty { return scoreUnknown(into: &scores) }
    let factor = factor(of: history)
    scorer.score(factor: factor.span, into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    var factors = DenseMatrix(rowCount: histories.count, columnCount: scorer.rank)
    for (row, history) in histories.enumerated() where !history.isEmpty {
      factors.storage.replaceSubrange(row * factors.stride..<(row + 1) * factors.stride, with: factor(of: history))
    }
    scorer.score(factors: factors, into: &scores)
    for (row, history) in histories.enumerated() where history.isEmpty {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      scoreUnknown(into: &own)
    }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    lists(for: histories, rule, isKnown: { !$0.isEmpty }) { known in
      let factors = DenseMatrix(
        rowCount: known.count, columnCount: scorer.rank, storage: known.flatMap { factor(of: $0) })
      return scorer.lists(factors: factors, for: known, rule)
    }
  }

  package func prepareLists(userCount: Int) -> Bool { scorer.prepareLists(userLength: userFactors.meanRowLength) }

  /// What was learned of the user, or what the history comes to; (rank,) with padding.
  private func factor(of history: History) -> [Float] {
    if let user = history.user, user.raw < userFactors.rowCount {
      return Array(userFactors.storage[user.raw * userFactors.stride..<(user.raw + 1) * userFactors.stride])
    }
    let positives = history.items.indices.filter { place in
      scorer.canScore(Int(history.items[place])) && threshold.map { history.values[place] >= $0 } ?? true
    }
    return folded(positives.map { history.items[$0] })
  }

  /// The most frequent items, for somebody of whom nothing is known.
  private func scoreUnknown(into scores: inout MutableSpan<Float>) {
    for item in 0..<itemCount { scores[item] = counts[item] > 0 ? Float(counts[item]) : -.infinity }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard scorer.canScore(item.raw) else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(counts[item.raw]))])
    }
    let factor = factor(of: history)
    return Explanation(
      parts: [.init(.itemBias, scorer.itemOffsets[item.raw])] + scorer.parts(factor: factor.span, item: item.raw))
  }

  package func similarities(to item: ItemIndex) -> [Float]? { scorer.similarities(to: item.raw) }

  package var facts: [ModelFact] {
    let rank = scorer.rank
    return [ModelFact("factors", .count(rank), of: "factor")]
  }
}

extension Algorithm {
  /// Pairwise ranking by stochastic gradient steps.
  package static let bpr = Algorithm(
    name: "bpr", summary: "rank what a user has above what the user has not, by factors",
    options: [
      .choice(
        "loss", default: "bpr",
        [
          Choice("bpr", "the logistic loss of each pair, which all pairs share in"),
          Choice(
            "warp", "a hinge loss of pairs in the wrong order, weighted by the positive's rank: for the top of lists"),
        ], "what the steps make small"),
      .count("k", default: 100, in: 1...1000, unit: "factors", "how many factors describe a user and an item"),
      .epochs(default: 100),
      OptionSpec("rate", .number(1e-9...10), default: "0.01", "how far a step goes"),
      OptionSpec(
        "reg", .number(0...10), default: "0.01", "how strongly factors and biases are drawn to zero at each step"),
      .choice(
        "positive", default: "all",
        [Choice("all", "every interaction"), Choice("relevant", "ratings from three quarters of the scale on")],
        "which interactions are to be ranked above the rest"),
      .choice(
        "negatives", default: "uniform",
        [Choice("uniform", "every item alike"), Choice("popular", "each item as often as it occurs")],
        "how the items are drawn that a positive is compared with"),
      .count(
        "trials", default: 10, in: 1...10_000, unit: "items",
        "how many are drawn at most until one is unknown to the user (warp: and ranked too high)"),
      OptionSpec("norm", .number(1e-3...1e6), default: "1.5", "for warp, the greatest length of a vector of factors"),
      OptionSpec("spread", .number(0...10), default: "0.1", "standard deviation of the factors at the start"),
      OptionSpec("seed", .count(0...Int.max), "chooses start and negatives; else the session's"),
      .stop,
    ],
    examples: ["bpr", "bpr k=20 epochs=50 loss=warp"],
    uses: [],
    notes: """
      Every interaction is a positive, whatever its value, as implicit has it; with positive=relevant the lower ratings are \
      like items that were never seen. It ranks only: there are no predicted ratings. A user who is new or has rated since is \
      folded in: from zero, 100 times over the positives with the steps of the training, in which only the user's factors \
      move. An unknown user gets the most frequent items; an item without interactions cannot be scored; somebody without \
      positives gets the items' biases. Negatives come from one other stratum of the items an epoch, chosen anew in each, so \
      that threads do not meet; over the epochs every item is drawn as often as without strata. k, epochs, rate and reg are \
      implicit's, uniform negatives the paper's, spread is MyMediaLite's and trials LightFM's. WARP's weights are divided by \
      the greatest of them, so that rate means the same for both; norm is a choice of ours. implicit draws negatives \
      by popularity, once, and starts closer to zero: negatives=popular trials=1 spread=0.0029, which is 0.289/k.
      """,
    source: """
      Rendle, Freudenthaler, Gantner & Schmidt-Thieme 2009 (BPR), arXiv:1205.2618; Weston, Bengio & Usunier 2011 (WARP), \
      doi:10.5591/978-1-57735-516-8/IJCAI11-460; Gemulla et al. 2011 (strata), doi:10.1145/2020408.2020426
      """,
    models: BPR.self
  ) { dataset, options, training in
    let (model, curve) = try BPR.trained(dataset, BPR.Configuration(options), training)
    return TrainedRecommender(model, curve: curve)
  }
}
