internal import RecAlgebra
package import RecData
package import RecKernels

/// Recommends what users alike rated: user-based nearest neighbours.
///
/// The user is compared with everybody when a score is wanted, so that whoever has rated since, or is new, is answered like
/// anybody else; nothing is kept but the ratings. A list adds up similarity times rating over the k nearest users; a
/// rating is predicted from the k nearest of those who rated the item. A user's own ratings, where they were trained on,
/// are a neighbour's that say nothing of open items.
package struct UserKNN: Recommender {
  package let configuration: NeighborConfiguration
  package let estimates: BaselineEstimates
  package let predictsRatings: Bool
  /// users × items.
  private let ratings: SparseRows
  /// items × users.
  private let raters: SparseRows
  private let vectors: ComparedVectors
  private let similarity: RowSimilarity
  /// The baseline's bias of each user.
  private let biases: [Double]
  /// Of each user's ratings; empty where the centring needs none.
  private let spreads: RatingSpreads
  private let everybody: RatingSpread

  package var itemCount: Int { ratings.columnCount }
  package var ranksByRating: Bool { predictsRatings && configuration.ranking == .rating }

  package init(_ dataset: Dataset, _ configuration: NeighborConfiguration, _ execution: Execution) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let estimates = try BaselineEstimates.alternating(dataset.interactions, Training(seed: 0, execution: execution))
    self.init(
      dataset.interactions, configuration, estimates, predictsRatings: dataset.feedback != .events, execution.workers)
    try execution.checkpoint()
  }

  private init(
    _ ratings: SparseRows, _ configuration: NeighborConfiguration, _ estimates: BaselineEstimates,
    predictsRatings: Bool, _ workers: Workers
  ) {
    self.configuration = configuration
    self.estimates = estimates
    self.predictsRatings = predictsRatings
    self.ratings = ratings
    raters = ratings.transposed(workers)
    vectors = ComparedVectors(configuration.comparison, rows: ratings) {
      estimates.itemBiases.map { estimates.mean + $0 }
    }
    let biases = (0..<ratings.rowCount).map { estimates.userBias(ratings.history($0)) }
    similarity = vectors.similarity(ratings, biases: { biases[$0] }, workers: workers).similarity
    self.biases = biases
    everybody = RatingSpread(ratings.values)
    let isSpread = predictsRatings && [.mean, .zscore].contains(configuration.centering)
    spreads = RatingSpreads(isSpread ? ratings : nil)
  }

  package func isConsistent(userCount: Int) -> Bool { ratings.rowCount == userCount }

  // MARK: Neighbours

  /// The users who are like somebody, by index, with how much.
  private func alike(_ history: History, keep: Int) -> (users: [Int32], similarities: [Float]) {
    if history.isEmpty { return ([], []) }
    let own = vectors.vector(columns: history.items, ratings: history.values, bias: estimates.userBias(history))
    var scratch = RowSimilarity.Scratch(for: similarity)
    let (items, values) = (history.items, own.values)
    similarity.compare(
      columns: items.span, values: values.span, length: own.length, own: nil, keep: keep, scratch: &scratch)
    return (Array(scratch.rows[..<scratch.count]), Array(scratch.values[..<scratch.count]))
  }

  /// How much every user is like somebody; (users,), 0 where not at all.
  private func likeness(_ history: History) -> [Float] {
    let (users, similarities) = alike(history, keep: ratings.rowCount)
    var likeness = [Float](repeating: 0, count: ratings.rowCount)
    for (user, similarity) in zip(users, similarities) { likeness[Int(user)] = similarity }
    return likeness
  }

  // MARK: Lists

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if ranksByRating {
      let ratings = predict(history, items: (0..<itemCount).map { Int32($0) })
      for item in 0..<itemCount { scores[item] = estimates.isKnown(item) ? ratings[item] : -.infinity }
      return
    }
    if history.isEmpty {
      for item in 0..<itemCount { scores[item] = Float(estimates.itemCounts[item]) }
    } else {
      let (users, similarities) = alike(history, keep: configuration.neighbors)
      scores.update(repeating: 0)
      NeighborKernels.addRows(
        users.span, weights: similarities.span, offsets: ratings.offsets.span, columns: ratings.columns.span,
        values: ratings.values.span, columnCount: itemCount, into: &scores)
    }
    for item in 0..<itemCount where !estimates.isKnown(item) { scores[item] = -.infinity }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    if ranksByRating { return explainRating(history, item: item) }
    guard estimates.isKnown(item.raw) else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(estimates.itemCounts[item.raw]))])
    }
    let (users, similarities) = alike(history, keep: configuration.neighbors)
    let parts = zip(users, similarities).compactMap { user, similarity -> Explanation.Part? in
      guard let value = ratings.value(row: Int(user), column: item.raw) else { return nil }
      return .init(.neighbor(UserIndex(user), value: value), Double(similarity) * Double(value))
    }
    return Explanation(parts: Explanation.largest(parts, noun: "users"))
  }

  // MARK: Ratings

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    guard predictsRatings else {
      let scores = scores(history)
      return items.map { scores[Int($0)] }
    }
    let likeness = likeness(history)
    let level = level(history)
    return items.map { item in
      let mean = sums(neighbors(of: Int(item), likeness), item: Int(item)).mean(minimum: configuration.minimum)
      return rating(history, Int(item), level, mean)
    }
  }

  /// Who rated an item and is alike, by their place among its raters.
  private func neighbors(of item: Int, _ likeness: [Float]) -> [(place: Int, similarity: Float)] {
    var found: [(place: Int, similarity: Float)] = []
    for entry in raters.row(item) {
      let similarity = likeness[Int(raters.columns[entry])]
      if similarity > 0 { found.append((entry, similarity)) }
    }
    return nearest(found, configuration.neighbors)
  }

  private func sums(_ neighbors: [(place: Int, similarity: Float)], item: Int) -> NeighborSums {
    var sums = NeighborSums()
    for neighbor in neighbors { sums.add(neighbor.similarity, deviation(entry: neighbor.place, item: item)) }
    return sums
  }

  /// A neighbour's rating less what the centring takes away.
  private func deviation(entry: Int, item: Int) -> Double {
    let user = Int(raters.columns[entry])
    let value = Double(raters.values[entry])
    switch configuration.centering {
    case .none: return value
    case .mean: return value - spreads[user].mean
    case .zscore: return (value - spreads[user].mean) / spreads[user].deviation
    case .baseline: return value - (estimates.mean + biases[user] + estimates.itemBiases[item])
    }
  }

  private func rating(_ history: History, _ item: Int, _ level: Level, _ mean: Double?) -> Float {
    let baseline = estimates.mean + level.bias + estimates.itemBiases[item]
    guard !history.isEmpty, estimates.isKnown(item) else { return Float(baseline) }
    switch configuration.centering {
    case .none: return Float(mean ?? baseline)
    case .mean: return Float(level.spread.mean + (mean ?? 0))
    case .zscore: return Float(level.spread.mean + level.spread.deviation * (mean ?? 0))
    case .baseline: return Float(baseline + (mean ?? 0))
    }
  }

  /// How somebody rates.
  private struct Level {
    let bias: Double
    let spread: RatingSpread
  }

  private func level(_ history: History) -> Level {
    Level(bias: estimates.userBias(history), spread: RatingSpread(history.values, otherwise: everybody))
  }

  package func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    guard predictsRatings, estimates.isKnown(item.raw) else { return nil }
    let chosen = neighbors(of: item.raw, likeness(history))
    let level = level(history)
    let sums = sums(chosen, item: item.raw)
    let isAnswered = sums.mean(minimum: configuration.minimum) != nil
    let scale = configuration.centering == .zscore ? level.spread.deviation : 1
    let parts =
      !isAnswered
      ? []
      : chosen.map { entry, similarity in
        Explanation.Part(
          .neighbor(UserIndex(raters.columns[entry]), value: raters.values[entry]),
          scale / sums.similarity * Double(similarity) * deviation(entry: entry, item: item.raw))
      }
    return Explanation(
      parts: constants(history, item.raw, level, isAnswered) + Explanation.largest(parts, noun: "users"))
  }

  /// What a predicted rating is made of beside the neighbours.
  private func constants(_ history: History, _ item: Int, _ level: Level, _ isAnswered: Bool) -> [Explanation.Part] {
    let mean = estimates.mean
    switch configuration.centering {
    case .none where isAnswered: return []
    case .mean where !history.isEmpty, .zscore where !history.isEmpty:
      return [.init(.mean, mean), .init(.userBias, level.spread.mean - mean)]
    default:
      return [.init(.mean, mean), .init(.userBias, level.bias), .init(.itemBias, estimates.itemBiases[item])]
    }
  }

  package var facts: [ModelFact] { [ModelFact("ratings", .count(ratings.entryCount), of: "rating")] }
}

extension SparseRows {
  fileprivate func history(_ user: Int) -> History {
    History(user: UserIndex(user), items: Array(columns[row(user)]), values: Array(values[row(user)]))
  }
}

// MARK: Saving

extension UserKNN: Codable {
  private enum CodingKeys: String, CodingKey { case configuration, estimates, predictsRatings, ratings }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(configuration, forKey: .configuration)
    try container.encode(estimates, forKey: .estimates)
    try container.encode(predictsRatings, forKey: .predictsRatings)
    try container.encode(ratings, forKey: .ratings)
  }

  /// Everything else is made of the ratings again.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let configuration = try container.decode(NeighborConfiguration.self, forKey: .configuration)
    let estimates = try container.decode(BaselineEstimates.self, forKey: .estimates)
    let ratings = try container.decode(SparseRows.self, forKey: .ratings)
    guard estimates.itemCount == ratings.columnCount else { throw decoder.corrupted("not a bias for each item") }
    self.init(
      ratings, configuration, estimates,
      predictsRatings: try container.decode(Bool.self, forKey: .predictsRatings), Workers(threadCount: 1))
  }
}
