import COpenBLAS

extension DenseAlgebra {
  /// Eigenvalues in ascending order and eigenvectors of a symmetric matrix (LAPACK dsyevd); nil if it does not converge.
  ///
  /// The matrix (`order × order`) is given up. Row `i` of `vectors` is the unit eigenvector of `values[i]`; its sign is
  /// LAPACK's. Without `wantsVectors`, `vectors` is empty.
  package static func symmetricEigen(
    _ matrix: consuming [Double], order: Int, wantsVectors: Bool = true
  ) -> (values: [Double], vectors: [Double])? {
    precondition(matrix.count == order * order, "the matrix is square")
    guard order > 0 else { return ([], []) }
    prepare()
    var values = [Double](repeating: 0, count: order)
    let work = wantsVectors ? 1 + 6 * order + 2 * order * order : 2 * order + 1
    var workspace = [Double](repeating: 0, count: work)
    var integers = [Int32](repeating: 0, count: 3 + 5 * order)
    var n = Int32(order)
    var workCount = Int32(work)
    var integerCount = Int32(integers.count)
    var info: Int32 = 0
    // SAFETY: the arrays have the sizes that dsyevd documents for this order, and the pointers last for the call. LAPACK
    // reads columns: the matrix is its own transpose, and the eigenvectors, its columns, are our rows.
    unsafe rec_dsyevd(
      wantsVectors ? "V" : "N", "L", &n, &matrix, &n, &values, &workspace, &workCount, &integers, &integerCount, &info)
    guard info == 0 else { return nil }
    return (values, wantsVectors ? matrix : [])
  }

  /// The thin singular value decomposition of a dense `rows × columns` matrix (LAPACK dgesdd); nil if it does not converge.
  ///
  /// With `r = min(rows, columns)`: `left` is `rows × r`, `values` descend, `right` is `r × columns` (transposed: row `i`
  /// is the right singular vector of `values[i]`). All row-major.
  package static func singularValues(
    _ matrix: [Double], rows: Int, columns: Int
  ) -> (left: [Double], values: [Double], right: [Double])? {
    precondition(matrix.count == rows * columns, "the matrix fills its array")
    let small = min(rows, columns)
    guard small > 0 else { return ([], [], []) }
    prepare()
    // LAPACK reads columns, so it sees the transpose (columns × rows): its left vectors are our right ones.
    var m = Int32(columns)
    var n = Int32(rows)
    var inner = Int32(small)
    var input = matrix
    var values = [Double](repeating: 0, count: small)
    var right = [Double](repeating: 0, count: columns * small)
    var left = [Double](repeating: 0, count: small * rows)
    var integers = [Int32](repeating: 0, count: 8 * small)
    var info: Int32 = 0
    var workCount: Int32 = -1
    var best = 0.0
    // SAFETY: a call with a work size of -1 only writes the wanted size.
    unsafe rec_dgesdd(
      "S", &m, &n, &input, &m, &values, &right, &m, &left, &inner, &best, &workCount, &integers, &info)
    workCount = Int32(best)
    var workspace = [Double](repeating: 0, count: max(1, Int(workCount)))
    // SAFETY: the arrays have the sizes that dgesdd documents for this shape, and the pointers last for the call.
    unsafe rec_dgesdd(
      "S", &m, &n, &input, &m, &values, &right, &m, &left, &inner, &workspace, &workCount, &integers, &info)
    guard info == 0 else { return nil }
    return (left, values, right)
  }

  /// The Cholesky factor of a symmetric positive definite matrix: upper `r` with `rᵀ r = matrix`; nil if it is not definite.
  ///
  /// Only the upper triangle is read; the lower triangle of the result is zero.
  package static func cholesky(_ matrix: consuming [Double], order: Int) -> [Double]? {
    precondition(matrix.count == order * order, "the matrix is square")
    guard order > 0 else { return [] }
    prepare()
    var n = Int32(order)
    var info: Int32 = 0
    // SAFETY: the array holds order × order elements. Our upper triangle is LAPACK's lower one.
    unsafe rec_dpotrf("L", &n, &matrix, &n, &info)
    guard info == 0 else { return nil }
    for row in 1..<max(1, order) {
      for column in 0..<row { matrix[row * order + column] = 0 }
    }
    return matrix
  }

  /// Solves `matrix · x = y` for a symmetric positive definite matrix, in place of both; false if it is not definite.
  ///
  /// `right` holds `count` right-hand sides, one after the other; they become the solutions. The upper triangle is read.
  package static func solvePositiveDefinite(
    _ matrix: inout MutableSpan<Double>, order: Int, right: inout MutableSpan<Double>, count: Int = 1
  ) -> Bool {
    precondition(matrix.count >= order * order && right.count >= order * count, "the system lies within its spans")
    guard order > 0, count > 0 else { return true }
    prepare()
    var n = Int32(order)
    var sides = Int32(count)
    var info: Int32 = 0
    // SAFETY: the spans hold the system by the check above, and the pointers last for the call.
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe right.withUnsafeMutableBufferPointer { right in
        unsafe rec_dposv("L", &n, &sides, matrix.baseAddress, &n, right.baseAddress, &n, &info)
      }
    }
    return info == 0
  }

  /// Solves `matrix · x = y` in Float; see the Double form.
  package static func solvePositiveDefinite(
    _ matrix: inout MutableSpan<Float>, order: Int, right: inout MutableSpan<Float>, count: Int = 1
  ) -> Bool {
    precondition(matrix.count >= order * order && right.count >= order * count, "the system lies within its spans")
    guard order > 0, count > 0 else { return true }
    prepare()
    var n = Int32(order)
    var sides = Int32(count)
    var info: Int32 = 0
    // SAFETY: the spans hold the system by the check above, and the pointers last for the call.
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe right.withUnsafeMutableBufferPointer { right in
        unsafe rec_sposv("L", &n, &sides, matrix.baseAddress, &n, right.baseAddress, &n, &info)
      }
    }
    return info == 0
  }
}
