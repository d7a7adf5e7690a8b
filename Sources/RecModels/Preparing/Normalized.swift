internal import RecAlgebra
package import RecData

/// A model of normalized ratings that is asked and answers in the units of the file.
///
/// A history is normalized as it was in training: by its own mean and spread where each user has a line, so that somebody
/// new is treated like somebody who was trained on. Predicted ratings are turned back; scores are where they are predicted
/// ratings, and are otherwise left as they are.
package struct Normalized: Recommender {
  /// The model of the normalized ratings.
  package let base: any Recommender
  private let fitted: FittedNormalization

  package init(_ base: any Recommender, by fitted: FittedNormalization) {
    self.base = base
    self.fitted = fitted
  }

  package var itemCount: Int { base.itemCount }
  package var predictsRatings: Bool { base.predictsRatings }
  package var ranksByRating: Bool { base.ranksByRating }
  package var comparesItems: Bool { base.comparesItems }
  package var facts: [ModelFact] { base.facts }
  package var singularValues: [Double]? { base.singularValues }
  package func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)? { base.firstFactors(of: item) }
  package func similarities(to item: ItemIndex) -> [Float]? { base.similarities(to: item) }

  package func isConsistent(userCount: Int) -> Bool {
    base.isConsistent(userCount: userCount) && fitted.isConsistent(itemCount: itemCount)
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    base.score(normalized(history), into: &scores)
    if base.predictsRatings && base.ranksByRating { restore(history, &scores) }
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    base.score(histories.map(normalized), into: &scores)
    guard base.predictsRatings && base.ranksByRating else { return }
    for (row, history) in histories.enumerated() {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      restore(history, &own)
    }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    // Lines of their own change the order of items, and rounding may make two scores equal.
    if base.predictsRatings && base.ranksByRating { return listsFromScores(for: histories, rule) }
    return base.lists(for: histories.map(normalized), rule)
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    let values = base.predict(normalized(history), items: items)
    guard predictsRatings else { return values }
    let own = fitted.line(ofUser: history.values)
    return zip(items, values).map { line(own, Int($0)).restored($1) }
  }

  private func normalized(_ history: History) -> History {
    History(
      user: history.user, items: history.items,
      values: fitted.normalized(items: history.items, ratings: history.values))
  }

  private func restore(_ history: History, _ scores: inout MutableSpan<Float>) {
    let own = fitted.line(ofUser: history.values)
    for item in 0..<itemCount where scores[item].isFinite { scores[item] = line(own, item).restored(scores[item]) }
  }

  /// The line of an item for a user whose own is given.
  private func line(_ own: RatingLine, _ item: Int) -> RatingLine {
    fitted.normalization.axis == .item ? fitted.line(ofItem: item) : own
  }

  // MARK: Reasons

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    let explanation = base.explain(normalized(history), item: item)
    let isRating = base.predictsRatings && base.ranksByRating
    return explanation.map { isRating ? restored($0, history, item) : withOwnRatings($0, history) }
  }

  package func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    base.explainRating(normalized(history), item: item).map { restored($0, history, item) }
  }

  /// An explanation in the units of the file: what normalizing took away comes first.
  private func restored(_ explanation: Explanation, _ history: History, _ item: ItemIndex) -> Explanation {
    let line = line(fitted.line(ofUser: history.values), item.raw)
    let parts = explanation.parts.map { part(of: $0, times: line.scale, history) }
    return Explanation(parts: [.init(.other("taken away by normalize"), line.shift)] + parts)
  }

  private func withOwnRatings(_ explanation: Explanation, _ history: History) -> Explanation {
    Explanation(score: explanation.score, parts: explanation.parts.map { part(of: $0, times: 1, history) })
  }

  /// A part in other units, with the ratings that it tells of as they were given.
  private func part(of part: Explanation.Part, times scale: Double, _ history: History) -> Explanation.Part {
    var reason = part.reason
    if case .rated(let item, _) = reason, let place = history.items.firstIndex(of: Int32(item.raw)) {
      reason = .rated(item, value: history.values[place])
    }
    return Explanation.Part(
      reason, part.value * scale, parts: part.parts.map { self.part(of: $0, times: scale, history) })
  }
}

extension Normalized: Codable {
  private enum CodingKeys: String, CodingKey { case base, fitted }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SavedRecommender(base), forKey: .base)
    try container.encode(fitted, forKey: .fitted)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode(SavedRecommender.self, forKey: .base).recommender
    fitted = try container.decode(FittedNormalization.self, forKey: .fitted)
    guard fitted.isConsistent(itemCount: base.itemCount) else {
      throw decoder.corrupted("the normalization does not fit the items")
    }
  }
}
