package import RecKernels

extension SparseRows {
  /// The matrix of the given coordinates, entry `i` at `(rows[i], columns[i])`, in any order; linear in the entries.
  ///
  /// A coordinate must not occur twice: callers merge or reject duplicates first. Coordinates lie within the shape.
  package static func counting(
    rows: [Int32], columns: [Int32], values: [Float], rowCount: Int, columnCount: Int,
    workers: Workers = Workers(threadCount: 1)
  ) -> SparseRows {
    precondition(
      rows.count == columns.count && rows.count == values.count, "each entry has a row, a column and a value")
    precondition(rowCount <= Int32.max && columnCount <= Int32.max, "the shape fits 32-bit indices")
    if let offsets = SparseOrder.sortedOffsets(
      rows: rows.span, columns: columns.span, rowCount: rowCount, columnCount: columnCount)
    {
      return SparseRows(trusted: rowCount, columnCount, offsets, columns, values)
    }
    // By column first: the transpose then brings the rows together, columns ascending in each.
    let byColumn = SparseOrder.grouped(
      by: columns, others: rows, values: values, keyCount: columnCount, workers: workers)
    let byRow = SparseOrder.transposed(
      offsets: byColumn.offsets, columns: byColumn.others, values: byColumn.values, columnCount: rowCount,
      workers: workers)
    return SparseRows(trusted: rowCount, columnCount, byRow.offsets, byRow.others, byRow.values)
  }

  /// The transpose, `columnCount × rowCount`; linear in the entries.
  package func transposed(_ workers: Workers = Workers(threadCount: 1)) -> SparseRows {
    let groups = SparseOrder.transposed(
      offsets: offsets, columns: columns, values: values, columnCount: columnCount, workers: workers)
    return SparseRows(trusted: columnCount, rowCount, groups.offsets, groups.others, groups.values)
  }
}
