/// The best items of scores that come in any order: larger scores first, of equal ones the smaller item.
struct LargestItems {
  private let count: Int
  /// In that order.
  private(set) var sorted: [ScoredItem] = []

  init(count: Int) {
    self.count = count
    sorted.reserveCapacity(min(count, 1024) + 1)
  }

  /// The score that another item must have at least; nil where there is room.
  var threshold: Float? { sorted.count == count ? sorted.last?.score ?? .infinity : nil }

  /// Whether an item with this score may come into the list; never for a NaN or minus infinity.
  func takes(_ score: Float) -> Bool { score > -.infinity && score >= threshold ?? -.infinity }

  mutating func insert(_ entry: ScoredItem) {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      let other = sorted[middle]
      if other.score != entry.score ? other.score > entry.score : other.item < entry.item {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < count else { return }
    sorted.insert(entry, at: low)
    if sorted.count > count { sorted.removeLast() }
  }
}
