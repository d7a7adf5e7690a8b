internal import RecAlgebra
internal import RecKernels

extension PosteriorSample {
  /// What each rated item, and what is left without any, adds to the product of somebody's mean with a vector.
  ///
  /// Somebody's mean is linear in the history: P⁻¹ (right + Λ m + noise · Σ x_j (t_j − b_j)), where m holds a share for each
  /// rated item, too. So a product with it splits into a part for each rating.
  ///
  /// - Parameters:
  ///   - targets: Standardized values of the items.
  ///   - vector: (rank,); the bias is not asked about.
  func shares(
    of history: [Int32], _ targets: [Float], labels: [(Int32, Float)], in vector: [Double], addsGram: Bool
  ) -> (prior: Double, rated: [Double]) {
    let (order, stride) = (rank + 1, items.stride)
    var matrix = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in row..<order { matrix[row * order + column] = base[row * stride + column] }
    }
    let regressors = history.map { item in items.row(Int(item)).dropLast().map { Double($0) } + [1] }
    if addsGram {
      for regressor in regressors {
        for row in 0..<order {
          for column in row..<order { matrix[row * order + column] += noise * regressor[row] * regressor[column] }
        }
      }
    }
    var solution = vector + [0]
    var left = matrix.mutableSpan
    var right = solution.mutableSpan
    // The precision is positive definite: the prior's is, and a Gram matrix takes nothing away.
    guard DenseAlgebra.solvePositiveDefinite(&left, order: order, right: &right) else {
      return (0, history.map { _ in 0 })
    }
    let weighted = (0..<order).map { row in
      (0..<order).reduce(0) { $0 + precision[row * stride + $1] * solution[$1] }
    }
    let common = priorMean(items: [], labels: labels)
    let prior = (0..<order).reduce(0) { $0 + baseRight[$1] * solution[$1] + Double(common[$1]) * weighted[$1] }
    let share = 1 / Double(max(1, history.count)).squareRoot()
    let rated = history.indices.map { place in
      let bias = addsGram ? items[Int(history[place]), rank] : 0
      let product = (0..<order).reduce(0) { $0 + regressors[place][$1] * solution[$1] }
      var sum = noise * product * (Double(targets[place]) - Double(bias))
      if seen.rowCount > 0 {
        for (factor, weight) in seen.row(Int(history[place])).enumerated() {
          sum += share * Double(weight) * weighted[factor]
        }
      }
      return sum
    }
    return (prior, rated)
  }
}
