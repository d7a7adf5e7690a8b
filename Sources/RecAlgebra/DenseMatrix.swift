/// A dense matrix of Float, row-major; shape `rowCount × columnCount`.
///
/// Rows are padded with zeros to a multiple of 16 elements, so that kernels need no special case at a row's end.
package struct DenseMatrix: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  /// Elements from one row to the next: `columnCount` rounded up to a multiple of 16.
  package let stride: Int
  /// All rows with their padding, which is zero and must stay so; `(rowCount × stride,)`.
  package var storage: [Float]

  /// A matrix of zeros.
  package init(rowCount: Int, columnCount: Int) {
    precondition(rowCount >= 0 && columnCount >= 0, "a shape is not negative")
    self.rowCount = rowCount
    self.columnCount = columnCount
    stride = Self.stride(columnCount)
    storage = [Float](repeating: 0, count: rowCount * stride)
  }

  /// A matrix of padded rows, as `storage` holds them; the padding must be zero.
  package init(rowCount: Int, columnCount: Int, storage: [Float]) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    stride = Self.stride(columnCount)
    precondition(storage.count == rowCount * stride, "the storage holds padded rows")
    self.storage = storage
  }

  /// A matrix of the given rows, all of one length.
  package init(rows: [[Float]]) {
    self.init(rowCount: rows.count, columnCount: rows.first?.count ?? 0)
    for (index, row) in rows.enumerated() {
      precondition(row.count == columnCount, "rows have one length")
      for (column, value) in row.enumerated() { self[index, column] = value }
    }
  }

  @inlinable
  package subscript(row: Int, column: Int) -> Float {
    get {
      precondition(column >= 0 && column < columnCount, "the column lies within the matrix")
      return storage[row * stride + column]
    }
    set {
      precondition(column >= 0 && column < columnCount, "the column lies within the matrix")
      storage[row * stride + column] = newValue
    }
  }

  /// The entries of a row, without padding. Loops over many rows take `rows.extracting(rowRange(r))` instead.
  @inlinable
  package func row(_ row: Int) -> ArraySlice<Float> { storage[rowRange(row)] }

  /// Where the entries of a row stand in `storage`.
  @inlinable
  package func rowRange(_ row: Int) -> Range<Int> { row * stride..<row * stride + columnCount }

  /// All rows with their padding.
  package var rows: Span<Float> {
    @_lifetime(borrow self)
    get { storage.span }
  }

  /// The row length for a number of columns.
  @inlinable
  package static func stride(_ columnCount: Int) -> Int { (columnCount + 15) / 16 * 16 }
}
