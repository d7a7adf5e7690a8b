internal import RecAlgebra
package import RecData
package import RecKernels

/// Predicts a rating from the user's ratings of other items and how much better the item is rated than those on the average.
package struct SlopeOne: Recommender {
  private let differences: MeanDifferences
  private let estimates: BaselineEstimates
  /// Whether a difference counts as often as it was seen.
  private let isWeighted: Bool
  package let predictsRatings: Bool

  package var itemCount: Int { estimates.itemCount }

  /// - Parameters:
  ///   - isWeighted: whether a difference counts as often as it was seen.
  ///   - support: so many users must have rated both items of a difference.
  package init(_ dataset: Dataset, isWeighted: Bool, support: Int, _ execution: Execution) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    predictsRatings = dataset.feedback != .events
    self.isWeighted = isWeighted || !predictsRatings
    estimates = BaselineEstimates(dataset.interactions)
    differences = try MeanDifferences(
      of: dataset.interactions.transposed(execution.workers), transpose: dataset.interactions, support: support,
      label: "slopeone", execution)
  }

  package func isConsistent(userCount: Int) -> Bool {
    differences.isConsistent && differences.means.rowCount == itemCount
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) { score([history], into: &scores) }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let limit = DeviationKernels.userLimit
    for first in stride(from: 0, to: histories.count, by: limit) {
      let block = histories[first..<min(histories.count, first + limit)]
      let sums = sums(Array(block))
      for (place, history) in block.enumerated() {
        let level = self.level(history)
        for item in 0..<itemCount {
          let (sum, number) = (sums[2 * (place * itemCount + item)], sums[2 * (place * itemCount + item) + 1])
          let score = predictsRatings ? rating(history, item, level, sum, number) : Float(number)
          scores[(first + place) * itemCount + item] = !estimates.isKnown(item) ? -.infinity : score
        }
        if !predictsRatings && history.isEmpty {
          for item in 0..<itemCount where estimates.isKnown(item) {
            scores[(first + place) * itemCount + item] = Float(estimates.itemCounts[item])
          }
        }
      }
    }
  }

  /// What each user's items say of all items: users × items pairs of sum and number.
  private func sums(_ histories: [History]) -> [Double] {
    var masks = [UInt64](repeating: 0, count: itemCount)
    var values = [Float](repeating: 0, count: DeviationKernels.userLimit * itemCount)
    for (place, history) in histories.enumerated() {
      for (item, value) in zip(history.items, history.values) {
        masks[Int(item)] |= 1 << UInt64(place)
        values[DeviationKernels.userLimit * Int(item) + place] = value
      }
    }
    var sums = [Double](repeating: 0, count: 2 * histories.count * itemCount)
    var span = sums.mutableSpan
    let means = differences.means
    DeviationKernels.addDeviations(
      offsets: means.offsets.span, columns: means.columns.span, means: means.values.span,
      counts: differences.counts.span, userCount: histories.count, masks: masks.span, values: values.span,
      isWeighted: isWeighted, into: &span)
    return sums
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    if items.count > itemCount / 8 || !predictsRatings {
      let scores = scores(history)
      return items.map { item in
        scores[Int(item)].isFinite ? scores[Int(item)] : rating(history, Int(item), self.level(history), 0, 0)
      }
    }
    let level = self.level(history)
    return items.map { item in
      let parts = parts(history, Int(item))
      let sums = parts.reduce((0.0, 0.0)) { ($0.0 + $1.sum, $0.1 + $1.number) }
      return rating(history, Int(item), level, sums.0, sums.1)
    }
  }

  /// What each item of a history says of another: the additions of the kernel, in its order.
  private func parts(_ history: History, _ item: Int) -> [(place: Int, sum: Double, number: Double)] {
    history.items.indices.compactMap { place in
      guard Int(history.items[place]) != item,
        let (mean, count) = differences.difference(item, Int(history.items[place]))
      else { return nil }
      if !isWeighted { return (place, Double(mean), 1) }
      return (place, Double(count) * (Double(history.values[place]) + Double(mean)), Double(count))
    }
  }

  private func level(_ history: History) -> Double {
    history.values.reduce(0) { $0 + Double($1) } / Double(max(1, history.values.count))
  }

  /// - Parameter level: the mean of the user's ratings.
  private func rating(_ history: History, _ item: Int, _ level: Double, _ sum: Double, _ number: Double) -> Float {
    guard !history.isEmpty, estimates.isKnown(item) else {
      return Float(estimates.mean + estimates.userBias(history) + estimates.itemBiases[item])
    }
    if number == 0 { return Float(level) }
    return Float(isWeighted ? sum / number : level + sum / number)
  }

  // MARK: Reasons

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard estimates.isKnown(item.raw) else { return nil }
    let mean = estimates.mean
    if history.isEmpty {
      return Explanation(
        parts: predictsRatings
          ? [.init(.mean, mean), .init(.itemBias, estimates.itemBiases[item.raw])]
          : [.init(.other("interactions with it"), Double(estimates.itemCounts[item.raw]))])
    }
    let parts = parts(history, item.raw)
    let number = parts.reduce(0) { $0 + $1.number }
    let level = self.level(history)
    let shares = parts.map { part in
      // Of a weighted mean, how far each item's word lies above the user's mean.
      let deviation = isWeighted ? part.sum - part.number * level : part.sum
      return Explanation.Part(
        .rated(ItemIndex(history.items[part.place]), value: history.values[part.place]),
        predictsRatings ? deviation / number : part.number)
    }
    let constants: [Explanation.Part] = predictsRatings ? [.init(.mean, mean), .init(.userBias, level - mean)] : []
    return Explanation(parts: constants + Explanation.largest(shares, noun: "ratings"))
  }

  package var facts: [ModelFact] {
    let count = differences.counts.count
    return [ModelFact("differences", .count(count), of: "difference")]
  }
}

extension Algorithm {
  /// Slope one.
  package static let slopeone = Algorithm(
    name: "slopeone", summary: "predict by how much better items are rated than others",
    options: [
      .flag("weighted", default: true, "let a difference count as often as it was seen"),
      .count(
        "support", default: 1, in: 1...1_000_000, unit: "users", "so many users must have rated both of two items"),
    ],
    examples: ["slopeone", "slopeone weighted=off"],
    notes: """
      The mean difference of two items is over the users who rated both. Weighted, a rating is the mean of (rating + \
      difference) over the user's items, each as often as it was seen: the paper's weighted slope one, which it finds \
      the better one. Otherwise it is the user's mean plus the mean difference, the paper's slope one as Surprise has it. \
      Each pair with a common user takes 12 bytes; support leaves out the rare ones. An unknown user is answered by \
      μ + b_i, an item without ratings by μ + b_u, and it has no place in lists; where nothing of the user's goes with \
      an item, by the user's mean. Anybody is folded in: the ratings are all it needs of a user. Events differ in \
      nothing: their lists go by how often items occur together, and there are no predicted ratings.
      """,
    source: "Lemire & Maclachlan 2005, doi:10.1137/1.9781611972757.43", models: SlopeOne.self
  ) { dataset, options, training in
    TrainedRecommender(
      try SlopeOne(
        dataset, isWeighted: options.flag("weighted") ?? true, support: options.count("support") ?? 1,
        training.execution))
  }
}
