package import RecData

/// Predicts a rating as mean + user bias + item bias, and ranks by it: for one user, by the item biases.
package struct Baseline: Recommender {
  package let estimates: BaselineEstimates
  package let predictsRatings: Bool

  package var itemCount: Int { estimates.itemCount }

  package init(_ dataset: Dataset, damping: Double) throws(TrainingError) {
    if dataset.count == 0 { throw .noInteractions }
    estimates = BaselineEstimates(dataset.interactions, damping: damping)
    predictsRatings = dataset.feedback != .events
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let offset = estimates.mean + estimates.userBias(history)
    for item in estimates.itemBiases.indices {
      scores[item] = estimates.isKnown(item) ? Float(offset + estimates.itemBiases[item]) : -.infinity
    }
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    let offset = estimates.mean + estimates.userBias(history)
    return items.map { Float(offset + estimates.itemBiases[Int($0)]) }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard estimates.isKnown(item.raw) else { return nil }
    return Explanation(parts: [
      .init(.mean, estimates.mean), .init(.userBias, estimates.userBias(history)),
      .init(.itemBias, estimates.itemBiases[item.raw]),
    ])
  }
}

extension Algorithm {
  /// Mean and biases.
  package static let baseline = Algorithm(
    name: "baseline", summary: "predict the mean, adjusted for the user and the item", isReference: true,
    options: [
      OptionSpec(
        "damping", .number(0...1_000_000), default: "5", unit: "ratings",
        "how many ratings at the mean every user and item is given beforehand")
    ],
    examples: ["baseline", "baseline damping=10"],
    notes: """
      b_i = Σ(r − μ)/(n_i + damping), b_u = Σ(r − μ − b_i)/(n_u + damping). An unknown user has b_u = 0, an unknown item \
      b_i = 0; in lists an item without ratings cannot be scored. The default damping is LensKit's. Events are ranked by \
      their mean weight and get no predicted ratings.
      """,
    source: "Koren 2008, section 2.1, doi:10.1145/1401890.1401944", models: Baseline.self
  ) { dataset, options, _ in
    let damping = options.number("damping") ?? BaselineEstimates.standardDamping
    return TrainedRecommender(try Baseline(dataset, damping: damping))
  }
}
