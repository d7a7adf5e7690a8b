package import RecKernels

extension RowSimilarity {
  /// The `keep` nearest neighbours of every row of the matrix, without the row itself: rows × rows, a row for each.
  ///
  /// - Parameter rows: the matrix whose transpose this holds.
  package func neighbors(of rows: SparseRows, keep: Int, label: String, _ execution: Execution) throws(Cancelled)
    -> SparseRows
  {
    precondition(rows.rowCount == rowCount && rows.columnCount == transpose.rowCount, "the matrix and its transpose")
    let chunk = 32
    let progress = ProgressCounter(label: label, total: rowCount, execution)
    let parts = execution.workers.map((rowCount + chunk - 1) / chunk) { index in
      let range = index * chunk..<min(rowCount, (index + 1) * chunk)
      var part = Part()
      var scratch = Scratch(for: self)
      for row in range where !execution.cancellation.isCancelled {
        let entries = rows.row(row)
        compare(
          columns: rows.columns.span.extracting(entries), values: rows.values.span.extracting(entries),
          length: lengths.isEmpty ? 0 : lengths[row], own: row, keep: keep, scratch: &scratch)
        part.columns += scratch.rows[..<scratch.count]
        part.values += scratch.values[..<scratch.count]
        part.ends.append(part.columns.count)
      }
      progress.add(range.count)
      return part
    }
    try execution.checkpoint()
    return SparseRows(parts, columnCount: rowCount)
  }

  /// The neighbours of some rows in a row.
  fileprivate struct Part: Sendable {
    var columns: [Int32] = []
    var values: [Float] = []
    /// Where each row ends.
    var ends: [Int] = []
  }
}

extension SparseRows {
  fileprivate init(_ parts: [RowSimilarity.Part], columnCount: Int) {
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    columns.reserveCapacity(parts.reduce(0) { $0 + $1.columns.count })
    values.reserveCapacity(columns.capacity)
    for part in parts {
      for end in part.ends { offsets.append(columns.count + end) }
      columns += part.columns
      values += part.values
    }
    self.init(trusted: offsets.count - 1, columnCount, offsets, columns, values)
  }
}
