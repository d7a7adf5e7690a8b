import RecKernels

/// A sparse matrix in compressed-row form; shape `rowCount × columnCount`.
///
/// Row `r` owns the entries `offsets[r]..<offsets[r + 1]`; columns ascend within a row.
package struct SparseRows: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  /// Where each row begins; `(rowCount + 1,)`.
  package let offsets: [Int]
  /// The column of each entry; `(entryCount,)`.
  package let columns: [Int32]
  /// The value of each entry; `(entryCount,)`.
  package let values: [Float]

  /// The number of entries that are stored.
  @inlinable
  package var entryCount: Int { values.count }

  /// A matrix of the given parts, which must be valid: offsets ascend from 0 to the count of entries, and columns lie
  /// below `columnCount` and ascend strictly within a row.
  package init(rowCount: Int, columnCount: Int, offsets: [Int], columns: [Int32], values: [Float]) {
    precondition(rowCount >= 0 && columnCount >= 0 && columnCount <= Int32.max, "the shape fits 32-bit columns")
    precondition(offsets.count == rowCount + 1 && offsets.first == 0, "each row has an offset, and the first is 0")
    precondition(columns.count == values.count && offsets.last == columns.count, "each entry has a column and a value")
    precondition(
      SparseOrder.isValid(offsets: offsets.span, columns: columns.span, columnCount: columnCount),
      "offsets ascend, and columns ascend within a row")
    self.init(trusted: rowCount, columnCount, offsets, columns, values)
  }

  /// A matrix of parts that are valid by construction.
  init(trusted rowCount: Int, _ columnCount: Int, _ offsets: [Int], _ columns: [Int32], _ values: [Float]) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.offsets = offsets
    self.columns = columns
    self.values = values
  }

  /// The entries of a row, as indices into `columns` and `values`.
  @inlinable
  package func row(_ row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  /// The same pattern of entries with other values; `(entryCount,)`.
  package func replacingValues(_ values: [Float]) -> SparseRows {
    precondition(values.count == entryCount, "each entry has a value")
    return SparseRows(trusted: rowCount, columnCount, offsets, columns, values)
  }
}
