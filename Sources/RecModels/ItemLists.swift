internal import RecAlgebra

/// An item of a list with its score.
package struct ScoredItem: Sendable, Equatable {
  package let item: Int32
  package let score: Float

  package init(item: Int32, score: Float) {
    self.item = item
    self.score = score
  }
}

/// What a list may hold.
package struct ListRule: Sendable, Equatable {
  /// How many items at most.
  package let length: Int
  /// Whether items of the user's history stay out.
  package let hidesSeen: Bool
  /// Whether each item may stand in it, (itemCount,); nil for all.
  package let allowed: [Bool]?

  package init(length: Int, hidesSeen: Bool, allowed: [Bool]? = nil) {
    self.length = length
    self.hidesSeen = hidesSeen
    self.allowed = allowed
  }

  /// Takes what may not stand in a user's list out of the scores of the items `items`.
  ///
  /// - Parameter seen: The place in the history from which on its items are `items` or later; moved behind them.
  func hide(_ items: Range<Int>, of history: History, seen: inout Int, in scores: inout MutableSpan<Float>) {
    if hidesSeen {
      while seen < history.items.count, Int(history.items[seen]) < items.upperBound {
        scores[Int(history.items[seen]) - items.lowerBound] = .nan
        seen += 1
      }
    }
    if let allowed {
      for item in items where !allowed[item] { scores[item - items.lowerBound] = .nan }
    }
  }
}

extension LargestScores {
  /// The items of a list: what cannot be scored is not among them.
  var items: [ScoredItem] {
    sorted.filter { $0.score > -.infinity }.map { ScoredItem(item: $0.index, score: $0.score) }
  }
}

extension Recommender {
  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    listsFromScores(for: histories, rule)
  }

  /// The lists of those users whom a model knows by a way of its own, and of the others from all scores.
  func lists(
    for histories: [History], _ rule: ListRule, isKnown: (History) -> Bool, known: ([History]) -> [[ScoredItem]]
  ) -> [[ScoredItem]] {
    let places = histories.indices.filter { isKnown(histories[$0]) }
    if places.count == histories.count { return known(histories) }
    let others = histories.indices.filter { !isKnown(histories[$0]) }
    var lists = [[ScoredItem]](repeating: [], count: histories.count)
    let own = places.isEmpty ? [] : known(places.map { histories[$0] })
    for (place, list) in zip(places, own) { lists[place] = list }
    for (place, list) in zip(others, listsFromScores(for: others.map { histories[$0] }, rule)) { lists[place] = list }
    return lists
  }

  /// The lists from all scores of a few users at a time, for any model.
  func listsFromScores(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    let usersAtOnce = 16
    var scores = [Float](repeating: 0, count: min(usersAtOnce, histories.count) * itemCount)
    var lists: [[ScoredItem]] = []
    for start in stride(from: 0, to: histories.count, by: usersAtOnce) {
      let users = start..<min(histories.count, start + usersAtOnce)
      var output = scores.mutableSpan
      var block = output._mutatingExtracting(0..<users.count * itemCount)
      score(Array(histories[users]), into: &block)
      for user in users {
        var own = block._mutatingExtracting((user - start) * itemCount..<(user - start + 1) * itemCount)
        var seen = 0
        rule.hide(0..<itemCount, of: histories[user], seen: &seen, in: &own)
        var largest = LargestScores(count: rule.length)
        largest.add(own.span, from: 0)
        lists.append(largest.items)
      }
    }
    return lists
  }
}
