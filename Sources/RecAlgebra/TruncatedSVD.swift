package import RecKernels

/// The `rank` largest singular values of an operator, with their vectors.
///
/// By block Lanczos on the shorter side (see `KrylovSVD`) until each value's estimated relative error is at most
/// `tolerance`; a small matrix is written out and decomposed to full double precision. Gives fewer than `rank` components
/// where the matrix has fewer values above 1.5 · 10⁻⁸ of the largest (a small matrix: above its rounding error). The same
/// bits for any number of threads. Values of the operator must be finite.
package func truncatedSVD(
  _ matrix: some LinearOperator, rank: Int, tolerance: Double = 1e-8, seed: UInt64, execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  try truncatedSVD(
    matrix, rank: rank, accuracy: .relativeError(tolerance), seed: seed, execution: execution)
}

/// The same to another accuracy; a fast one gives only values above 10⁻⁵ of the largest.
///
/// - Parameter keepsLeft: Without the left vectors (`left` then has no columns) a tall matrix takes less time.
package func truncatedSVD(
  _ matrix: some LinearOperator, rank: Int, accuracy: SVDAccuracy, keepsLeft: Bool = true, seed: UInt64,
  execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  precondition(rank >= 0, "a rank is not negative")
  try execution.checkpoint()
  let (rows, columns) = (matrix.rowCount, matrix.columnCount)
  if rank == 0 || rows == 0 || columns == 0 {
    return SingularValueDecomposition(
      left: DenseMatrix(rowCount: rows, columnCount: 0), values: [],
      right: DenseMatrix(rowCount: columns, columnCount: 0),
      iterations: 0, residual: 0)
  }
  if isSmall(rows, columns, rank: rank) { return try denseSVD(matrix, rank: rank, execution: execution) }
  if columns <= rows {
    let krylov = KrylovSVD(matrix, rank: rank, accuracy: accuracy, seed: seed, execution: execution)
    let outcome = try krylov.run()
    // Small Ritz values are too inexact to tell the rank by.
    if !keepsLeft, outcome.values.allSatisfy({ $0 > 0.01 * outcome.values[0] }) {
      return rightHalf(outcome, rowCount: rows, execution.workers)
    }
    return try finish(matrix, outcome, isTransposed: false, leastShare: accuracy.leastShare, execution)
  }
  let transposed = TransposedOperator(base: matrix)
  let krylov = KrylovSVD(transposed, rank: rank, accuracy: accuracy, seed: seed, execution: execution)
  return try finish(transposed, krylov.run(), isTransposed: true, leastShare: accuracy.leastShare, execution)
}

/// Whether writing the matrix out costs less than iterating.
private func isSmall(_ rows: Int, _ columns: Int, rank: Int) -> Bool {
  let short = min(rows, columns)
  return short <= 64 && rows * columns <= 1 << 20 || rows * columns <= 1 << 16 && rank > short / 3
}

/// The decomposition from its right vectors: `A v` is a left vector, and its length the singular value.
private func finish<Operator: LinearOperator>(
  _ matrix: Operator, _ outcome: KrylovSVD<Operator>.Outcome, isTransposed: Bool, leastShare: Double,
  _ execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  let number = outcome.number
  var images = [Double](repeating: 0, count: matrix.rowCount * number)
  matrix.apply(outcome.vectors, width: number, into: &images, execution: execution)
  try execution.checkpoint()
  let lengths = columnLengths(images, width: number, workers: execution.workers)
  let order = (0..<number).sorted { (lengths[$0], $1) > (lengths[$1], $0) }
  let threshold = leastShare * (lengths.max() ?? 0)
  let kept = order.filter { lengths[$0] > threshold }
  let (left, right) = isTransposed ? (outcome.vectors, images) : (images, outcome.vectors)
  let allSigns = signsOfLargest(right, width: number)
  let signs = kept.map { allSigns[$0] }
  let scales = kept.map { 1 / lengths[$0] }
  // The images are as long as their values; the iterated side is of unit length already.
  let scaled = zip(signs, scales).map { $0 * $1 }
  let (leftScales, rightScales) = isTransposed ? (signs, scaled) : (scaled, signs)
  return SingularValueDecomposition(
    left: DenseMatrix(columns: kept, scaledBy: leftScales, of: left, width: number, workers: execution.workers),
    values: kept.map { lengths[$0] },
    right: DenseMatrix(columns: kept, scaledBy: rightScales, of: right, width: number, workers: execution.workers),
    iterations: outcome.iterations, residual: outcome.residual)
}

/// The decomposition without left vectors, from the right vectors and their values.
private func rightHalf<Operator: LinearOperator>(
  _ outcome: KrylovSVD<Operator>.Outcome, rowCount: Int, _ workers: Workers
) -> SingularValueDecomposition {
  let number = outcome.number
  return SingularValueDecomposition(
    left: DenseMatrix(rowCount: rowCount, columnCount: 0), values: outcome.values,
    right: DenseMatrix(
      columns: Array(0..<number), scaledBy: signsOfLargest(outcome.vectors, width: number), of: outcome.vectors,
      width: number, workers: workers),
    iterations: outcome.iterations, residual: outcome.residual)
}

/// The Euclidean length of each column.
private func columnLengths(_ block: [Double], width: Int, workers: Workers) -> [Double] {
  workers.sum(block.count / width, chunk: 4096, elements: width) { rows, squares in
    for row in rows {
      for column in 0..<width { squares[column] += block[row * width + column] * block[row * width + column] }
    }
  }.map { $0.squareRoot() }
}

extension DenseMatrix {
  /// Some columns of a block (row-major, `width` columns), each multiplied by its factor.
  fileprivate init(columns: [Int], scaledBy factors: [Double], of block: [Double], width: Int, workers: Workers) {
    self.init(rowCount: block.count / width, columnCount: columns.count)
    guard !columns.isEmpty else { return }
    let stride = stride
    var padded = storage
    workers.fill(&padded, chunk: 1024 * stride) { range, rows in
      for row in 0..<range.count / stride {
        let source = (range.lowerBound / stride + row) * width
        for column in 0..<columns.count {
          rows[row * stride + column] = Float(block[source + columns[column]] * factors[column])
        }
      }
    }
    self.init(rowCount: block.count / width, columnCount: columns.count, storage: padded)
  }
}

/// The sign of each column's entry of largest magnitude, the first on a tie: the factor that makes it positive.
func signsOfLargest(_ block: [Double], width: Int) -> [Double] {
  var largest = [Double](repeating: 0, count: width)
  for start in stride(from: 0, to: block.count, by: max(1, width)) {
    for column in 0..<width where block[start + column].magnitude > largest[column].magnitude {
      largest[column] = block[start + column]
    }
  }
  return largest.map { $0 < 0 ? -1 : 1 }
}
