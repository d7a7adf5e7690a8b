internal import RecAlgebra
package import RecData
internal import RecKernels

/// Ranks items by how many interactions they have, how well they are rated or how much they are in fashion; the same list
/// for everybody.
package struct Popular: Recommender {
  /// What makes an item popular.
  package enum Measure: Sendable, Equatable, Codable {
    /// How many interactions it has.
    case count
    /// The mean of its ratings, with so many at the mean of all added beforehand.
    case mean(damping: Double)
    /// How many interactions it has, each counting half after so many days.
    case decayed(halfLife: Double)
  }

  package let measure: Measure
  /// How many interactions each item has; (itemCount,).
  package let counts: [Int32]
  /// What the items are ranked by; (itemCount,), empty where that is their count.
  private let values: [Double]
  /// The mean of all ratings.
  private let mean: Double

  package var itemCount: Int { counts.count }
  package var predictsRatings: Bool { false }
  package var isConsistent: Bool { values.count == (measure == .count ? 0 : counts.count) }

  package init(_ dataset: Dataset, by measure: Measure = .count) throws(TrainingError) {
    if dataset.count == 0 { throw .noInteractions }
    self.measure = measure
    let interactions = dataset.interactions
    switch measure {
    case .count:
      values = []
      mean = 0
      var counts = [Int32](repeating: 0, count: dataset.entities.items.count)
      for column in interactions.columns { counts[Int(column)] += 1 }
      self.counts = counts
    case .mean(let damping):
      let estimates = BaselineEstimates(interactions, damping: damping)
      mean = estimates.mean
      values = estimates.itemBiases.map { estimates.mean + $0 }
      counts = estimates.itemCounts
    case .decayed(let halfLife):
      guard dataset.times.count == interactions.entryCount, let newest = dataset.times.max() else {
        throw .unsuitable(
          option: "by", reason: "decayed counts need to know when things happened, and the data has no times")
      }
      mean = 0
      var counts = [Int32](repeating: 0, count: dataset.entities.items.count)
      var values = [Double](repeating: 0, count: counts.count)
      for (column, time) in zip(interactions.columns, dataset.times) {
        let days = Double(newest - time) / 86_400
        values[Int(column)] += RealFunctions.pow(2, -days / halfLife)
        counts[Int(column)] += 1
      }
      self.values = values
      self.counts = counts
    }
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    for item in counts.indices {
      scores[item] = counts[item] > 0 ? Float(values.isEmpty ? Double(counts[item]) : values[item]) : -.infinity
    }
  }

  /// The same for everybody, and computed once.
  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let everybody = self.scores(History(user: nil, items: [], values: []))
    for row in histories.indices {
      VectorKernels.copy(everybody.span, into: &scores, from: row * itemCount)
    }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    let count = Double(counts[item.raw])
    if count == 0 { return nil }
    switch measure {
    case .count: return Explanation(parts: [.init(.other("interactions with it"), count)])
    case .mean: return Explanation(parts: [.init(.mean, mean), .init(.itemBias, values[item.raw] - mean)])
    case .decayed:
      return Explanation(parts: [
        .init(.other("interactions with it"), count), .init(.other("their age"), values[item.raw] - count),
      ])
    }
  }
}

extension Algorithm {
  /// The most popular items.
  package static let popular = Algorithm(
    name: "popular", summary: "rank items by how popular they are, the same for everybody", isReference: true,
    options: [
      .choice(
        "by", default: "count",
        [
          Choice("count", "how many interactions an item has"),
          Choice("mean", "the mean of its ratings, with `damping` at the mean of all added"),
          Choice("decayed", "how many interactions it has, each counting half after `halflife` days"),
        ], "what makes an item popular"),
      OptionSpec(
        "damping", .number(0...1_000_000), default: "5", unit: "ratings",
        "mean: how many ratings at the mean every item is given beforehand"),
      OptionSpec(
        "halflife", .number(1e-3...1_000_000), default: "30", unit: "days",
        "decayed: after how long an interaction counts half, back from the newest"),
    ],
    examples: ["popular", "popular by=mean damping=25"],
    uses: [],
    notes: """
      Everybody gets the same list, so an unknown user is no special case. Equally popular items are ordered by id. \
      An item without interactions cannot be scored. It predicts no ratings, also not by their mean: that is what baseline \
      does. The damping of 5 is LensKit's and baseline's; the half-life of a month is a choice of ours, in the order of \
      Ji et al.'s. decayed needs times. It needs no command: named where a model is wanted, it is trained on the spot.
      """,
    source: """
      Cremonesi, Koren & Turrin 2010 (their TopPop), doi:10.1145/1864708.1864721; Ji, Sun, Zhang & Li 2020 (decay), \
      doi:10.1145/3397271.3401233
      """,
    models: Popular.self
  ) { dataset, options, _ in
    let measure: Popular.Measure =
      switch options.word("by") {
      case "mean": .mean(damping: options.number("damping") ?? BaselineEstimates.standardDamping)
      case "decayed": .decayed(halfLife: options.number("halflife") ?? 30)
      default: .count
      }
    return TrainedRecommender(try Popular(dataset, by: measure))
  }
}
