internal import RecAlgebra
package import RecData
internal import RecKernels

/// Bayesian matrix factorization: the mean prediction over samples of the posterior, with labels of users and items.
///
/// A score is the mean over the samples of *user's mean · item's mean*, each taken given the other side's draw before it:
/// for an item that the user has not rated the two are independent given that draw, so that nothing is lost, and the
/// noise of the draws is (Rao–Blackwell). Everybody's factors are computed from the history in closed form, so that the
/// same history gives the same bits whether the user was trained on or not.
package struct BPMF: Recommender {
  /// How it is trained.
  package struct Configuration: Sendable {
    /// Factors beside the bias.
    package var factors = 15
    package var epochs = 100
    /// Epochs before the first that counts; nil for a quarter of all.
    package var burnIn: Int?
    /// How many states of the chain are kept, evenly spread; at most one for each epoch that counts.
    package var samples = 30
    /// Fields of users and items; nil for all that tell groups of them apart.
    package var fields: [String]?
    /// Whether what somebody rated, and who rated something, says more than the ratings.
    package var usesImplicit = true
    /// nil for the training's seed.
    package var seed: UInt64?
    package init() {}
  }

  package let predictsRatings: Bool
  /// Items × (factors · samples), sample by sample; offsets are the mean biases, in the data's units.
  private let scorer: BilinearScorer
  private let posterior: [PosteriorSample]
  private let mean: Double
  private let deviation: Double
  /// The labels of each user and of each item; rows × labels.
  private let userLabels: SparseRows
  private let itemLabels: SparseRows
  private let itemLabelNames: [String]

  package var itemCount: Int { scorer.itemCount }
  package var comparesItems: Bool { true }

  /// - Parameters:
  ///   - posterior: At least one sample.
  ///   - itemMeans: The items' means of each sample; items × stride.
  init(
    _ dataset: Dataset, posterior: [PosteriorSample], itemMeans: [[Float]], mean: Double, deviation: Double,
    userFeatures: SideFeatures, itemFeatures: SideFeatures
  ) {
    precondition(!posterior.isEmpty && posterior.count == itemMeans.count, "each sample has the items' means")
    self.posterior = posterior
    self.mean = mean
    self.deviation = deviation
    predictsRatings = dataset.feedback != .events
    userLabels = SparseRows(joining: userFeatures.groups.map(\.matrix), rowCount: dataset.entities.users.count)
    itemLabels = SparseRows(joining: itemFeatures.groups.map(\.matrix), rowCount: dataset.entities.items.count)
    itemLabelNames = itemFeatures.groups.flatMap(\.labels)
    let (rank, stride, count) = (posterior[0].rank, posterior[0].items.stride, dataset.entities.items.count)
    var factors = DenseMatrix(rowCount: count, columnCount: rank * posterior.count)
    var offsets = [Double](repeating: 0, count: count)
    for item in 0..<count {
      for (sample, means) in itemMeans.enumerated() {
        let start = item * factors.stride + sample * rank
        for place in 0..<rank { factors.storage[start + place] = means[item * stride + place] }
        offsets[item] += Double(means[item * stride + rank])
      }
      offsets[item] *= deviation / Double(posterior.count)
    }
    var isRated = [Bool](repeating: false, count: count)
    for item in dataset.interactions.columns { isRated[Int(item)] = true }
    let labels = itemLabels
    scorer = BilinearScorer(itemFactors: factors, itemOffsets: offsets) { isRated[$0] || !labels.row($0).isEmpty }
  }

  package var isConsistent: Bool {
    guard let rank = posterior.first?.rank, scorer.rank == rank * posterior.count else { return false }
    return itemLabels.rowCount == itemCount && itemLabelNames.count == itemLabels.columnCount
      && posterior.allSatisfy {
        $0.isConsistent(
          items: itemCount, rank: rank, userLabels: userLabels.columnCount, itemLabels: itemLabels.columnCount)
      }
  }

  package var facts: [ModelFact] {
    [
      ModelFact("factors", .count(posterior[0].rank), of: "factor"),
      ModelFact("samples", .count(posterior.count), of: "sample"),
    ]
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let (factor, offset) = factors(of: history)
    scorer.score(factor: factor.span, userOffset: offset, into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let users = histories.map(factors)
    scorer.score(
      factors: DenseMatrix(rows: users.map(\.factor)), userOffsets: users.map(\.offset), into: &scores)
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    let (factor, offset) = factors(of: history)
    let scores = scorer.predict(factor: factor.span, userOffset: offset, items: items)
    return scores.map { $0.isFinite ? $0 : Float(offset) }
  }

  package func similarities(to item: ItemIndex) -> [Float]? { scorer.similarities(to: item.raw) }

  /// Somebody's factors, sample by sample, scaled so that their product with an item's is a mean in the data's units; and
  /// the mean of all with the user's bias.
  private func factors(of history: History) -> (factor: [Float], offset: Double) {
    let rank = posterior[0].rank
    var factor: [Float] = []
    factor.reserveCapacity(rank * posterior.count)
    var bias = 0.0
    let scale = deviation / Double(posterior.count)
    let targets = targets(of: history)
    for sample in posterior {
      let means = self.means(history, targets, sample)
      for place in 0..<rank { factor.append(Float(scale) * means[place]) }
      bias += Double(means[rank])
    }
    return (factor, mean + scale * bias)
  }

  /// The history's values as the sampler sees them.
  private func targets(of history: History) -> [Float] {
    history.values.map { Float((Double($0) - (predictsRatings ? mean : 0)) / deviation) }
  }

  /// The mean of somebody's factors and bias in one state of the chain; (stride,).
  private func means(_ history: History, _ targets: [Float], _ sample: PosteriorSample) -> [Float] {
    let stride = sample.items.stride
    let prior = sample.priorMean(items: history.items, labels: labels(of: history.user))
    var means = [Float](repeating: 0, count: stride)
    var none: [Float] = []
    let offsets = [0, history.items.count]
    var output = means.mutableSpan
    var unused = none.mutableSpan
    GibbsKernels.drawRows(
      offsets: offsets.span, columns: history.items.span, targets: targets.span, rows: 0..<1,
      others: sample.items.rows, sample.setting(addsGram: predictsRatings), priorMeans: prior.span,
      normals: [Float]().span, means: &output, samples: &unused)
    return means
  }

  /// The labels of a user that the model was trained on, with how much of each.
  private func labels(of user: UserIndex?) -> [(Int32, Float)] {
    guard let user, user.raw < userLabels.rowCount else { return [] }
    return userLabels.row(user.raw).map { (userLabels.columns[$0], userLabels.values[$0]) }
  }

  // MARK: Reasons

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard scorer.canScore(item.raw) else { return nil }
    let labels = itemLabels.row(item.raw)
    let targets = targets(of: history)
    let (rank, scale) = (posterior[0].rank, deviation / Double(posterior.count))
    var userBias = 0.0
    var itemBias = scorer.itemOffsets[item.raw]
    var labelled = [Double](repeating: 0, count: labels.count)
    var everybody = 0.0
    var rated = [Double](repeating: 0, count: history.items.count)
    for (place, sample) in posterior.enumerated() {
      let user = means(history, targets, sample).map { Double($0) }
      userBias += scale * user[rank]
      var own = (0..<rank).map { Double(scorer.itemFactors[item.raw, place * rank + $0]) }
      for (number, entry) in labels.enumerated() {
        let value = Double(itemLabels.values[entry])
        let weights = sample.itemLabels.row(Int(itemLabels.columns[entry])).map { value * Double($0) }
        var product = weights[rank]
        for factor in 0..<rank {
          product += user[factor] * weights[factor]
          own[factor] -= weights[factor]
        }
        labelled[number] += scale * product
        itemBias -= scale * weights[rank]
      }
      let shares = sample.shares(
        of: history.items, targets, labels: self.labels(of: history.user), in: own, addsGram: predictsRatings)
      everybody += scale * shares.prior
      for (number, share) in shares.rated.enumerated() { rated[number] += scale * share }
    }
    var parts: [Explanation.Part] = [
      .init(.mean, mean), .init(.userBias, userBias), .init(.itemBias, itemBias),
      .init(.other("everybody's taste"), everybody),
    ]
    parts += labels.enumerated().map { number, entry in
      .init(.term(itemLabelNames[Int(itemLabels.columns[entry])]), labelled[number])
    }
    let reasons = history.items.indices.map { place in
      Explanation.Part(.rated(ItemIndex(history.items[place]), value: history.values[place]), rated[place])
    }
    return Explanation(parts: parts + Explanation.largest(reasons, noun: "ratings"))
  }
}

extension SparseRows {
  /// Matrices of the same rows side by side.
  fileprivate init(joining matrices: [SparseRows], rowCount: Int) {
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in 0..<rowCount {
      var first: Int32 = 0
      for matrix in matrices {
        for entry in matrix.row(row) {
          columns.append(first + matrix.columns[entry])
          values.append(matrix.values[entry])
        }
        first += Int32(matrix.columnCount)
      }
      offsets.append(columns.count)
    }
    self.init(
      rowCount: rowCount, columnCount: matrices.reduce(0) { $0 + $1.columnCount }, offsets: offsets, columns: columns,
      values: values)
  }
}

extension Algorithm {
  /// Bayesian matrix factorization.
  package static let bpmf = Algorithm(
    name: "bpmf",
    summary: "average many likely factorizations, fields of both sides included",
    options: [
      .count("k", default: 15, in: 1...255, unit: "factors", "how many factors describe a user and an item"),
      .epochs(default: 100, "how often everything is drawn anew"),
      OptionSpec(
        "burnin", .count(0...100_000), unit: "epochs", "how many at the start do not count; a quarter where left out"),
      .count(
        "samples", default: 30, in: 1...10_000, unit: "samples", "how many of the others are kept, evenly spread"),
      OptionSpec(
        "features", .fields, default: "auto", list: true,
        "fields of items and users that tell groups of them apart: all of them, none, or those named"),
      .flag("implicit", default: true, "let what somebody rated, and who rated something, count beside the ratings"),
      OptionSpec("seed", .count(0...Int.max), "of the draws; else the session's"),
    ],
    examples: ["bpmf epochs=20", "bpmf k=8 epochs=20 features=genres implicit=off"],
    notes: """
      Gibbs sampling needs no regularization and no learning rate: how far factors, weights of features and ratings scatter \
      is drawn with the rest (normal-Wishart prior with W₀ = I, ν₀ = k + 1, β₀ = 2 as in Salakhutdinov & Mnih; gamma priors \
      with shape and rate 1 as in libFM), on ratings of mean 0 and deviation 1. More epochs never overfit, so nothing stops \
      early; interrupted, it keeps the samples so far. As in a factorization machine the factors of an item are the sum of \
      its own, of those of its labels, and of those of the users who rated it, and the user's likewise (SVD++ on both sides); \
      products within one side are left out. Labels are categories, numbers and the year in titles cut into at most 16 ranges of \
      about equal counts, and texts that repeat. Items without ratings are scored by their labels; without either they cannot \
      be, and are predicted by μ + b_u. Everybody is folded in, in closed form; an unknown user gets everybody's taste. The \
      labels of a user who has rated since do not count. Events: every absent entry counts as zero, and implicit is off. Memory: about \
      samples × items × 12 (k + 1) bytes. Epochs are libFM's and myfm's; k = 15 fills a vector of 16 with the bias; 30 samples \
      cost less than .0005 of the error against all.
      """,
    source: """
      Salakhutdinov & Mnih 2008, doi:10.1145/1390156.1390267; Rendle 2012 (libFM), doi:10.1145/2168752.2168771; Simm et al. \
      2017 (Macau), doi:10.1109/MLSP.2017.8168143; Rendle, Zhang & Koren 2019, doi:10.48550/arXiv.1905.01395
      """,
    models: BPMF.self
  ) { dataset, options, training in
    var configuration = BPMF.Configuration()
    configuration.factors = options.count("k") ?? configuration.factors
    configuration.epochs = options.count("epochs") ?? configuration.epochs
    configuration.burnIn = options.count("burnin")
    configuration.samples = options.count("samples") ?? configuration.samples
    switch options.words("features") {
    case nil, ["auto"]: configuration.fields = nil
    case ["none"]: configuration.fields = []
    case let names: configuration.fields = names
    }
    configuration.usesImplicit = options.flag("implicit") ?? configuration.usesImplicit
    configuration.seed = options.count("seed").map { UInt64($0) }
    return try BPMF.trained(on: dataset, configuration, training)
  }
}
