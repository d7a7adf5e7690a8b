package import RecData

/// A weighted mixture of models: of predicted ratings where all of them predict ratings, else of comparable scores.
///
/// What one part cannot score is neutral to it (the mean of its standardised scores); what no part can score, the blend
/// cannot. Items have the indices of the first part.
package struct Blend: Recommender {
  /// How scores that are no ratings are made comparable.
  package enum Method: String, Sendable, CaseIterable, Codable {
    /// Standardised over the user's candidates: the items that the part can score and the user has not interacted with.
    case score
    /// Reciprocal-rank fusion: 1/(60 + rank); then the blend never predicts ratings.
    case rank
  }

  /// One of the models that are mixed.
  package struct Part: Sendable {
    package let name: String
    package let recommender: any Recommender
    /// The weights of all parts sum to 1.
    package fileprivate(set) var weight: Double
    /// The part's index of each item of the blend, -1 where it does not have it; nil where the indices are the same.
    package let itemIndices: [Int32]?

    package init(name: String, recommender: any Recommender, weight: Double, itemIndices: [Int32]? = nil) {
      self.name = name
      self.recommender = recommender
      self.weight = weight
      self.itemIndices = itemIndices
    }
  }

  package let parts: [Part]
  package let method: Method
  package let itemCount: Int
  package let predictsRatings: Bool

  /// - Parameter parts: two or more; their weights are divided by their sum.
  package init(_ parts: [Part], method: Method = .score) throws(BlendError) {
    guard parts.count > 1 else { throw .tooFewModels(count: parts.count) }
    if let part = parts.first(where: { !$0.weight.isFinite }) { throw .weightNotFinite(model: part.name) }
    let sum = parts.reduce(0) { $0 + $1.weight }
    if sum == 0 || !sum.isFinite { throw .weightsSumToZero }
    if let part = parts.first(where: { $0.weight < 0 }) { throw .negativeWeight(model: part.name) }
    self.parts = parts.map { part in
      var part = part
      part.weight /= sum
      return part
    }
    self.method = method
    predictsRatings = method == .score && parts.allSatisfy { $0.recommender.predictsRatings }
    itemCount = parts[0].itemIndices?.count ?? parts[0].recommender.itemCount
  }

  package var comparesItems: Bool { parts.contains { $0.recommender.comparesItems } }

  package var facts: [ModelFact] { [ModelFact("models", .count(parts.count), of: "model")] }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let candidates = candidates(history)
    var sums = [Double](repeating: 0, count: itemCount)
    var isScorable = [Bool](repeating: false, count: itemCount)
    for part in parts {
      let own = part.scores(history, itemCount: itemCount)
      for item in 0..<itemCount where own[item].isFinite { isScorable[item] = true }
      if predictsRatings { continue }
      let values = BlendScale(method, own, candidates).values(own, candidates)
      for item in 0..<itemCount { sums[item] += part.weight * values[item] }
    }
    let blended =
      predictsRatings ? predict(history, items: (0..<itemCount).map { Int32($0) }) : sums.map { Float($0) }
    for item in 0..<itemCount { scores[item] = isScorable[item] ? blended[item] : -.infinity }
  }

  /// The mean of the parts' ratings by weight, over the parts that have the item.
  package func predict(_ history: History, items: [Int32]) -> [Float] {
    guard predictsRatings else {
      let scores = scores(history)
      return items.map { scores[Int($0)] }
    }
    var sums = [Double](repeating: 0, count: items.count)
    var weights = [Double](repeating: 0, count: items.count)
    for part in parts {
      for (place, rating) in part.predictions(history, items: items).enumerated() where !rating.isNaN {
        sums[place] += part.weight * Double(rating)
        weights[place] += part.weight
      }
    }
    return zip(sums, weights).map { $1 > 0 ? Float($0 / $1) : 0 }
  }

  /// What each part gives each item before it is weighted, where scores are not ratings; parts × items.
  func comparableScores(_ history: History) -> [[Double]] {
    let candidates = candidates(history)
    return parts.map { part in
      let scores = part.scores(history, itemCount: itemCount)
      return BlendScale(method, scores, candidates).values(scores, candidates)
    }
  }

  /// Whether the history leaves each item open.
  func candidates(_ history: History) -> [Bool] {
    var candidates = [Bool](repeating: true, count: itemCount)
    for item in history.items { candidates[Int(item)] = false }
    return candidates
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    if predictsRatings { return explainRating(history, item: item) }
    let candidates = candidates(history)
    var isScorable = false
    let shares = parts.map { part in
      let scores = part.scores(history, itemCount: itemCount)
      isScorable = isScorable || scores[item.raw].isFinite
      let scale = BlendScale(method, scores, candidates)
      return share(of: part, Double(scores[item.raw]), scale, candidates[item.raw], part.explain(history, item: item))
    }
    return isScorable ? Explanation(parts: shares) : nil
  }

  /// What one part adds to the score, split as the part splits it.
  private func share(
    of part: Part, _ score: Double, _ scale: BlendScale, _ isCandidate: Bool, _ explanation: Explanation?
  ) -> Explanation.Part {
    let reason = Explanation.Part.Reason.model(name: part.name, weight: part.weight)
    guard case .standardized(let mean, let deviation) = scale, let explanation, deviation > 0 else {
      // A rank has no parts.
      return .init(reason, part.weight * scale.value(score, isCandidate: isCandidate))
    }
    let factor = part.weight / deviation
    // What all of the user's items have alike says nothing once their mean is taken off.
    let level = explanation.parts.filter(\.isSameForAllItems)
    let remainder = level.reduce(-mean) { $0 + $1.value }
    let words = level.isEmpty ? "less the mean of the candidates" : "the user's level less the mean of the candidates"
    return .init(
      reason, (explanation.score - mean) * factor,
      parts: explanation.parts.filter { !$0.isSameForAllItems }.map { $0.scaled(by: factor) }
        + [.init(.other(words), remainder * factor)])
  }

  /// The parts' ratings, times their weights among the parts that have the item.
  private func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    let shares = parts.map { part in
      (
        part, explanation: part.explain(history, item: item),
        rating: part.predictions(history, items: [Int32(item.raw)])[0]
      )
    }
    guard shares.contains(where: { $0.explanation != nil }) else { return nil }
    let able = shares.filter { !$0.rating.isNaN }
    let sum = able.reduce(0) { $0 + $1.0.weight }
    return Explanation(
      parts: able.map { part, explanation, rating in
        let weight = part.weight / sum
        return .init(
          .model(name: part.name, weight: part.weight), weight * (explanation?.score ?? Double(rating)),
          parts: (explanation?.parts ?? []).map { $0.scaled(by: weight) })
      })
  }

  /// The mean of the parts' similarities by weight, over the parts that can say.
  package func similarities(to item: ItemIndex) -> [Float]? {
    var sums = [Double](repeating: 0, count: itemCount)
    var weights = [Double](repeating: 0, count: itemCount)
    for part in parts {
      guard let similarities = part.similarities(to: item, itemCount: itemCount) else { continue }
      for (other, similarity) in similarities.enumerated() where !similarity.isNaN {
        sums[other] += part.weight * Double(similarity)
        weights[other] += part.weight
      }
    }
    return comparesItems ? zip(sums, weights).map { $1 > 0 ? Float($0 / $1) : .nan } : nil
  }
}

extension Explanation.Part {
  /// Whether every item of the user has it alike.
  fileprivate var isSameForAllItems: Bool { reason == .mean || reason == .userBias }

  /// The part, and the parts of it, times a factor.
  func scaled(by factor: Double) -> Self {
    Self(reason, value * factor, parts: parts.map { $0.scaled(by: factor) })
  }
}
