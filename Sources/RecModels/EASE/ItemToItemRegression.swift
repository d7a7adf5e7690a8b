internal import RecAlgebra
internal import RecKernels

/// Ridge regression of every item's column on all others, by the inverse of the regularised Gram matrix.
struct ItemToItemRegression: Sendable {
  /// users × items.
  let users: SparseRows
  /// items × users.
  let items: SparseRows
  /// λ.
  let regularization: Double

  /// The weights of all items: B_ij = −P_ij / P_jj, zero on the diagonal; items × items.
  func weights(_ execution: Execution) throws -> DenseMatrix {
    var matrix = DenseMatrix(rowCount: items.rowCount, columnCount: items.rowCount)
    let stride = matrix.stride
    execution.workers.fill(&matrix.storage, chunk: 16 * stride) { range, rows in
      for item in range.lowerBound / stride..<range.upperBound / stride where !execution.cancellation.isCancelled {
        let start = item * stride - range.lowerBound
        var row = rows._mutatingExtracting(start..<start + stride)
        addGram(item, users, into: &row)
        row[item] += Float(regularization)
      }
    }
    try execution.checkpoint()
    guard try matrix.negateAndInvert(label: "ease", execution) else { throw Self.isSingular }
    matrix.becomeWeights(execution.workers)
    return matrix
  }

  /// `row += ` an item's column times all columns of a matrix of users × something.
  func addGram(_ item: Int, _ users: SparseRows, into row: inout MutableSpan<Float>) {
    let entries = items.row(item)
    NeighborKernels.addRows(
      items.columns.span.extracting(entries), weights: items.values.span.extracting(entries),
      offsets: users.offsets.span, columns: users.columns.span, values: users.values.span,
      columnCount: users.columnCount, into: &row)
  }

  static let isSingular = TrainingError.unsuitable(
    option: "reg", reason: "it is too small against the sums of squares to invert them; a larger one is needed")
}

extension DenseMatrix {
  /// Makes weights of the negative inverse: −P_ij / P_jj off the diagonal, zero on it.
  mutating func becomeWeights(_ workers: Workers) {
    let scales = (0..<rowCount).map { -1 / self[$0, $0] }
    let (stride, columns) = (stride, columnCount)
    workers.fill(&storage, chunk: 64 * stride) { range, rows in
      let scales = scales.span
      for row in range.lowerBound / stride..<range.upperBound / stride {
        let start = row * stride - range.lowerBound
        for column in 0..<columns { rows[start + column] *= scales[column] }
        rows[start + row] = 0
      }
    }
  }
}
