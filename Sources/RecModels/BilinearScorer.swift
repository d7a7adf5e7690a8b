package import RecAlgebra
internal import RecData
internal import RecKernels

/// Scores of the form *user's offset + item's offset + user's factors · item's factors*, for the models that have such.
///
/// The product is summed factor by factor in Float, the offsets are added in Double: an item has the same bits whether it
/// is scored alone or among others, for one user or for many, on every processor. Factors are kept once, row by row, so
/// that a user is folded in from whole rows; scoring turns tiles of them as it goes.
package struct BilinearScorer: Sendable, Equatable, Codable {
  /// A row for each item; items × factors.
  package let itemFactors: DenseMatrix
  /// What belongs to each item, minus infinity where it cannot be scored; (itemCount,).
  package let itemOffsets: [Double]
  /// The items in the order of how large their scores can get, once that was asked for.
  let bounded = KeptBounds()

  private enum CodingKeys: CodingKey { case itemFactors, itemOffsets }

  package static func == (left: Self, right: Self) -> Bool {
    left.itemFactors == right.itemFactors && left.itemOffsets == right.itemOffsets
  }

  package var itemCount: Int { itemFactors.rowCount }
  /// How many factors there are.
  package var rank: Int { itemFactors.columnCount }

  /// - Parameters:
  ///   - itemFactors: items × factors; finite.
  ///   - itemOffsets: What belongs to each item; empty where that is nothing.
  ///   - canScore: Whether an item can be scored; it has a score of minus infinity else.
  package init(itemFactors: DenseMatrix, itemOffsets: [Double] = [], canScore: (Int) -> Bool = { _ in true }) {
    precondition(itemOffsets.isEmpty || itemOffsets.count == itemFactors.rowCount, "each item has an offset")
    self.itemFactors = itemFactors
    self.itemOffsets = (0..<itemFactors.rowCount).map { item in
      canScore(item) ? (itemOffsets.isEmpty ? 0 : itemOffsets[item]) : -.infinity
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    itemFactors = try container.decode(DenseMatrix.self, forKey: .itemFactors)
    itemOffsets = try container.decode([Double].self, forKey: .itemOffsets)
    guard itemOffsets.count == itemFactors.rowCount else { throw decoder.corrupted("not an offset for each item") }
  }

  package func canScore(_ item: Int) -> Bool { itemOffsets[item] > -.infinity }

  /// The first two factors of an item that can be scored, where there are as many.
  package func firstFactors(of item: Int) -> (first: Float, second: Float)? {
    guard rank >= 2, canScore(item) else { return nil }
    return (itemFactors[item, 0], itemFactors[item, 1])
  }

  // MARK: Scores

  /// The scores of one user for all items.
  ///
  /// - Parameters:
  ///   - factor: (rank,) or more.
  ///   - scores: (itemCount,).
  package func score(factor: Span<Float>, userOffset: Double = 0, into scores: inout MutableSpan<Float>) {
    let offsets = [userOffset]
    BlockKernels.scoreRows(
      users: factor, userCount: 1, userStride: 0, userOffsets: offsets.span, rows: itemFactors.rows,
      rowStride: itemFactors.stride, rank: rank, itemOffsets: itemOffsets.span, items: 0..<itemCount, into: &scores,
      outputStride: itemCount)
  }

  /// The scores of several users for all items, one row after the other.
  ///
  /// - Parameters:
  ///   - factors: A row for each user; users × rank.
  ///   - userOffsets: (users,); empty where that is nothing.
  ///   - scores: (users × itemCount,).
  package func score(factors: DenseMatrix, userOffsets: [Double] = [], into scores: inout MutableSpan<Float>) {
    score(factors: factors, userOffsets: userOffsets, items: 0..<itemCount, into: &scores)
  }

  /// The scores of several users for the items of a range, one row after the other, (users × items.count,).
  package func score(
    factors: DenseMatrix, userOffsets: [Double] = [], items: Range<Int>, into scores: inout MutableSpan<Float>
  ) {
    precondition(factors.columnCount == rank, "users and items have the same factors")
    let offsets = userOffsets.isEmpty ? [Double](repeating: 0, count: factors.rowCount) : userOffsets
    BlockKernels.scoreRows(
      users: factors.rows, userCount: factors.rowCount, userStride: factors.stride, userOffsets: offsets.span,
      rows: itemFactors.rows, rowStride: itemFactors.stride, rank: rank, itemOffsets: itemOffsets.span, items: items,
      into: &scores, outputStride: items.count)
  }

  /// The scores of one user for some items, in their order, with the bits that `score` gives.
  package func predict(factor: Span<Float>, userOffset: Double = 0, items: [Int32]) -> [Float] {
    var scores = [Float](repeating: 0, count: items.count)
    let offsets = [userOffset]
    var output = scores.mutableSpan
    BlockKernels.scoreRows(
      users: factor, userCount: 1, userStride: 0, userOffsets: offsets.span, rows: itemFactors.rows,
      rowStride: itemFactors.stride, rank: rank, itemOffsets: itemOffsets.span, items: items.span, into: &output,
      outputStride: items.count)
    return scores
  }

  /// The weighted sum of the factors of some items, (rank,): what a user is folded in by where the items' factors are
  /// orthonormal. In Double, in the order of the items.
  package func sum(of items: [Int32], weights: [Float]) -> [Double] {
    var sums = [Double](repeating: 0, count: itemFactors.stride)
    var output = sums.mutableSpan
    BlockKernels.sumRows(
      itemFactors.rows, rowStride: itemFactors.stride, items: items.span, weights: weights.span, into: &output)
    return Array(sums[..<rank])
  }

  // MARK: Reasons and likeness

  /// What each factor adds to the score of an item, grouped by size; to be put behind the parts of the offsets.
  package func parts(factor: Span<Float>, item: Int) -> [Explanation.Part] {
    let parts = (0..<rank).map { place in
      let value = itemFactors[item, place]
      return Explanation.Part(
        .factor(place + 1, like: ItemIndex(mostOf(place, inTheDirectionOf: value))),
        Double(factor[place]) * Double(value))
    }
    return Explanation.largest(parts, noun: "factors")
  }

  /// The item that can be scored and has most of a factor, upward or downward; of equal ones the smallest index.
  private func mostOf(_ place: Int, inTheDirectionOf value: Float) -> Int {
    var best = (item: 0, value: -Float.infinity)
    for item in 0..<itemCount where canScore(item) {
      let own = value < 0 ? -itemFactors[item, place] : itemFactors[item, place]
      if own > best.value { best = (item, own) }
    }
    return best.item
  }

  /// The cosine of each item's factors with those of one item, (itemCount,): NaN where either cannot be scored or is zero.
  ///
  /// - Parameter scales: What each factor counts, (rank,); nil for all alike.
  package func similarities(to item: Int, scales: [Double]? = nil) -> [Float] {
    guard canScore(item) else { return [Float](repeating: .nan, count: itemCount) }
    let squares = scales.map { $0.map { $0 * $0 } } ?? [Double](repeating: 1, count: rank)
    let weighted = (0..<rank).map { Double(itemFactors[item, $0]) * squares[$0] }
    let length = similarity(weighted, squares, item).squareLength.squareRoot()
    return (0..<itemCount).map { other in
      let (product, squareLength) = similarity(weighted, squares, other)
      guard length > 0, squareLength > 0, canScore(other) else { return .nan }
      return Float(product / (length * squareLength.squareRoot()))
    }
  }

  /// The product of an item's factors with weighted ones, and the square of their own length.
  private func similarity(
    _ weighted: [Double], _ squares: [Double], _ item: Int
  ) -> (product: Double, squareLength: Double) {
    let rows = itemFactors.rows
    let start = item * itemFactors.stride
    var product = 0.0
    var squareLength = 0.0
    for place in 0..<rank {
      let factor = Double(rows[start + place])
      product += weighted[place] * factor
      squareLength += squares[place] * factor * factor
    }
    return (product, squareLength)
  }
}
