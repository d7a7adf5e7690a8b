internal import RecAlgebra
internal import RecKernels

extension BPR.Configuration {
  /// What the options of `bpr` ask for.
  init(_ options: OptionValues) {
    self.init()
    loss = options.word("loss").flatMap(Loss.init) ?? loss
    factors = options.count("k") ?? factors
    epochs = options.count("epochs") ?? epochs
    rate = options.number("rate") ?? rate
    regularization = options.number("reg") ?? regularization
    spread = options.number("spread") ?? spread
    positives = options.word("positive").flatMap(Positives.init) ?? positives
    negatives = options.word("negatives").flatMap(Negatives.init) ?? negatives
    trials = options.count("trials") ?? trials
    norm = options.number("norm") ?? norm
    seed = options.count("seed").map { UInt64($0) }
    stopsEarly = options.stopsEarly
  }

  /// How the steps go.
  ///
  /// WARP takes the rank of a positive to be ⌊(n − 1) / t⌋ if the t-th negative is ranked too high, n being how many items
  /// there are, and weights the pair by Σ 1/s for s up to the rank; here divided by the greatest of these weights.
  func rule(seed: UInt64, purpose: String, itemCount: Int) -> PairwiseRule {
    PairwiseRule(
      loss: loss == .bpr ? .logistic : .rankedHinge(weights: rankWeights(itemCount), longest: Float(norm)),
      rate: Float(rate), regularization: Float(regularization), trials: trials, seed: seed,
      purpose: CounterRandom.Purpose(purpose).rawValue)
  }

  /// The weight of a pair by how many negatives were tried before; (trials,).
  private func rankWeights(_ itemCount: Int) -> [Float] {
    var sums = [0.0]
    for rank in 1...max(1, itemCount - 1) { sums.append(sums[rank - 1] + 1 / Double(rank)) }
    return (1...trials).map { Float(sums[max(1, (itemCount - 1) / $0)] / sums[sums.count - 1]) }
  }
}
