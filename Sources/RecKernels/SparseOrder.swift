/// Checks and stable sorts of the coordinates of sparse matrices.
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
    var offsets = [Int](repeating: 0, count: rowCount + 1)
    var row = -1
    var previous: Int32 = -1
    for entry in 0..<rows.count {
      let here = Int(rows[entry])
      if here != row {
        if here < row || here >= rowCount { return nil }
        while row < here {
          row += 1
          offsets[row] = entry
        }
        previous = -1
      }
      let column = columns[entry]
      if column <= previous || Int(column) >= columnCount { return nil }
      previous = column
    }
    while row < rowCount {
      row += 1
      offsets[row] = rows.count
    }
    return offsets
  }

  /// The keys of entries in the order of their offsets: `[0, 0, 1, …]` for offsets `[0, 2, 3, …]`.
  package static func expanded(_ offsets: [Int]) -> [Int32] {
    var keys = [Int32](repeating: 0, count: offsets.last ?? 0)
    for key in 0..<max(0, offsets.count - 1) {
      for entry in offsets[key]..<offsets[key + 1] { keys[entry] = Int32(truncatingIfNeeded: key) }
    }
    return keys
  }

  /// Entries sorted by key, those of one key in their old order, with the offset of each key; linear in the entries.
  package static func sorted(
    by keys: [Int32], carrying others: [Int32], _ values: [Float], keyCount: Int, workers: Workers
  ) -> (offsets: [Int], others: [Int32], values: [Float]) {
    precondition(keys.count == others.count && keys.count == values.count, "each entry has a key, another and a value")
    var offsets = [Int](repeating: 0, count: keyCount + 1)
    for key in keys { offsets[Int(key) + 1] += 1 }
    for key in 0..<keyCount { offsets[key + 1] += offsets[key] }
    var next = offsets
    var sortedOthers = [Int32](repeating: 0, count: keys.count)
    var sortedValues = [Float](repeating: 0, count: keys.count)
    for entry in 0..<keys.count {
      let key = Int(keys[entry])
      sortedOthers[next[key]] = others[entry]
      sortedValues[next[key]] = values[entry]
      next[key] += 1
    }
    return (offsets, sortedOthers, sortedValues)
  }
}
