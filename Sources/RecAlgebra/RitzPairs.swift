import RecKernels

/// The eigenpairs of an operator within a basis, and how far they are from eigenpairs of the operator itself.
struct RitzPairs: Sendable {
  /// In ascending order, `(count,)`.
  let values: [Double]
  /// Row `i` holds the coordinates of the eigenvector of `values[i]`; `count × count`.
  private let vectors: [Double]
  private let remainder: [Double]
  private let width: Int
  private var count: Int { values.count }

  /// `matrix` is the operator's, `order × order`, in the basis. `remainder` is the Gram matrix (`width × width`) of what the operator's product with the last block has outside the
  /// basis.
  init(_ matrix: [Double], order: Int, remainder: [Double], width: Int) {
    guard let eigen = DenseAlgebra.symmetricEigen(matrix, order: order) else {
      preconditionFailure("the eigenvalues of a finite symmetric matrix converge")
    }
    values = eigen.values
    vectors = eigen.vectors
    self.remainder = remainder
    self.width = width
  }

  /// The `number` largest values, descending; zeros where there are fewer.
  func leading(_ number: Int) -> [Double] {
    (0..<number).map { $0 < count ? values[count - 1 - $0] : 0 }
  }

  /// The coordinates of the vectors of the `number` largest values, by descending value; `number × count`.
  func coordinates(_ number: Int) -> [Double] {
    (0..<number).flatMap { vectors[(count - 1 - $0) * count..<(count - $0) * count] }
  }

  /// The largest estimated relative error among the `number` leading singular values (the values' square roots).
  ///
  /// With residual `r` and distance `g` to the nearest other value, a value is wrong by at most `r`, and by about `r² / g`
  /// (Parlett, "The symmetric eigenvalue problem", 1998, section 11.7). A square root has half the relative error.
  func relativeError(_ number: Int) -> Double {
    guard let largest = values.last, largest > 0 else { return 0 }
    var worst = 0.0
    for index in max(0, count - number)..<count {
      let residual = residual(index)
      var gap = Double.infinity
      if index > 0 { gap = values[index] - values[index - 1] }
      if index + 1 < count { gap = min(gap, values[index + 1] - values[index]) }
      let error = min(residual, residual * residual / max(gap, .leastNormalMagnitude))
      // Below the rounding of the largest value nothing can be gained.
      if error > 1e-15 * largest { worst = max(worst, error / (2 * max(values[index], 1e-15 * largest))) }
    }
    return worst
  }

  /// The length of `B v - value · v`: the last block's coordinates of `v`, measured by the remainder.
  private func residual(_ index: Int) -> Double {
    let last = vectors[(index + 1) * count - width..<(index + 1) * count]
    var square = 0.0
    for (row, x) in last.enumerated() {
      for (column, y) in last.enumerated() { square += x * y * remainder[row * width + column] }
    }
    return max(0, square).squareRoot()
  }
}
