package import RecAlgebra
package import RecKernels

/// How much oftener words stand near one another than by chance, and the vectors that follow from it.
///
/// PPMI_α(w, c) = max(0, ln(#(w,c) Σ #c^α / (#w #c^α)) − ln shift), counted in both directions within a window that does not
/// leave its text; the vectors are U √Σ of its truncated singular value decomposition. O. Levy & Y. Goldberg, "Neural word
/// embedding as implicit matrix factorization", NIPS 2014; with the context smoothing α and the exponent ½ of O. Levy,
/// Y. Goldberg & I. Dagan, 2015, doi:10.1162/tacl_a_00134.
package enum WordCooccurrences {
  package struct Options: Sendable {
    /// Words on each side that a word stands near to.
    package var window = 5
    /// What PMI must exceed, as a factor: the number of negative samples of word2vec that it stands for.
    package var shift = 1.0
    /// α.
    package var smoothing = 0.75
    package init() {}
  }

  /// The matrix, words × words; only positive entries are held.
  ///
  /// - Parameter keeps: whether each word of the vocabulary counts; the others are as if they were not written.
  package static func ppmi(
    _ texts: ItemWords, keeps: [Bool], _ options: Options, execution: Execution
  ) throws(Cancelled) -> SparseRows {
    let count = texts.vocabulary.count
    let kept = (0..<texts.textOffsets.count - 1).map { text in
      texts.words[texts.textOffsets[text]..<texts.textOffsets[text + 1]].filter { keeps[Int($0)] }
    }
    func forEachPair(_ body: (Int32, Int32) -> Void) throws(Cancelled) {
      for (number, words) in kept.enumerated() {
        if number.isMultiple(of: 256) { try execution.checkpoint() }
        for place in words.indices {
          for other in words[(place + 1)...].prefix(options.window) {
            body(words[place], other)
            body(other, words[place])
          }
        }
      }
    }
    var offsets = [Int](repeating: 0, count: count + 1)
    try forEachPair { word, _ in offsets[Int(word) + 1] += 1 }
    let totals = Array(offsets.dropFirst())
    for word in 0..<count { offsets[word + 1] += offsets[word] }
    var contexts = [Int32](repeating: 0, count: offsets[count])
    var next = offsets
    try forEachPair { word, context in
      contexts[next[Int(word)]] = context
      next[Int(word)] += 1
    }
    let smoothed = totals.map { $0 > 0 ? RealFunctions.pow(Double($0), options.smoothing) : 0 }
    let sum = smoothed.reduce(0, +)
    let starts = offsets
    let all = contexts
    let chunk = 64
    let rows = execution.workers.map((count + chunk - 1) / chunk) { index in
      (index * chunk..<min(count, (index + 1) * chunk)).map { word -> (columns: [Int32], values: [Float]) in
        if execution.cancellation.isCancelled { return ([], []) }
        var columns: [Int32] = []
        var values: [Float] = []
        let sorted = all[starts[word]..<starts[word + 1]].sorted()[...]
        var rest = sorted
        while let context = rest.first {
          let same = rest.prefix { $0 == context }.count
          rest = rest.dropFirst(same)
          let ratio = Double(same) * sum / (Double(totals[word]) * smoothed[Int(context)])
          let value = RealFunctions.log(ratio / options.shift)
          if value > 0 {
            columns.append(context)
            values.append(Float(value))
          }
        }
        return (columns, values)
      }
    }.flatMap { $0 }
    try execution.checkpoint()
    return SparseRows(
      rowCount: count, columnCount: count,
      offsets: rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.columns.count) },
      columns: rows.flatMap(\.columns), values: rows.flatMap(\.values))
  }

  /// Vectors of all words; words × dimensions, fewer where the matrix has no more singular values.
  package static func vectors(
    _ ppmi: SparseRows, dimensions: Int, seed: UInt64, execution: Execution
  ) throws(Cancelled) -> DenseMatrix {
    let decomposition = try truncatedSVD(
      SparseOperator(ppmi, workers: execution.workers), rank: min(dimensions, ppmi.rowCount),
      accuracy: .relativeError(1e-6), seed: seed, execution: execution)
    var vectors = decomposition.left
    for (column, value) in decomposition.values.enumerated() {
      for row in 0..<vectors.rowCount {
        vectors[row, column] = Float(Double(vectors[row, column]) * value.squareRoot())
      }
    }
    return vectors
  }
}
