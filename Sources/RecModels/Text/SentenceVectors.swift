package import RecAlgebra
package import RecKernels

/// Vectors of items from those of their words: averages with smooth inverse frequency weights, less their first component.
///
/// v = 1/n Σ a/(a + p(w)) v_w over the n words that have a vector, then v − u uᵀv with the first right singular vector u of
/// all v. S. Arora, Y. Liang & T. Ma, "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017. We deviate in
/// that p(w) is the share of the word among the words of these items, not of a large corpus.
package struct SentenceVectors: Sendable {
  /// Each of length 1, or 0 where nothing is left; items × dimensions.
  package let vectors: DenseMatrix
  /// Whether an item has a word with a vector.
  package let hasWords: [Bool]

  /// - Parameters:
  ///   - words: words × dimensions.
  ///   - isKnown: whether each word has a vector.
  ///   - smoothing: a.
  ///   - removesFirst: whether the first component is taken away.
  package init(
    of items: ItemWords, words: DenseMatrix, isKnown: [Bool], smoothing: Double, removesFirst: Bool, seed: UInt64,
    execution: Execution
  ) throws(Cancelled) {
    let dimensions = words.columnCount
    let total = Double(max(1, items.words.count))
    let weights = items.counts.map { smoothing / (smoothing + Double($0) / total) }
    let chunk = 64
    let blocks = execution.workers.map((items.itemCount + chunk - 1) / chunk) { index in
      (index * chunk..<min(items.itemCount, (index + 1) * chunk)).map { item -> [Double]? in
        let known = items.words(of: item).filter { isKnown[Int($0)] }
        if known.isEmpty || execution.cancellation.isCancelled { return nil }
        var sum = [Double](repeating: 0, count: dimensions)
        for word in known {
          for (column, value) in words.row(Int(word)).enumerated() {
            sum[column] += weights[Int(word)] * Double(value)
          }
        }
        return sum.map { $0 / Double(known.count) }
      }
    }
    try execution.checkpoint()
    var averages = Array(blocks.joined())
    hasWords = averages.map { $0 != nil }
    if removesFirst, dimensions > 0 {
      var matrix = DenseMatrix(rowCount: averages.count, columnCount: dimensions)
      for (item, vector) in averages.enumerated() {
        for (column, value) in (vector ?? []).enumerated() { matrix[item, column] = Float(value) }
      }
      let first = try truncatedSVD(
        DenseOperator(matrix), rank: 1, accuracy: .relativeError(1e-9), seed: seed, execution: execution
      ).right
      if first.columnCount == 1 {
        for item in averages.indices { averages[item] = averages[item].map { Self.without(first, $0) } }
      }
    }
    var vectors = DenseMatrix(rowCount: averages.count, columnCount: dimensions)
    for (item, vector) in averages.enumerated() {
      guard let vector else { continue }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for column in 0..<dimensions { vectors[item, column] = Float(vector[column] / length) } }
    }
    self.vectors = vectors
  }

  /// A vector less its part along a direction; zero where nothing but rounding is left.
  private static func without(_ direction: DenseMatrix, _ vector: [Double]) -> [Double] {
    let product = vector.indices.reduce(0.0) { $0 + vector[$1] * Double(direction[$1, 0]) }
    let rest = vector.indices.map { vector[$0] - product * Double(direction[$0, 0]) }
    let (before, after) = (vector.reduce(0) { $0 + $1 * $1 }, rest.reduce(0) { $0 + $1 * $1 })
    return after > 1e-12 * before ? rest : [Double](repeating: 0, count: vector.count)
  }
}
