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
    /// Borda points: the share of the candidates from the rank on; then the blend never predicts ratings.
    case borda
    /// Not mixed: the first part that knows user and item well enough answers; see `Switching`.
    case `switch`
  }

  /// One of the models that are mixed.
  package struct Part: Sendable {
    package let name: String
    package let recommender: any Recommender
    /// The weights of all parts sum to 1.
    package internal(set) var weight: Double
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
    score([history], into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let blocks = parts.map { $0.scores(histories, itemCount: itemCount) }
    for (row, history) in histories.enumerated() {
      let start = row * itemCount
      let own = blocks.map { Array($0[start..<start + itemCount]) }
      let blended = predictsRatings ? predict(history, items: (0..<Int32(itemCount)).map { $0 }) : mixed(own, history)
      for item in 0..<itemCount {
        let isScorable = own.contains { $0[item].isFinite }
        scores[start + item] = isScorable ? blended[item] : -.infinity
      }
    }
  }

  /// The sum by weight of what each part's scores are worth; (itemCount,).
  private func mixed(_ own: [[Float]], _ history: History) -> [Float] {
    let candidates = history.leavingOpen(itemCount)
    var sums = [Double](repeating: 0, count: itemCount)
    for (part, scores) in zip(parts, own) {
      let values = BlendScale(method, scores, candidates).values(scores, candidates)
      for item in 0..<itemCount { sums[item] += part.weight * values[item] }
    }
    return sums.map { Float($0) }
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
    let candidates = history.leavingOpen(itemCount)
    return parts.map { part in
      let scores = part.scores(history, itemCount: itemCount)
      return BlendScale(method, scores, candidates).values(scores, candidates)
    }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    if predictsRatings { return explainRating(history, item: item) }
    let candidates = history.leavingOpen(itemCount)
    var isScorable = false
    let shares = parts.map { part in
      let scores = part.scores(history, itemCount: itemCount)
      isScorable = isScorable || scores[item.raw].isFinite
      let scale = BlendScale(method, scores, candidates)
      return part.share(
        of: scores[item.raw], on: scale, isCandidate: candidates[item.raw],
        explanation: part.explain(history, item: item))
    }
    return isScorable ? Explanation(parts: shares) : nil
  }

  /// The parts' ratings, times their weights among the parts that have the item.
  package func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    guard predictsRatings else { return nil }
    let shares = parts.map { part in
      (
        part, explanation: part.explain(history, item: item, rating: true),
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
