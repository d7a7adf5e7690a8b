package import RecKernels

extension SparseRows {
  /// The `count` largest entries of each row, of equal ones those with the smaller columns, and the others.
  ///
  /// Values must be positive.
  package func partitioned(largest count: Int, workers: Workers) -> (largest: SparseRows, others: SparseRows) {
    if (0..<rowCount).allSatisfy({ row($0).count <= count }) {
      let none = SparseRows(trusted: rowCount, columnCount, [Int](repeating: 0, count: rowCount + 1), [], [])
      return (self, none)
    }
    let chunk = 256
    let isLarge = workers.map((rowCount + chunk - 1) / chunk) { index in
      (index * chunk..<min(rowCount, (index + 1) * chunk)).flatMap { marks(ofRow: $0, largest: count) }
    }.flatMap { $0 }
    return (keeping { isLarge[$0] }, keeping { !isLarge[$0] })
  }

  /// Whether each entry of a row is one of the largest.
  private func marks(ofRow row: Int, largest count: Int) -> [Bool] {
    let entries = self.row(row)
    if entries.count <= count { return [Bool](repeating: true, count: entries.count) }
    var kept = Array(columns[entries])
    var largest = Array(values[entries])
    var bits = [UInt32](repeating: 0, count: entries.count)
    let number = NeighborKernels.keepLargest(
      count, of: entries.count, columns: &kept, values: &largest, scratch: &bits)
    var next = 0
    return entries.map { entry in
      guard next < number, kept[next] == columns[entry] else { return false }
      next += 1
      return true
    }
  }

  /// The matrix of the chosen entries.
  private func keeping(_ isKept: (Int) -> Bool) -> SparseRows {
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in 0..<rowCount {
      for entry in self.row(row) where isKept(entry) {
        columns.append(self.columns[entry])
        values.append(self.values[entry])
      }
      offsets.append(columns.count)
    }
    return SparseRows(trusted: rowCount, columnCount, offsets, columns, values)
  }
}
