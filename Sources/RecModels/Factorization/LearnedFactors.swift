package import RecAlgebra
package import RecData

/// Somebody as a factor model sees them.
package struct UserFactors: Sendable, Equatable {
  /// What is added to the score of every item.
  package let offset: Double
  /// (rank,).
  package let factors: [Float]
}

/// What a factorization learned: factors of users and items, and what is added to their products.
///
/// A score is offset + user bias + item bias + user's factors · item's factors, in the data's units.
package struct LearnedFactors: Sendable, Equatable, Codable {
  /// users × factors; zeros for users without training data.
  package let users: DenseMatrix
  /// b_u; (users,), or empty for a model without biases.
  package let userBiases: [Float]
  /// Factors and biases of the items; an item that nobody rated cannot be scored.
  package let scorer: BilinearScorer
  /// What is added to every score: the mean of the training data where there are biases.
  package let offset: Double
  /// Mean and biases as `baseline` has them, and how often each item was rated.
  package let estimates: BaselineEstimates
  package let predictsRatings: Bool

  package var hasBiases: Bool { !userBiases.isEmpty }
  package var itemCount: Int { scorer.itemCount }
  package var rank: Int { scorer.rank }
  package var isConsistent: Bool {
    users.columnCount == rank && estimates.itemCount == itemCount
      && (userBiases.isEmpty || userBiases.count == users.rowCount)
  }

  /// - Parameters:
  ///   - items: items × factors; rows of items that nobody rated do not matter.
  ///   - itemBiases: (items,), or empty.
  package init(
    _ dataset: Dataset, users: DenseMatrix, items: DenseMatrix, userBiases: [Float], itemBiases: [Float], offset: Double
  ) {
    let estimates = BaselineEstimates(dataset.interactions)
    var users = users
    var items = items
    // What nobody trained keeps the numbers it began with, which mean nothing.
    for user in 0..<users.rowCount where dataset.interactions.row(user).isEmpty { users.clear(user) }
    for item in 0..<items.rowCount where !estimates.isKnown(item) { items.clear(item) }
    self.users = users
    self.userBiases = userBiases
    self.offset = offset
    self.estimates = estimates
    scorer = BilinearScorer(
      itemFactors: items, itemOffsets: itemBiases.map { Double($0) }, canScore: estimates.isKnown)
    predictsRatings = dataset.feedback != .events
  }

  /// A user of the training data; nil for anybody else, and for those who rated nothing.
  package func known(_ history: History) -> UserFactors? {
    guard let user = history.user, user.raw < users.rowCount, !history.isEmpty else { return nil }
    return UserFactors(
      offset: offset + (hasBiases ? Double(userBiases[user.raw]) : 0), factors: Array(users.row(user.raw)))
  }

  /// What answers for somebody of whom nothing is known: μ + b_i; for events, how often the item occurs.
  package func fallback(_ item: Int) -> Float {
    if !predictsRatings { return Float(estimates.itemCounts[item]) }
    if hasBiases, scorer.canScore(item) { return Float(offset + scorer.itemOffsets[item]) }
    return Float(estimates.mean + estimates.itemBiases[item])
  }

  /// The parts of that answer.
  package func fallbackParts(_ item: Int) -> [Explanation.Part] {
    if !predictsRatings { return [.init(.other("interactions with it"), Double(estimates.itemCounts[item]))] }
    if hasBiases { return [.init(.mean, offset), .init(.itemBias, scorer.itemOffsets[item])] }
    return [.init(.mean, estimates.mean), .init(.itemBias, estimates.itemBiases[item])]
  }
}

extension DenseMatrix {
  fileprivate mutating func clear(_ row: Int) {
    for entry in rowRange(row) { storage[entry] = 0 }
  }
}
