import RecKernels

/// The decomposition of a matrix small enough to be written out, to full double precision.
func denseSVD(
  _ matrix: some LinearOperator, rank: Int, execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  let rows = matrix.rowCount
  let columns = matrix.columnCount
  var identity = [Double](repeating: 0, count: columns * columns)
  for index in 0..<columns { identity[index * columns + index] = 1 }
  var dense = [Double](repeating: 0, count: rows * columns)
  matrix.apply(identity, width: columns, into: &dense, execution: execution)
  try execution.checkpoint()
  guard let parts = DenseAlgebra.singularValues(dense, rows: rows, columns: columns) else {
    preconditionFailure("the singular values of a finite matrix converge")
  }
  let small = min(rows, columns)
  let threshold = (parts.values.first ?? 0) * Double(max(rows, columns)) * Double.ulpOfOne
  let kept = parts.values.prefix(rank).prefix { $0 > threshold }.count
  var left = DenseMatrix(rowCount: rows, columnCount: kept)
  var right = DenseMatrix(rowCount: columns, columnCount: kept)
  for component in 0..<kept {
    let vector = parts.right[component * columns..<(component + 1) * columns]
    let sign = signOfLargest(vector)
    for (index, value) in vector.enumerated() { right[index, component] = Float(sign * value) }
    for row in 0..<rows { left[row, component] = Float(sign * parts.left[row * small + component]) }
  }
  return SingularValueDecomposition(
    left: left, values: Array(parts.values.prefix(kept)), right: right, iterations: 0, residual: 0)
}

/// The sign of the entry of largest magnitude, the first on a tie: the factor that makes it positive.
func signOfLargest(_ vector: some Sequence<Double>) -> Double {
  var largest = 0.0
  for value in vector where value.magnitude > largest.magnitude { largest = value }
  return largest < 0 ? -1 : 1
}
