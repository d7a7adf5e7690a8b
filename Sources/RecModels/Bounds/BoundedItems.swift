internal import RecAlgebra
internal import RecKernels

/// The items of a scorer in the order of how large their scores can get, so that a list ends before most of them.
///
/// For any user a score is at most the user's offset + the item's offset + |user's factors| · |item's factors|. Items stand
/// in descending order of that for a user of middle length, in tiles; once no item of the tiles that are left can come
/// into the list, the list is there. Within a tile only those are scored whose bound in 8 bits reaches the list. Scores are
/// computed by the same kernel in the same order of additions, and bounds have room for their rounding, so that items and
/// bits are those of a pass over everything.
///
/// Source: C. Teflioudi, R. Gemulla & O. Mykytiuk, LEMP: fast retrieval of large entries in a matrix product, SIGMOD 2015,
/// doi:10.1145/2723372.2747647; here without its angles, and with bounds from rounded factors, as in H. Li, T. N. Chan,
/// M. L. Yiu & N. Mamoulis, FEXIPRO: fast and exact inner product retrieval in recommender systems, SIGMOD 2017,
/// doi:10.1145/3035918.3064009.
struct BoundedItems: Sendable {
  /// The items that can be scored, in order.
  private let items: [Int32]
  private let columns: ByteColumns
  /// The largest offset and length from each tile on; (tiles,).
  private let largestOffsets: [Double]
  private let largestLengths: [Double]

  private static let tile = 128

  /// - Parameter userLength: The length of the factors of a user as users are; any finite number gives the same lists.
  init(_ scorer: BilinearScorer, userLength: Double) {
    let lengths = (0..<scorer.itemCount).map { euclideanLength(scorer.itemFactors.row($0)) }
    let bounds = (0..<scorer.itemCount).map { scorer.itemOffsets[$0] + userLength * lengths[$0] }
    let order = (0..<scorer.itemCount).filter(scorer.canScore).sorted {
      bounds[$0] != bounds[$1] ? bounds[$0] > bounds[$1] : $0 < $1
    }
    items = order.map { Int32($0) }
    columns = ByteFactors.columns(scorer, order, lengths: order.map { lengths[$0] })
    let tileCount = (order.count + Self.tile - 1) / Self.tile
    var largestOffsets = [Double](repeating: -.infinity, count: tileCount)
    var largestLengths = [Double](repeating: 0, count: tileCount)
    for tile in (0..<tileCount).reversed() {
      if tile + 1 < tileCount {
        largestOffsets[tile] = largestOffsets[tile + 1]
        largestLengths[tile] = largestLengths[tile + 1]
      }
      for item in order[tile * Self.tile..<min(order.count, (tile + 1) * Self.tile)] {
        largestOffsets[tile] = max(largestOffsets[tile], scorer.itemOffsets[item])
        largestLengths[tile] = max(largestLengths[tile], lengths[item])
      }
    }
    self.largestOffsets = largestOffsets
    self.largestLengths = largestLengths
  }

  /// A user whose list is not there yet.
  private struct Open {
    /// With their padding.
    let factor: ArraySlice<Float>
    let bytes: ByteUser
    let length: Double
    let offset: Double
    let history: History
    var largest: LargestItems
    /// Items that may come into the list and are not scored yet.
    var pending: [Int32] = []
  }

  /// The lists; see `BilinearScorer.lists`.
  func lists(
    _ scorer: BilinearScorer, factors users: DenseMatrix, userOffsets: [Double], for histories: [History],
    _ rule: ListRule
  ) -> [[ScoredItem]] {
    histories.indices.map { user in
      let factor = users.storage[user * users.stride..<(user + 1) * users.stride]
      let length = euclideanLength(factor)
      var open = Open(
        factor: factor, bytes: ByteFactors.user(factor, length: length, quads: columns.quads), length: length,
        offset: userOffsets.isEmpty ? 0 : userOffsets[user], history: histories[user],
        largest: LargestItems(count: rule.length))
      for tile in largestOffsets.indices {
        guard let threshold = threshold(from: tile, of: open) else { break }
        add(tile, threshold, rule, scorer, to: &open)
      }
      score(scorer, rule, &open)
      return open.largest.sorted
    }
  }

  /// What the bounds of a tile's items must reach; nil where no item from there on can come into the list.
  private func threshold(from tile: Int, of user: Open) -> Float? {
    guard let threshold = user.largest.threshold else { return -.greatestFiniteMagnitude }
    let product = user.length * largestLengths[tile]
    let offset = user.offset + largestOffsets[tile]
    // The sum of r products in Float is off by at most r · 2⁻²⁴ of the product of the lengths, the rest by much less.
    let rounding = product * Double(columns.quads * 4 + 8) * 0x1p-23
    // Products below the normal numbers are off by up to the least of those, and bounds may lose as much.
    let room =
      (abs(user.offset) + abs(largestOffsets[tile]) + abs(Double(threshold))) * 0x1p-20
      + Double(columns.quads * 4 + 8) * 0x1p-126
    // A bound that is no number keeps everything.
    if offset + product + rounding + room < Double(threshold) { return nil }
    let wanted = Float(Double(threshold) - user.offset - room).nextDown
    return wanted.isFinite ? wanted : -.greatestFiniteMagnitude
  }

  /// Takes up the items of a tile whose bounds reach the threshold.
  private func add(_ tile: Int, _ threshold: Float, _ rule: ListRule, _ scorer: BilinearScorer, to user: inout Open) {
    let range = tile * Self.tile..<min(items.count, (tile + 1) * Self.tile)
    // A bound that is no number keeps what only fills up the last panel, too.
    for place in BoundKernels.reachable(user.bytes, columns, items: range, threshold: threshold)
    where Int(place) < items.count {
      user.pending.append(items[Int(place)])
    }
    // A few are not worth a call of the kernel, which takes sixteen at once.
    if user.pending.count >= 16 { score(scorer, rule, &user) }
  }

  private func score(_ scorer: BilinearScorer, _ rule: ListRule, _ user: inout Open) {
    let scores = scorer.predict(factor: user.factor.span, userOffset: user.offset, items: user.pending)
    for (item, score) in zip(user.pending, scores) where user.largest.takes(score) {
      if let allowed = rule.allowed, !allowed[Int(item)] { continue }
      if rule.hidesSeen, user.history.holds(item) { continue }
      user.largest.insert(ScoredItem(item: item, score: score))
    }
    user.pending.removeAll(keepingCapacity: true)
  }
}

private func euclideanLength(_ factors: some Sequence<Float>) -> Double {
  factors.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}
