internal import RecAlgebra
package import RecData
internal import RecKernels

/// Spectral graph filtering without training: a linear filter and an ideal low-pass filter of what the user has.
///
/// With R̃ = D_U^−½ R D_I^−½ and the first k right singular vectors V of R̃, the scores of a history r are
/// r (R̃ᵀR̃ + α D_I^−½ V Vᵀ D_I^½). They are linear in the history, whether the user is known or new.
/// Y. Shen, Y. Wu, Y. Zhang, C. Shan, J. Zhang, K. B. Letaief & D. Li, "How powerful is graph convolution for
/// recommendation?", CIKM 2021, doi:10.1145/3459637.3482264.
package struct GraphFilter: Recommender {
  private let weighting: InteractionGraph.Weighting
  /// R̃ and its transpose.
  private let adjacency: NormalizedAdjacency
  /// √α D_I^½ V; items × factors, none where the low-pass filter counts nothing.
  private let lowPass: BilinearScorer
  /// D_I; 0 where an item has no interactions, and so cannot be scored.
  private let itemDegrees: [Double]
  private let itemCounts: [Int32]

  package var itemCount: Int { itemDegrees.count }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }
  package var rank: Int { lowPass.rank }

  package var isConsistent: Bool {
    adjacency.rows.columnCount == itemCount && lowPass.itemCount == itemCount && itemCounts.count == itemCount
      && zip(itemCounts, itemDegrees).allSatisfy { ($0 > 0) == ($1 > 0) }
  }

  /// - Parameters:
  ///   - factors: k; lowered to the rank where that is less.
  ///   - lowPassWeight: α.
  ///   - tolerance: Of the singular values.
  init(
    _ graph: InteractionGraph, factors: Int, lowPassWeight: Double, tolerance: Double, seed: UInt64,
    execution: Execution
  ) throws(Cancelled) {
    weighting = graph.weighting
    itemDegrees = graph.itemDegrees
    itemCounts = graph.itemCounts
    let normalized = SparseOperator(
      graph.mapEdges { $2 / (graph.userDegrees[$0] * graph.itemDegrees[$1]).squareRoot() }, workers: execution.workers)
    adjacency = NormalizedAdjacency(normalized)
    try execution.checkpoint()
    var low = DenseMatrix(rowCount: normalized.columnCount, columnCount: 0)
    if lowPassWeight > 0 {
      low = try truncatedSVD(
        normalized, rank: min(factors, normalized.rowCount, normalized.columnCount), tolerance: tolerance, seed: seed,
        execution: execution
      ).right
      for item in 0..<low.rowCount {
        let scale = Float((lowPassWeight * graph.itemDegrees[item]).squareRoot())
        for place in low.rowRange(item) { low.storage[place] *= scale }
      }
    }
    lowPass = BilinearScorer(itemFactors: low)
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) { score([history], into: &scores) }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    for start in Swift.stride(from: 0, to: histories.count, by: Self.blockWidth) {
      let block = histories[start..<min(histories.count, start + Self.blockWidth)]
      var own = scores._mutatingExtracting(start * itemCount..<(start + block.count) * itemCount)
      scoreBlock(Array(block), into: &own)
    }
  }

  /// Histories that are scored in one pass over the graph.
  private static let blockWidth = 16

  private func scoreBlock(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let width = histories.count
    var signal = [Double](repeating: 0, count: itemCount * width)
    var factors = DenseMatrix(rowCount: width, columnCount: lowPass.rank)
    for (column, history) in histories.enumerated() {
      let weights = history.values.map(weighting.weight)
      for (item, weight) in zip(history.items, weights) { signal[Int(item) * width + column] = weight }
      let scaled = zip(history.items, weights).map { item, weight in
        itemDegrees[Int(item)] > 0 ? Float(weight / itemDegrees[Int(item)]) : 0
      }
      for (place, value) in lowPass.sum(of: history.items, weights: scaled).enumerated() {
        factors[column, place] = Float(value)
      }
    }
    lowPass.score(factors: factors, into: &scores)
    let linear = adjacency.filtered(signal, width: width)
    for (column, history) in histories.enumerated() {
      for item in 0..<itemCount {
        let place = column * itemCount + item
        if itemCounts[item] == 0 {
          scores[place] = -.infinity
        } else if history.isEmpty {
          scores[place] = Float(itemCounts[item])
        } else {
          scores[place] = Float(linear[item * width + column] + Double(scores[place]))
        }
      }
    }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard itemCounts[item.raw] > 0 else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(itemCounts[item.raw]))])
    }
    let linear = adjacency.products(with: item.raw, of: history.items)
    let mine = lowPass.itemFactors.row(item.raw)
    let rated = history.items.indices.map { place in
      let other = Int(history.items[place])
      let weight = weighting.weight(history.values[place])
      var value = linear[place]
      if itemDegrees[other] > 0 {
        let product = zip(lowPass.itemFactors.row(other), mine).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        value += product / itemDegrees[other]
      }
      return Explanation.Part(.rated(ItemIndex(history.items[place]), value: history.values[place]), weight * value)
    }
    return Explanation(parts: Explanation.largest(rated, noun: "ratings"))
  }

  /// The cosine of the columns of R̃.
  package func similarities(to item: ItemIndex) -> [Float]? {
    let products = adjacency.products(with: item.raw, of: (0..<itemCount).map { Int32($0) })
    let lengths = adjacency.columnLengths()
    return (0..<itemCount).map { other in
      guard lengths[item.raw] > 0, lengths[other] > 0 else { return .nan }
      return Float(products[other] / (lengths[item.raw] * lengths[other]))
    }
  }

  package var facts: [ModelFact] {
    let rank = lowPass.rank
    return [ModelFact("factors", .count(rank), of: "factor")]
  }
}
