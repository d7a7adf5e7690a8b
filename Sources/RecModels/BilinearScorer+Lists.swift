package import RecAlgebra
import Synchronization

extension BilinearScorer {
  /// Items that are scored for all users of a block before the next ones: their scores stay in the cache.
  private static let tile = 1024

  /// The best items of several users, the same as from all scores, tile by tile with a running threshold for each user.
  ///
  /// Best for some hundred users at a time.
  ///
  /// - Parameters:
  ///   - factors: A row for each history; users × rank.
  ///   - userOffsets: (users,); empty where that is nothing.
  package func lists(
    factors: DenseMatrix, userOffsets: [Double] = [], for histories: [History], _ rule: ListRule
  ) -> [[ScoredItem]] {
    precondition(factors.rowCount == histories.count, "each user has factors")
    if let items = bounded.items {
      return items.lists(self, factors: factors, userOffsets: userOffsets, for: histories, rule)
    }
    var largest = [LargestScores](repeating: LargestScores(count: rule.length), count: histories.count)
    var seen = [Int](repeating: 0, count: histories.count)
    var scores = [Float](repeating: 0, count: histories.count * min(Self.tile, itemCount))
    for start in stride(from: 0, to: itemCount, by: Self.tile) {
      let items = start..<min(itemCount, start + Self.tile)
      var output = scores.mutableSpan
      score(factors: factors, userOffsets: userOffsets, items: items, into: &output)
      for user in histories.indices {
        var own = output._mutatingExtracting(user * items.count..<(user + 1) * items.count)
        rule.hide(items, of: histories[user], seen: &seen[user], in: &own)
        largest[user].add(own.span, from: start)
      }
    }
    return largest.map(\.items)
  }

  /// Makes every later list end as soon as it is certain: takes a quarter of the memory of the factors.
  ///
  /// - Parameter userLength: The length of the factors of a user as users are.
  /// - Returns: Whether that was possible.
  package func prepareLists(userLength: Double) -> Bool {
    guard rank <= ByteFactors.largestRank else { return false }
    bounded.keep(BoundedItems(self, userLength: userLength.isFinite ? userLength : 1))
    return true
  }
}

/// What a scorer keeps of its items beside their factors; copies of the scorer share it, since their factors are the same.
///
/// A class because it is made after the scorer, which cannot be changed, and changes no answer.
final class KeptBounds: Sendable {
  private let kept = Mutex<BoundedItems?>(nil)

  var items: BoundedItems? { kept.withLock { $0 } }

  func keep(_ items: BoundedItems) { kept.withLock { $0 = items } }
}
