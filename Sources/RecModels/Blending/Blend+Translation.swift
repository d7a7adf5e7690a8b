internal import RecData

/// A part of a blend, asked and answering in the blend's item indices.
extension Blend.Part {
  /// (itemCount,); `-infinity` for an item that the part does not have.
  func scores(_ history: History, itemCount: Int) -> [Float] { scores([history], itemCount: itemCount) }

  /// The scores of several users, one row after the other; (histories.count × itemCount,).
  func scores(_ histories: [History], itemCount: Int) -> [Float] {
    var own = [Float](repeating: 0, count: histories.count * recommender.itemCount)
    var span = own.mutableSpan
    recommender.score(histories.map(translated), into: &span)
    guard let itemIndices else { return own }
    return histories.indices.flatMap { row in
      itemIndices.map { $0 < 0 ? -.infinity : own[row * recommender.itemCount + Int($0)] }
    }
  }

  /// Predicted ratings of some items; NaN for one that the part does not have.
  func predictions(_ history: History, items: [Int32]) -> [Float] {
    guard let itemIndices else { return recommender.predict(history, items: items) }
    let own = items.map { itemIndices[Int($0)] }
    var predictions = recommender.predict(translated(history), items: own.filter { $0 >= 0 }).makeIterator()
    return own.map { $0 < 0 ? .nan : predictions.next() ?? .nan }
  }

  /// The predicted ratings of all items, `-infinity` where the part cannot score; (itemCount,).
  func ratings(_ history: History, itemCount: Int) -> [Float] {
    let scores = scores(history, itemCount: itemCount)
    if recommender.ranksByRating { return scores }
    let ratings = predictions(history, items: (0..<itemCount).map { Int32($0) })
    return zip(scores, ratings).map { $0.isFinite ? $1 : $0 }
  }

  /// An explanation in the blend's items, of the score or of the predicted rating; nil where the part cannot score the item.
  func explain(_ history: History, item: ItemIndex, rating: Bool = false) -> Explanation? {
    let own = itemIndices?[item.raw] ?? Int32(item.raw)
    if own < 0 { return nil }
    let (known, item) = (translated(history), ItemIndex(own))
    let explained = rating ? recommender.explainRating(known, item: item) : recommender.explain(known, item: item)
    guard let itemIndices, let explanation = explained else { return explained }
    var back: [Int32: Int] = [:]
    for rated in history.items where itemIndices[Int(rated)] >= 0 { back[itemIndices[Int(rated)]] = Int(rated) }
    return Explanation(score: explanation.score, parts: explanation.parts.map { $0.renamed(back) })
  }

  /// (itemCount,); NaN for items that the part does not have.
  func similarities(to item: ItemIndex, itemCount: Int) -> [Float]? {
    guard let itemIndices else { return recommender.similarities(to: item) }
    let own = itemIndices[item.raw]
    guard own >= 0, let similarities = recommender.similarities(to: ItemIndex(own)) else { return nil }
    return itemIndices.map { $0 < 0 ? .nan : similarities[Int($0)] }
  }

  /// The history in the part's indices, without what it does not have. Its user may have another index there, so that
  /// the part folds in.
  private func translated(_ history: History) -> History {
    guard let itemIndices else { return history }
    let entries = zip(history.items, history.values).map { (itemIndices[Int($0)], $1) }.filter { $0.0 >= 0 }
      .sorted { $0.0 < $1.0 }
    return History(user: nil, items: entries.map(\.0), values: entries.map(\.1))
  }
}

extension Explanation.Part {
  /// The part with rated items named by other indices; users, who have others too, lose their names.
  fileprivate func renamed(_ items: [Int32: Int]) -> Self {
    var reason = reason
    if case .neighbor = reason { reason = .other("a user who is alike") }
    if case .rated(let item, let value) = reason, let other = items[Int32(item.raw)] {
      reason = .rated(ItemIndex(other), value: value)
    }
    return Self(reason, value, parts: parts.map { $0.renamed(items) })
  }
}
