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
    let byColumn = SparseOrder.sorted(by: columns, carrying: rows, values, keyCount: columnCount, workers: workers)
    let columnsInOrder = SparseOrder.expanded(byColumn.offsets)
    let byRow = SparseOrder.sorted(
      by: byColumn.others, carrying: columnsInOrder, byColumn.values, keyCount: rowCount, workers: workers)
    return SparseRows(trusted: rowCount, columnCount, byRow.offsets, byRow.others, byRow.values)
  }

  /// The transpose, `columnCount × rowCount`; linear in the entries.
  package func transposed(_ workers: Workers = Workers(threadCount: 1)) -> SparseRows {
    let sorted = SparseOrder.sorted(
      by: columns, carrying: SparseOrder.expanded(offsets), values, keyCount: columnCount, workers: workers)
    return SparseRows(trusted: columnCount, rowCount, sorted.offsets, sorted.others, sorted.values)
  }
}
