/// Scores in ascending order with the item of each; of equal scores the smaller item comes first.
///
/// Items that are left out, and scores that are not finite, are not in it. Sorted digit by digit (radix 2¹¹), linear in the
/// scores: a rank fusion needs the whole order for each user.
package struct ScoreOrder: Sendable {
  /// (ordered,)
  package private(set) var scores: [Float]
  /// (ordered,)
  package private(set) var items: [Int32]

  private static let digitBits: UInt32 = 11

  /// - Parameters:
  ///   - scores: (items,).
  ///   - isIncluded: whether each item takes part; (items,).
  package init(_ scores: [Float], including isIncluded: [Bool]) {
    precondition(scores.count == isIncluded.count && scores.count <= Int32.max, "each item is in or out")
    var keys: [UInt32] = []
    var items: [Int32] = []
    keys.reserveCapacity(scores.count)
    items.reserveCapacity(scores.count)
    for item in scores.indices where isIncluded[item] && scores[item].isFinite {
      // Adding zero makes -0 and 0 one score. Keys ascend as the scores do.
      let bits = (scores[item] + 0).bitPattern
      keys.append(bits >> 31 == 1 ? ~bits : bits | 1 << 31)
      items.append(Int32(item))
    }
    var sortedKeys = [UInt32](repeating: 0, count: keys.count)
    var sortedItems = [Int32](repeating: 0, count: keys.count)
    for shift in stride(from: 0, to: UInt32(32), by: Int(Self.digitBits)) {
      var next = [Int](repeating: 0, count: 1 << Self.digitBits + 1)
      for key in keys { next[Self.digit(key, shift) + 1] += 1 }
      for digit in 1..<next.count { next[digit] += next[digit - 1] }
      for place in keys.indices {
        let digit = Self.digit(keys[place], shift)
        sortedKeys[next[digit]] = keys[place]
        sortedItems[next[digit]] = items[place]
        next[digit] += 1
      }
      swap(&keys, &sortedKeys)
      swap(&items, &sortedItems)
    }
    self.items = items
    self.scores = items.map { scores[Int($0)] }
  }

  private static func digit(_ key: UInt32, _ shift: UInt32) -> Int {
    Int(key >> shift & (1 << digitBits - 1))
  }

  package var count: Int { items.count }

  /// The places of the scores that equal one, and how many are above it.
  package func places(of score: Float) -> (equal: Range<Int>, above: Int) {
    let first = partitioningIndex { $0 >= score }
    let end = partitioningIndex { $0 > score }
    return (first..<end, count - end)
  }

  /// The first place for whose score a condition, false and then true, holds.
  private func partitioningIndex(_ holds: (Float) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(scores[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
