internal import RecAlgebra
internal import RecKernels

extension PairwiseState {
  /// Uniform random factors with mean 0, biases of 0; the same for a user or an item wherever the layout puts it.
  ///
  /// - Parameters:
  ///   - spread: Their standard deviation.
  ///   - hasPositives: Whether a user has anything to learn from; the factors of the others are zero.
  init(
    _ layout: PairwiseLayout, factors: Int, spread: Double, seed: UInt64, workers: Workers,
    hasPositives: @Sendable (Int) -> Bool
  ) {
    let stride = DenseMatrix.stride(factors)
    let width = spread * 12.0.squareRoot()
    let fill = { (places: [Int32], purpose: CounterRandom.Purpose, isWanted: @Sendable (Int) -> Bool) in
      var factorsOfAll = [Float](repeating: 0, count: places.count * stride)
      workers.fill(&factorsOfAll, chunk: 256 * stride) { range, rows in
        for start in Swift.stride(from: 0, to: range.count, by: stride) {
          let index = Int(places[(range.lowerBound + start) / stride])
          guard isWanted(index) else { continue }
          for group in 0..<(factors + 3) / 4 {
            let bits = CounterRandom.four(seed: seed, purpose: purpose, UInt64(index), UInt64(group))
            for lane in 0..<min(4, factors - 4 * group) {
              rows[start + 4 * group + lane] = Float((CounterRandom.unit(bits[lane]) - 0.5) * width)
            }
          }
        }
      }
      return factorsOfAll
    }
    self.init(
      rowFactors: fill(layout.users, CounterRandom.Purpose("bpr user factors"), hasPositives),
      columnFactors: fill(layout.items, CounterRandom.Purpose("bpr item factors")) { _ in true },
      columnBiases: [Float](repeating: 0, count: layout.items.count), stride: stride)
  }
}

extension DenseMatrix {
  /// Rows in another order: row `places[r]` of the matrix is row `r` of the storage; the other rows are zero.
  init(rowCount: Int, columnCount: Int, placing rows: [Float], at places: [Int32]) {
    self.init(rowCount: rowCount, columnCount: columnCount)
    for (row, place) in places.enumerated() {
      storage.replaceSubrange(
        Int(place) * stride..<(Int(place) + 1) * stride, with: rows[row * stride..<(row + 1) * stride])
    }
  }
}
