internal import RecAlgebra
package import RecData
internal import RecKernels

/// Matrix factorization by alternating least squares, for ratings or for implicit feedback.
///
/// A user's factors are the exact solution of the regression on the items' factors, whether the user was trained on or
/// not; those of the training's users are kept so that they need not be solved again.
package struct ALS: Recommender {
  package let center: RatingCenter
  package let predictsRatings: Bool
  private let regression: ItemRegression
  /// users × k; nil where every user is folded in when asked for.
  private let userFactors: DenseMatrix?

  package var itemCount: Int { scorer.itemCount }
  package var comparesItems: Bool { true }
  private var scorer: BilinearScorer { regression.scorer }

  init(_ center: RatingCenter, predictsRatings: Bool, _ regression: ItemRegression, userFactors: DenseMatrix?) {
    self.center = center
    self.predictsRatings = predictsRatings
    self.regression = regression
    self.userFactors = userFactors
  }

  package var isConsistent: Bool {
    center.itemCount == itemCount && userFactors.map { $0.columnCount == scorer.rank } ?? true
  }

  package func isConsistent(userCount: Int) -> Bool {
    isConsistent && userFactors.map { $0.rowCount == userCount } ?? true
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if history.isEmpty { return scoreUnknown(into: &scores) }
    let factor = Array(factor(of: history))
    scorer.score(factor: factor.span, userOffset: center.userOffset(history), into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    scorer.score(factors: factors(of: histories), userOffsets: histories.map(center.userOffset), into: &scores)
    for (row, history) in histories.enumerated() where history.isEmpty {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      scoreUnknown(into: &own)
    }
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    if history.isEmpty { return items.map { fallback(history, Int($0)) } }
    let factor = Array(factor(of: history))
    let scores = scorer.predict(factor: factor.span, userOffset: center.userOffset(history), items: items)
    return zip(items, scores).map { $1.isFinite ? $1 : fallback(history, Int($0)) }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    // Somebody unknown has no factors: the fallback answers.
    lists(for: histories, rule, isKnown: { !$0.isEmpty }) { known in
      scorer.lists(factors: factors(of: known), userOffsets: known.map(center.userOffset), for: known, rule)
    }
  }

  package func prepareLists(userCount: Int) -> Bool {
    scorer.prepareLists(userLength: userFactors?.meanRowLength ?? 1)
  }

  /// The factors of several users, a row each; of those without a history zero.
  private func factors(of histories: [History]) -> DenseMatrix {
    var factors = DenseMatrix(rowCount: histories.count, columnCount: scorer.rank)
    for (user, history) in histories.enumerated() where !history.isEmpty {
      factors.storage.replaceSubrange(factors.rowRange(user), with: factor(of: history))
    }
    return factors
  }

  /// The user's factors, (k,).
  private func factor(of history: History) -> ArraySlice<Float> {
    if let user = history.user?.raw, let userFactors { return userFactors.row(user) }
    return regression.solve(history.items, signals(history))
  }

  private func signals(_ history: History) -> [Float] {
    regression.objective.isImplicit ? history.values.map(regression.objective.signal) : center.centered(history)
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
    guard scorer.canScore(item.raw) else { return nil }
    if history.isEmpty {
      return Explanation(parts: center.unknownParts(item: item.raw, predictsRatings: predictsRatings))
    }
    let shares = regression.shares(of: history.items, signals(history), in: item.raw)
    let rated = history.items.indices.map { place in
      Explanation.Part(.rated(ItemIndex(history.items[place]), value: history.values[place]), shares[place])
    }
    return Explanation(parts: center.parts(history, item: item.raw) + Explanation.largest(rated, noun: "ratings"))
  }

  package func similarities(to item: ItemIndex) -> [Float]? { scorer.similarities(to: item.raw) }

  package var facts: [ModelFact] {
    let kind = regression.objective.isImplicit ? "implicit" : "explicit"
    return [
      ModelFact("factors", .count(scorer.rank), of: "factor"),
      ModelFact("feedback", .word(kind), of: "\(kind) feedback"),
    ]
  }
}

extension Algorithm {
  /// Alternating least squares.
  package static let als = Algorithm(
    name: "als", summary: "factor ratings or implicit feedback by alternating least squares",
    options: [
      .choice(
        "feedback", default: "auto",
        [
          Choice("auto", "ratings are explicit, events implicit"),
          Choice("explicit", "fit the ratings, and predict ratings"),
          Choice("implicit", "fit that something was chosen at all, to rank"),
        ], "what the values are taken for"),
      .count("k", default: 50, in: 1...4096, unit: "factors", "how many factors describe a user and an item"),
      .epochs(default: 10, "how often users and items are solved for"),
      OptionSpec(
        "reg", .number(0...1e9), "λ; else 0.1, explicit times a quarter of the width of the scale"),
      .choice(
        "weighting", default: "auto",
        [
          Choice("auto", "count for explicit, plain for implicit feedback"),
          Choice("plain", "the same λ for all"),
          Choice("count", "λ times how many ratings there are of the user or item"),
        ], "whether λ grows with the ratings"),
      OptionSpec(
        "alpha", .number(1e-9...1e9),
        "what a value adds to its confidence of 1 (implicit); else 40 at the highest rating"
      ),
      .choice(
        "confidence", default: "linear",
        [Choice("linear", "1 + α|r|"), Choice("log", "1 + α log(1 + |r|), for counts that reach far")],
        "how confidence grows with the value r (implicit)"),
      .choice(
        "center", default: "bias",
        [
          Choice("bias", "mean, user bias and item bias, as baseline has them"),
          Choice("user", "the mean of the user's ratings"),
          Choice("item", "the mean of the item's ratings"),
          Choice("none", "nothing, as in Spark"),
        ], "what is subtracted from the ratings (explicit)"),
      .choice(
        "solver", default: "auto",
        [
          Choice("auto", "cholesky for explicit, cg for implicit feedback"),
          Choice("cg", "three steps of conjugate gradients"),
          Choice("cholesky", "exact"),
          Choice("blocks", "exact in blocks of factors, for many of them (iALS++)"),
        ], "how a user's or an item's factors are solved for"),
      .count("block", default: 64, in: 1...4096, unit: "factors", "factors solved for at a time by solver=blocks"),
      OptionSpec("seed", .count(0...Int.max), "the start; else the session's"),
      .stop,
    ],
    examples: ["als", "als k=20 feedback=implicit", "als solver=blocks block=16 epochs=5"],
    notes: """
      Explicit defaults are LensKit's BiasedMF: λ = 0.1 times the count of ratings on a scale four wide (in proportion on \
      others), biases damped by 5. Implicit: α = 1 is the default of implicit and of Spark (on a scale up to 5, in \
      proportion on others), λ = 0.1 that of LensKit and of Spark; a value that is not positive counts as not liked. A \
      user's factors are the exact regression on the items' factors, for somebody new as for the training's users. An unknown user gets \
      μ + b_i, or the most frequent items; an unknown item μ + b_u, and no place in lists. The curve shows the training \
      RMSE (explicit) or the objective per confidence (implicit).
      """,
    source: """
      Zhou, Wilkinson, Schreiber & Pan 2008, doi:10.1007/978-3-540-68880-8_32; Hu, Koren & Volinsky 2008, \
      doi:10.1109/ICDM.2008.22; Takács, Pilászy & Tikk 2011, doi:10.1145/2043932.2043987; Rendle, Krichene, Zhang & Koren \
      2021, doi:10.48550/arXiv.2110.14044
      """,
    models: ALS.self
  ) { dataset, options, training in try ALS.train(dataset, ALS.Configuration(options), training) }
}
