/// A truncated singular value decomposition `A ≈ left · diag(values) · rightᵀ`, with `k = values.count` components.
package struct SingularValueDecomposition: Sendable, Equatable {
  /// The left singular vectors, one a column; `m × k`.
  package let left: DenseMatrix
  /// The singular values, in descending order, all positive.
  package let values: [Double]
  /// The right singular vectors, one a column; `n × k`. In each, the entry of largest magnitude (the first, on a tie) is
  /// positive.
  package let right: DenseMatrix
  /// How many blocks the basis grew to; 0 where the matrix was small enough to be treated as dense.
  package let iterations: Int
  /// The estimated relative error of the worst singular value.
  package let residual: Double
}
