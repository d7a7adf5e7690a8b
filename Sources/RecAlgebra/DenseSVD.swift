import RecKernels

/// The decomposition of a matrix small enough to be written out, to full double precision.
func denseSVD(
  _ matrix: some LinearOperator, rank: Int, execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  let (rows, columns) = (matrix.rowCount, matrix.columnCount)
  let dense = try written(matrix, execution)
  guard let parts = DenseAlgebra.singularValues(dense, rows: rows, columns: columns) else {
    preconditionFailure("the singular values of a finite matrix converge")
  }
  let small = min(rows, columns)
  let threshold = (parts.values.first ?? 0) * Double(max(rows, columns)) * Double.ulpOfOne
  let kept = parts.values.prefix(rank).prefix { $0 > threshold }.count
  var left = DenseMatrix(rowCount: rows, columnCount: kept)
  var right = DenseMatrix(rowCount: columns, columnCount: kept)
  for component in 0..<kept {
    let vector = Array(parts.right[component * columns..<(component + 1) * columns])
    let sign = signsOfLargest(vector, width: 1)[0]
    // Adding zero turns a negative zero into zero.
    for (index, value) in vector.enumerated() { right[index, component] = Float(sign * value + 0) }
    for row in 0..<rows { left[row, component] = Float(sign * parts.left[row * small + component] + 0) }
  }
  return SingularValueDecomposition(
    left: left, values: Array(parts.values.prefix(kept)), right: right, iterations: 0, residual: 0)
}

/// All elements of an operator, row-major, from its product with the identity of the shorter side.
private func written(_ matrix: some LinearOperator, _ execution: Execution) throws(Cancelled) -> [Double] {
  let (rows, columns) = (matrix.rowCount, matrix.columnCount)
  var dense = [Double](repeating: 0, count: rows * columns)
  if columns <= rows {
    matrix.apply(identity(columns), width: columns, into: &dense, execution: execution)
    try execution.checkpoint()
    return dense
  }
  var transposed = dense
  matrix.applyTransposed(identity(rows), width: rows, into: &transposed, execution: execution)
  try execution.checkpoint()
  for row in 0..<rows {
    for column in 0..<columns { dense[row * columns + column] = transposed[column * rows + row] }
  }
  return dense
}

private func identity(_ order: Int) -> [Double] {
  var matrix = [Double](repeating: 0, count: order * order)
  for index in 0..<order { matrix[index * order + index] = 1 }
  return matrix
}
