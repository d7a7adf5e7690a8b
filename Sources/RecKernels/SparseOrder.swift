import CKernels

/// Checks and stable sorts of the entries of sparse matrices.
package enum SparseOrder {
  /// Whether offsets ascend within the entries, and columns ascend strictly within each row and lie below `columnCount`.
  package static func isValid(offsets: Span<Int>, columns: Span<Int32>, columnCount: Int) -> Bool {
    for row in 0..<max(0, offsets.count - 1) {
      let start = offsets[row]
      let end = offsets[row + 1]
      guard start >= 0, start <= end, end <= columns.count else { return false }
      var previous: Int32 = -1
      for entry in start..<end {
        let column = columns[entry]
        if column <= previous { return false }
        previous = column
      }
      if Int(previous) >= columnCount { return false }
    }
    return true
  }

  /// The row offsets of coordinates that already ascend by row and, within a row, strictly by column; nil if they do not.
  package static func sortedOffsets(
    rows: Span<Int32>, columns: Span<Int32>, rowCount: Int, columnCount: Int
  ) -> [Int]? {
    precondition(rows.count == columns.count, "each entry has a row and a column")
    var offsets = [Int](repeating: 0, count: rowCount + 1)
    // SAFETY: the C function writes `rowCount + 1` offsets at most, as it checks each row; the pointers last for the call.
    let isSorted = unsafe rows.withUnsafeBufferPointer { rows in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe rec_sorted_offsets(rows.baseAddress, columns.baseAddress, rows.count, rowCount, columnCount, &offsets)
      }
    }
    return isSorted != 0 ? offsets : nil
  }
}
