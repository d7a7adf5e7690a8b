internal import CKernels

/// What descent changes in a model that describes a row also by which columns it has entries in.
///
/// A value is predicted as row bias + column bias + q · (p + Σ y / √n), the sum over the n implicit columns of the row.
package struct ImplicitFactors: Sendable, Equatable {
  /// p; rows × factors.
  package var rows: AlignedRows
  /// q; columns × factors.
  package var columns: AlignedRows
  /// y; columns × factors.
  package var implicit: AlignedRows
  /// (rows,).
  package var rowBiases: [Float]
  /// (columns,).
  package var columnBiases: [Float]

  package init(rows: AlignedRows, columns: AlignedRows, implicit: AlignedRows) {
    precondition(
      rows.columnCount == columns.columnCount && rows.columnCount == implicit.columnCount
        && columns.rowCount == implicit.rowCount, "rows and columns have the same factors")
    self.rows = rows
    self.columns = columns
    self.implicit = implicit
    rowBiases = [Float](repeating: 0, count: rows.rowCount)
    columnBiases = [Float](repeating: 0, count: columns.rowCount)
  }

  /// One step for each entry of some rows of a sparse matrix, row by row, and the sum of the squared errors they found.
  ///
  /// Every step changes all y of its row. As all of them change alike, and nothing else reads them before the row is done,
  /// they are brought up to date once, at its end: a step costs as much as without them, and only rounding tells it
  /// from doing each at once. Both matrices must be valid, as `SparseRows` has checked.
  package mutating func descend(
    offsets: Span<Int>, columns entryColumns: Span<Int32>, values: Span<Float>, implicitOffsets: Span<Int>,
    implicitColumns: Span<Int32>, rows range: Range<Int>, rate: Float, regularization: Float, clone: KernelClone? = nil
  ) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound < offsets.count && offsets.count == rows.rowCount + 1
        && implicitOffsets.count == offsets.count, "the rows are rows of the matrices")
    precondition(
      entryColumns.count == values.count && offsets[range.upperBound] <= values.count
        && implicitOffsets[range.upperBound] <= implicitColumns.count, "each entry has a value")
    let stride = rows.stride
    var scratch = AlignedRows(rowCount: 2, columnCount: stride)
    let kernel =
      switch clone {
      case nil: unsafe rec_implicit_sweep
      case .baseline: unsafe rec_implicit_sweep_v1
      case .avx2: unsafe rec_implicit_sweep_v3
      case .avx512: unsafe rec_implicit_sweep_v4
      }
    // SAFETY: shapes were checked above and by `init`, the matrices' own indices when they were made; the pointers last
    // for the call, and no two of them share memory.
    return unsafe rowBiases.withUnsafeMutableBufferPointer { rowBiases in
      unsafe columnBiases.withUnsafeMutableBufferPointer { columnBiases in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          unsafe entryColumns.withUnsafeBufferPointer { entryColumns in
            unsafe values.withUnsafeBufferPointer { values in
              unsafe implicitOffsets.withUnsafeBufferPointer { implicitOffsets in
                unsafe implicitColumns.withUnsafeBufferPointer { implicitColumns in
                  unsafe kernel(
                    offsets.baseAddress, entryColumns.baseAddress, values.baseAddress, implicitOffsets.baseAddress,
                    implicitColumns.baseAddress, range.lowerBound, range.upperBound, rows.pointer(), columns.pointer(),
                    implicit.pointer(), stride, rowBiases.baseAddress, columnBiases.baseAddress, rate, regularization,
                    scratch.pointer())
                }
              }
            }
          }
        }
      }
    }
  }
}
