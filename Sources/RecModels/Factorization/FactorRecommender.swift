internal import RecAlgebra
package import RecData

/// A model of user and item factors: everything but how somebody new is folded in is the same for all of them.
///
/// A user of the training data has the factors that were learned. An unknown user is answered by μ + b_i, of events by how
/// often an item occurs; an item that nobody rated is predicted by μ + b_u and cannot be ranked.
package protocol FactorRecommender: Recommender {
  var learned: LearnedFactors { get }

  /// Factors for a history that is not that of a trained user; it is not empty.
  func folded(_ history: History) -> UserFactors

  /// What the score of an item is made of for such a history; the parts sum to it.
  func foldedParts(_ history: History, item: Int) -> [Explanation.Part]
}

extension FactorRecommender {
  package var itemCount: Int { learned.itemCount }
  package var predictsRatings: Bool { learned.predictsRatings }
  package var comparesItems: Bool { true }
  package var isConsistent: Bool { learned.isConsistent }

  package var facts: [ModelFact] {
    let count = learned.rank
    return [ModelFact("factors", .count(count), of: "factor")]
  }

  private func user(_ history: History) -> UserFactors? {
    history.isEmpty ? nil : learned.known(history) ?? folded(history)
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    guard let user = user(history) else { return scoreUnknown(into: &scores) }
    let factors = user.factors
    learned.scorer.score(factor: factors.span, userOffset: user.offset, into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let users = histories.map(user)
    var factors = DenseMatrix(rowCount: users.count, columnCount: learned.rank)
    for (row, user) in users.enumerated() {
      if let user { factors.storage.replaceSubrange(factors.rowRange(row), with: user.factors) }
    }
    learned.scorer.score(factors: factors, userOffsets: users.map { $0?.offset ?? 0 }, into: &scores)
    for (row, user) in users.enumerated() where user == nil {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      scoreUnknown(into: &own)
    }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    lists(for: histories, rule, isKnown: { !$0.isEmpty }) { known in
      let users = known.map(user)
      var factors = DenseMatrix(rowCount: users.count, columnCount: learned.rank)
      for (row, user) in users.enumerated() {
        if let user { factors.storage.replaceSubrange(factors.rowRange(row), with: user.factors) }
      }
      return learned.scorer.lists(factors: factors, userOffsets: users.map { $0?.offset ?? 0 }, for: known, rule)
    }
  }

  package func prepareLists(userCount: Int) -> Bool {
    learned.scorer.prepareLists(userLength: learned.users.meanRowLength)
  }

  private func scoreUnknown(into scores: inout MutableSpan<Float>) {
    for item in 0..<itemCount {
      scores[item] = learned.scorer.canScore(item) ? learned.fallback(item) : -.infinity
    }
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    guard let user = user(history) else { return items.map { learned.fallback(Int($0)) } }
    let factors = user.factors
    let scores = learned.scorer.predict(factor: factors.span, userOffset: user.offset, items: items)
    let estimates = learned.estimates
    // Without biases the offset says nothing of a user.
    let unknown = Float(learned.hasBiases ? user.offset : estimates.mean + estimates.userBias(history))
    return scores.map { $0 == -.infinity ? unknown : $0 }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard learned.scorer.canScore(item.raw) else { return nil }
    if history.isEmpty { return Explanation(parts: learned.fallbackParts(item.raw)) }
    guard let user = learned.known(history) else {
      return Explanation(parts: foldedParts(history, item: item.raw))
    }
    let factors = user.factors
    var parts: [Explanation.Part] = []
    if learned.hasBiases {
      parts = [
        .init(.mean, learned.offset), .init(.userBias, user.offset - learned.offset),
        .init(.itemBias, learned.scorer.itemOffsets[item.raw]),
      ]
    } else if learned.offset != 0 {
      parts = [.init(.other("lowest rating"), learned.offset)]
    }
    return Explanation(parts: parts + learned.scorer.parts(factor: factors.span, item: item.raw))
  }

  package func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)? {
    learned.scorer.firstFactors(of: item.raw)
  }

  package func similarities(to item: ItemIndex) -> [Float]? { learned.scorer.similarities(to: item.raw) }
}

extension DenseMatrix {
  /// The root of the mean square of the rows' lengths.
  var meanRowLength: Double {
    let sum = storage.reduce(0) { $0 + Double($1) * Double($1) }
    return (sum / Double(max(1, rowCount))).squareRoot()
  }
}
