internal import RecAlgebra
internal import RecKernels

/// The items of a scorer in the order of how large their scores can get, so that a list ends before most of them.
///
/// For any user a score is at most the user's offset + the item's offset + |user's factors| · |item's factors|. Items stand
/// in descending order of that for a user of middle length, in tiles; once no item of the tiles that are left can come
/// into the list, the list is there. Scores are computed by the same kernel in the same order of additions, and bounds
/// have room for their rounding, so that items and bits are those of a pass over everything.
///
/// Source: C. Teflioudi, R. Gemulla & O. Mykytiuk, LEMP: fast retrieval of large entries in a matrix product, SIGMOD 2015,
/// doi:10.1145/2723372.2747647; here without its angles.
struct BoundedItems: Sendable {
  /// The items that can be scored, in order.
  private let items: [Int32]
  /// Where each item stands; -1 for what cannot be scored; (itemCount,).
  private let places: [Int32]
  /// Rows and offsets in that order.
  private let factors: DenseMatrix
  private let offsets: [Double]
  /// The largest offset and length from each tile on; (tiles,).
  private let largestOffsets: [Double]
  private let largestLengths: [Double]

  private static let tile = 256

  /// - Parameter userLength: The length of the factors of a user as users are; any finite number gives the same lists.
  init(_ scorer: BilinearScorer, userLength: Double) {
    let lengths = (0..<scorer.itemCount).map { item -> Double in
      scorer.itemFactors.row(item).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let bounds = (0..<scorer.itemCount).map { scorer.itemOffsets[$0] + userLength * lengths[$0] }
    let order = (0..<scorer.itemCount).filter(scorer.canScore).sorted {
      bounds[$0] != bounds[$1] ? bounds[$0] > bounds[$1] : $0 < $1
    }
    items = order.map { Int32($0) }
    var places = [Int32](repeating: -1, count: scorer.itemCount)
    for (place, item) in order.enumerated() { places[item] = Int32(place) }
    self.places = places
    var factors = DenseMatrix(rowCount: order.count, columnCount: scorer.rank)
    for (place, item) in order.enumerated() {
      factors.storage.replaceSubrange(factors.rowRange(place), with: scorer.itemFactors.row(item))
    }
    self.factors = factors
    offsets = order.map { scorer.itemOffsets[$0] }
    let tileCount = (order.count + Self.tile - 1) / Self.tile
    var largestOffsets = [Double](repeating: -.infinity, count: tileCount)
    var largestLengths = [Double](repeating: 0, count: tileCount)
    for tile in (0..<tileCount).reversed() {
      if tile + 1 < tileCount {
        largestOffsets[tile] = largestOffsets[tile + 1]
        largestLengths[tile] = largestLengths[tile + 1]
      }
      for place in tile * Self.tile..<min(order.count, (tile + 1) * Self.tile) {
        largestOffsets[tile] = max(largestOffsets[tile], offsets[place])
        largestLengths[tile] = max(largestLengths[tile], lengths[order[place]])
      }
    }
    self.largestOffsets = largestOffsets
    self.largestLengths = largestLengths
  }

  /// A user whose list is not there yet.
  private struct Open {
    let user: Int
    /// With their padding.
    let factor: [Float]
    let length: Double
    let offset: Double
    /// Places of items that are hidden, ascending, and how many of them are behind.
    let hidden: [Int32]
    var passed = 0
    var largest: LargestItems
  }

  /// The lists; see `BilinearScorer.lists`.
  func lists(
    factors users: DenseMatrix, userOffsets: [Double], for histories: [History], _ rule: ListRule
  ) -> [[ScoredItem]] {
    var lists = [[ScoredItem]](repeating: [], count: histories.count)
    var open = histories.indices.map { user -> Open in
      let factor = Array(users.storage[user * users.stride..<(user + 1) * users.stride])
      let hidden =
        rule.hidesSeen ? histories[user].items.map { places[Int($0)] }.filter { $0 >= 0 }.sorted() : []
      return Open(
        user: user, factor: factor, length: factor.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot(),
        offset: userOffsets.isEmpty ? 0 : userOffsets[user], hidden: hidden,
        largest: LargestItems(count: rule.length))
    }
    var scores = [Float](repeating: 0, count: histories.count * Self.tile)
    var packed: [Float] = []
    var offsets: [Double] = []
    var packedCount = -1
    for tile in largestOffsets.indices {
      // Who is done leaves; the others move together.
      open.removeAll { user in
        guard !canCome(from: tile, to: user) else { return false }
        lists[user.user] = user.largest.sorted
        return true
      }
      if open.isEmpty { return lists }
      if open.count != packedCount {
        packed = open.flatMap(\.factor)
        offsets = open.map(\.offset)
        packedCount = open.count
      }
      let range = tile * Self.tile..<min(items.count, (tile + 1) * Self.tile)
      var output = scores.mutableSpan
      BlockKernels.scoreRows(
        users: packed.span, userCount: open.count, userStride: users.stride, userOffsets: offsets.span,
        rows: factors.rows, rowStride: factors.stride, rank: factors.columnCount, itemOffsets: self.offsets.span,
        items: range, into: &output, outputStride: range.count)
      for place in open.indices {
        var own = output._mutatingExtracting(place * range.count..<(place + 1) * range.count)
        hide(range, rule, &open[place], in: &own)
        open[place].largest.add(own.span, items: items.span.extracting(range))
      }
    }
    for user in open { lists[user.user] = user.largest.sorted }
    return lists
  }

  /// Whether an item from a tile on may come into a user's list.
  private func canCome(from tile: Int, to user: Open) -> Bool {
    guard let threshold = user.largest.threshold else { return true }
    let product = user.length * largestLengths[tile]
    let offset = user.offset + largestOffsets[tile]
    // The sum of r products in Float is off by at most r · 2⁻²⁴ of the product of the lengths, the rest by much less.
    let room = product * Double(factors.columnCount + 8) * 0x1p-23 + (abs(offset) + abs(Double(threshold))) * 0x1p-22
    // A bound that is no number keeps everything.
    return !(offset + product + room < Double(threshold))
  }

  private func hide(_ range: Range<Int>, _ rule: ListRule, _ user: inout Open, in scores: inout MutableSpan<Float>) {
    while user.passed < user.hidden.count, Int(user.hidden[user.passed]) < range.upperBound {
      scores[Int(user.hidden[user.passed]) - range.lowerBound] = .nan
      user.passed += 1
    }
    if let allowed = rule.allowed {
      for place in range where !allowed[Int(items[place])] { scores[place - range.lowerBound] = .nan }
    }
  }
}

/// The best items of scores that come in any order: larger scores first, of equal ones the smaller item.
private struct LargestItems {
  private let count: Int
  /// In that order.
  private(set) var sorted: [ScoredItem] = []

  init(count: Int) {
    self.count = count
    sorted.reserveCapacity(min(count, 1024) + 1)
  }

  /// The score that another item must have at least; nil where there is room.
  var threshold: Float? { sorted.count == count ? sorted.last?.score ?? .infinity : nil }

  /// Adds scores; a NaN is left out, and so is minus infinity.
  mutating func add(_ scores: Span<Float>, items: Span<Int32>) {
    guard count > 0 else { return }
    var next = 0
    while true {
      let threshold = threshold.map(\.nextDown) ?? -.infinity
      next = VectorKernels.nextAbove(scores, from: next, threshold: threshold)
      if next == scores.count { return }
      insert(ScoredItem(item: items[next], score: scores[next]))
      next += 1
    }
  }

  private mutating func insert(_ entry: ScoredItem) {
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
