package import RecData

/// Several models in order, of which the first that knows a user and an item well enough answers.
///
/// A user or an item is *cold* with fewer than `coldBelow` ratings. Where both are warm the first part answers if it can
/// score the item; where one is cold, the first of the others that can; where none of these can, any part that can. Ratings
/// are taken as they are where all parts predict them; other scores are standardised over the user's candidates, so that
/// answers of different parts stand in one list.
///
/// R. Burke, "Hybrid recommender systems: survey and experiments", User Modeling and User-Adapted Interaction 12, 2002
/// (switching hybrid), doi:10.1023/A:1021240730564.
package struct Switching: Recommender {
  /// In order of preference; their weights have no meaning.
  package let parts: [Blend.Part]
  package let coldBelow: Int
  package let predictsRatings: Bool
  /// Whether each item has ratings enough; (itemCount,).
  private let isWarm: [Bool]

  package var itemCount: Int { isWarm.count }

  /// How many ratings a user or an item has at least, where nothing else is said; a choice of ours.
  package static let standardColdBelow = 5

  /// - Parameters:
  ///   - parts: two or more.
  ///   - ratingCounts: training ratings of each item, in the first part's indices; (itemCount,).
  package init(_ parts: [Blend.Part], coldBelow: Int, ratingCounts: [Int]) throws(BlendError) {
    guard parts.count > 1 else { throw .tooFewModels(count: parts.count) }
    self.parts = parts
    self.coldBelow = coldBelow
    predictsRatings = parts.allSatisfy { $0.recommender.predictsRatings }
    isWarm = ratingCounts.map { $0 >= coldBelow }
  }

  package var comparesItems: Bool { parts.contains { $0.recommender.comparesItems } }

  package var facts: [ModelFact] { [ModelFact("models", .count(parts.count), of: "model")] }

  /// The part that answers for an item; nil where none can.
  ///
  /// - Parameter canScore: whether a part can score the item.
  private func place(_ history: History, _ item: Int, _ canScore: (Int) -> Bool) -> Int? {
    let first = history.items.count >= coldBelow && isWarm[item] ? 0 : 1
    return (first..<parts.count).first(where: canScore) ?? (0..<first).first(where: canScore)
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    score([history], into: &scores)
  }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let blocks = parts.map { part in
      predictsRatings
        ? histories.flatMap { part.ratings($0, itemCount: itemCount) } : part.scores(histories, itemCount: itemCount)
    }
    for (row, history) in histories.enumerated() {
      let start = row * itemCount
      let own = blocks.map { Array($0[start..<start + itemCount]) }
      let values = predictsRatings ? own.map { $0.map(Double.init) } : comparable(own, history)
      for item in 0..<itemCount {
        let place = place(history, item) { own[$0][item].isFinite }
        scores[start + item] = place.map { Float(values[$0][item]) } ?? -.infinity
      }
    }
  }

  private func comparable(_ own: [[Float]], _ history: History) -> [[Double]] {
    let candidates = history.leavingOpen(itemCount)
    return own.map { BlendScale(.score, $0, candidates).values($0, candidates) }
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    guard predictsRatings else {
      let scores = scores(history)
      return items.map { scores[Int($0)] }
    }
    let predictions = parts.map { $0.predictions(history, items: items) }
    let own = parts.map { $0.scores(history, itemCount: itemCount) }
    return items.indices.map { index in
      let item = Int(items[index])
      // What no part can rank, the first that has the item still has a rating for.
      let place =
        place(history, item) { own[$0][item].isFinite } ?? place(history, item) { !predictions[$0][index].isNaN }
      return place.map { predictions[$0][index] } ?? 0
    }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    let own = parts.map { part in
      predictsRatings ? part.ratings(history, itemCount: itemCount) : part.scores(history, itemCount: itemCount)
    }
    guard let place = place(history, item.raw, { own[$0][item.raw].isFinite }) else { return nil }
    var part = parts[place]
    part.weight = 1
    let explanation = part.explain(history, item: item, rating: predictsRatings)
    if predictsRatings {
      let score = explanation?.score ?? Double(own[place][item.raw])
      return Explanation(parts: [.init(.model(name: part.name, weight: 1), score, parts: explanation?.parts ?? [])])
    }
    let candidates = history.leavingOpen(itemCount)
    return Explanation(parts: [
      part.share(
        of: own[place][item.raw], on: BlendScale(.score, own[place], candidates), isCandidate: candidates[item.raw],
        explanation: explanation)
    ])
  }

  /// The similarities of the first part that can say.
  package func similarities(to item: ItemIndex) -> [Float]? {
    let first = isWarm[item.raw] ? 0 : 1
    return (Array(first..<parts.count) + Array(0..<first)).lazy.compactMap { place -> [Float]? in
      guard let similarities = parts[place].similarities(to: item, itemCount: itemCount) else { return nil }
      return similarities.contains { $0.isFinite } ? similarities : nil
    }.first
  }
}

extension History {
  /// Whether each of so many items is left open.
  func leavingOpen(_ itemCount: Int) -> [Bool] {
    var isOpen = [Bool](repeating: true, count: itemCount)
    for item in items { isOpen[Int(item)] = false }
    return isOpen
  }
}
