internal import RecAlgebra
package import RecData
package import RecKernels

/// Recommends items that are like what the user rated: item-based nearest neighbours.
///
/// A list adds up similarity times rating over those of an item's k nearest neighbours that the user rated. A rating is
/// predicted from the k most similar of *all* items that the user rated, as Surprise does it, but among the neighbours
/// that were kept.
package struct ItemKNN: Recommender {
  package let configuration: NeighborConfiguration
  package let estimates: BaselineEstimates
  package let predictsRatings: Bool
  /// The nearest neighbours: for each rated item, those that it adds to; rated items × items.
  let near: SparseRows
  /// The other neighbours that were kept, for predicted ratings; of the same shape.
  let far: SparseRows
  /// Of each item's ratings; empty where the centring needs none.
  private let spreads: RatingSpreads
  /// The length of each item's vector, where similarities are not cosines; else empty.
  private let lengths: [Float]

  package var itemCount: Int { near.rowCount }
  package var comparesItems: Bool { true }
  package var ranksByRating: Bool { predictsRatings && configuration.ranking == .rating }

  package init(_ dataset: Dataset, _ configuration: NeighborConfiguration, _ execution: Execution) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    self.configuration = configuration
    predictsRatings = dataset.feedback != .events
    let interactions = dataset.interactions
    // Events are only counted.
    let estimates =
      predictsRatings
      ? try BaselineEstimates.alternating(interactions, Training(seed: 0, execution: execution))
      : BaselineEstimates(interactions)
    self.estimates = estimates
    let items = interactions.transposed(execution.workers)
    let vectors = ComparedVectors(configuration.comparison, rows: items) {
      (0..<interactions.rowCount).map { estimates.mean + estimates.userBias(dataset.history(of: UserIndex($0))) }
    }
    let (rows, similarity) = vectors.similarity(
      items, biases: { estimates.itemBiases[$0] }, workers: execution.workers)
    try execution.checkpoint()
    let keep = predictsRatings ? max(configuration.kept, configuration.neighbors) : configuration.neighbors
    let neighbors = try similarity.neighbors(of: rows, keep: keep, label: "knn", execution)
    let parts = neighbors.partitioned(largest: configuration.neighbors, workers: execution.workers)
    let isOfItem = configuration.nearest == .item
    near = isOfItem ? parts.largest.transposed(execution.workers) : parts.largest
    far = isOfItem ? parts.others.transposed(execution.workers) : parts.others
    let isSpread = predictsRatings && [.mean, .zscore].contains(configuration.centering)
    spreads = RatingSpreads(isSpread ? items : nil)
    lengths =
      configuration.comparison.similarity == .bm25
      ? (0..<rows.rowCount).map { row in
        Float(rows.values[rows.row(row)].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
      } : []
  }

  package func isConsistent(userCount: Int) -> Bool {
    let isSpread = predictsRatings && [.mean, .zscore].contains(configuration.centering)
    return near.columnCount == itemCount && far.rowCount == itemCount && far.columnCount == itemCount
      && estimates.itemCount == itemCount && spreads.isConsistent && spreads.count == (isSpread ? itemCount : 0)
      && lengths.count == (configuration.comparison.similarity == .bm25 ? itemCount : 0)
  }

  // MARK: Lists

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if ranksByRating {
      let ratings = ratings(history)
      for item in 0..<itemCount { scores[item] = estimates.isKnown(item) ? ratings[item] : -.infinity }
      return
    }
    if history.isEmpty {
      for item in 0..<itemCount {
        scores[item] = estimates.isKnown(item) ? Float(estimates.itemCounts[item]) : -.infinity
      }
      return
    }
    scores.update(repeating: 0)
    let (items, values) = (history.items, history.values)
    NeighborKernels.addRows(
      items.span, weights: values.span, offsets: near.offsets.span, columns: near.columns.span,
      values: near.values.span, columnCount: itemCount, into: &scores)
    for item in 0..<itemCount where !estimates.isKnown(item) { scores[item] = -.infinity }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    if ranksByRating { return explainRating(history, item: item) }
    guard estimates.isKnown(item.raw) else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(estimates.itemCounts[item.raw]))])
    }
    let parts = zip(history.items, history.values).compactMap { rated, value -> Explanation.Part? in
      guard let similarity = near.value(row: Int(rated), column: item.raw) else { return nil }
      return .init(.rated(ItemIndex(rated), value: value), Double(value) * Double(similarity))
    }
    return Explanation(parts: Explanation.largest(parts, noun: "ratings"))
  }

  // MARK: Ratings

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    if items.count > itemCount / 8 || !predictsRatings {
      let ratings = predictsRatings ? ratings(history) : scores(history)
      return items.map { ratings[Int($0)] }
    }
    let deviations = deviations(history)
    return items.map { item in
      let neighbors = neighbors(history, of: Int(item))
      return rating(history, Int(item), sums(neighbors, deviations))
    }
  }

  /// The predicted ratings of all items; the bits that predicting one by one gives.
  private func ratings(_ history: History) -> [Float] {
    let deviations = deviations(history)
    if history.items.count > configuration.neighbors {
      let candidates = NeighborCandidates(history.items, near, far)
      return (0..<itemCount).map { rating(history, $0, self.sums(candidates.neighbors(of: $0), deviations)) }
    }
    // Nobody is left out, so that the sums can be made in passing.
    var sums = [NeighborSums](repeating: NeighborSums(), count: itemCount)
    for (place, rated) in history.items.enumerated() {
      for rows in [near, far] {
        for entry in rows.row(Int(rated)) {
          sums[Int(rows.columns[entry])].add(rows.values[entry], deviations[place])
        }
      }
    }
    return sums.indices.map { rating(history, $0, sums[$0]) }
  }

  /// The neighbours of an item that the history holds, in its order: place and similarity.
  private func neighbors(_ history: History, of item: Int) -> [(place: Int, similarity: Float)] {
    history.items.indices.compactMap { place in
      let rated = Int(history.items[place])
      let similarity = near.value(row: rated, column: item) ?? far.value(row: rated, column: item)
      return similarity.map { (place, $0) }
    }
  }

  private func sums(_ neighbors: some Collection<(place: Int, similarity: Float)>, _ deviations: [Double])
    -> NeighborSums
  {
    var sums = NeighborSums()
    for neighbor in nearest(neighbors, configuration.neighbors) {
      sums.add(neighbor.similarity, deviations[neighbor.place])
    }
    return sums
  }

  private func rating(_ history: History, _ item: Int, _ sums: NeighborSums) -> Float {
    guard !history.isEmpty, estimates.isKnown(item) else { return Float(baseline(history, item)) }
    let mean = sums.mean(minimum: configuration.minimum)
    switch configuration.centering {
    case .none: return Float(mean ?? baseline(history, item))
    case .mean: return Float(spreads[item].mean + (mean ?? 0))
    case .zscore: return Float(spreads[item].mean + spreads[item].deviation * (mean ?? 0))
    case .baseline: return Float(baseline(history, item) + (mean ?? 0))
    }
  }

  /// The history's ratings less what the centring takes away.
  private func deviations(_ history: History) -> [Double] {
    let level = estimates.mean + estimates.userBias(history)
    return zip(history.items, history.values).map { rated, value in
      let (item, value) = (Int(rated), Double(value))
      switch configuration.centering {
      case .none: return value
      case .mean: return value - spreads[item].mean
      case .zscore: return (value - spreads[item].mean) / spreads[item].deviation
      case .baseline: return value - level - estimates.itemBiases[item]
      }
    }
  }

  private func baseline(_ history: History, _ item: Int) -> Double {
    estimates.mean + estimates.userBias(history) + estimates.itemBiases[item]
  }

  package func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    guard predictsRatings, estimates.isKnown(item.raw) else { return nil }
    let chosen = nearest(neighbors(history, of: item.raw), configuration.neighbors)
    let deviations = deviations(history)
    let sums = sums(chosen, deviations)
    let isAnswered = sums.mean(minimum: configuration.minimum) != nil
    let scale =
      isAnswered ? (configuration.centering == .zscore ? spreads[item.raw].deviation : 1) / sums.similarity : 0
    let parts =
      !isAnswered
      ? []
      : chosen.map { place, similarity in
        Explanation.Part(
          .rated(ItemIndex(history.items[place]), value: history.values[place]),
          scale * Double(similarity) * deviations[place])
      }
    return Explanation(
      parts: constants(history, item.raw, isAnswered) + Explanation.largest(parts, noun: "ratings"))
  }

  /// What a predicted rating is made of beside the neighbours.
  private func constants(_ history: History, _ item: Int, _ isAnswered: Bool) -> [Explanation.Part] {
    let mean = estimates.mean
    switch configuration.centering {
    case .none where isAnswered: return []
    case .mean where !history.isEmpty, .zscore where !history.isEmpty:
      return [.init(.mean, mean), .init(.itemBias, spreads[item].mean - mean)]
    default:
      return [
        .init(.mean, mean), .init(.userBias, estimates.userBias(history)), .init(.itemBias, estimates.itemBiases[item]),
      ]
    }
  }

  // MARK: Likeness

  /// As alike as the model knows; NaN for items that are not among the neighbours.
  package func similarities(to item: ItemIndex) -> [Float]? {
    var similarities = [Float](repeating: .nan, count: itemCount)
    for rows in [near, far] {
      if configuration.nearest == .rated {
        for entry in rows.row(item.raw) { similarities[Int(rows.columns[entry])] = rows.values[entry] }
      } else {
        for other in 0..<itemCount {
          if let similarity = rows.value(row: other, column: item.raw) { similarities[other] = similarity }
        }
      }
    }
    if !lengths.isEmpty {
      for other in 0..<itemCount { similarities[other] /= lengths[item.raw] * lengths[other] }
    }
    if estimates.isKnown(item.raw) { similarities[item.raw] = 1 }
    return similarities
  }

  package var facts: [ModelFact] {
    [ModelFact("neighbors", .count(near.entryCount + far.entryCount), of: "neighbor")]
  }
}
