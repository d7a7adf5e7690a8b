/// The entries of a sparse matrix, sorted into a grid of blocks for stochastic gradient descent.
///
/// A *stratum* is a set of blocks no two of which share a row or a column, so that threads work on them at once and the
/// result does not depend on who does what: R. Gemulla, E. Nijkamp, P. J. Haas & Y. Sismanis, "Large-scale matrix
/// factorization with distributed stochastic gradient descent", KDD 2011, doi:10.1145/2020408.2020426. The grid comes from
/// the data alone: the same bits for any number of threads. Rows and columns are dealt to the blocks, the fullest first,
/// each to the block that has the fewest entries. With one block the entries stay in their order.
package struct EntryGrid: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  /// Blocks in each direction; 1 or even.
  package let blockCount: Int
  let rows: [Int32]
  let columns: [Int32]
  let values: [Float]
  /// Where block `row · blockCount + column` begins; (blockCount² + 1,).
  let starts: [Int]

  package var entryCount: Int { values.count }

  /// How many blocks a matrix is cut into in each direction, so that threads find work and a block stays in the cache.
  package static func standardBlockCount(rowCount: Int, columnCount: Int, entryCount: Int) -> Int {
    let most = entryCount < 4_000_000 ? 16 : 32
    var count = 2
    while count < most, count * 4 <= min(rowCount, columnCount) { count *= 2 }
    return count
  }

  /// The entries of valid sparse rows.
  ///
  /// - Parameters:
  ///   - offsets: where each row begins, then the number of entries.
  ///   - blockCount: 1, or an even number.
  package init(offsets: [Int], columns: [Int32], values: [Float], columnCount: Int, blockCount: Int) {
    precondition(!offsets.isEmpty && offsets.first == 0 && offsets.last == columns.count, "each row has an offset")
    precondition(columns.count == values.count, "each entry has a value")
    precondition(blockCount == 1 || (blockCount > 0 && blockCount.isMultiple(of: 2)), "blocks come in pairs")
    precondition(
      SparseOrder.isValid(offsets: offsets.span, columns: columns.span, columnCount: columnCount),
      "offsets ascend, and columns ascend within a row")
    rowCount = offsets.count - 1
    self.columnCount = columnCount
    self.blockCount = blockCount
    var rows = [Int32](repeating: 0, count: columns.count)
    for row in 0..<rowCount { for entry in offsets[row]..<offsets[row + 1] { rows[entry] = Int32(row) } }
    if blockCount == 1 {
      self.rows = rows
      self.columns = columns
      self.values = values
      starts = [0, columns.count]
      return
    }
    var columnCounts = [Int](repeating: 0, count: columnCount)
    for column in columns { columnCounts[Int(column)] += 1 }
    let rowBlocks = Self.dealt((0..<rowCount).map { offsets[$0 + 1] - offsets[$0] }, blockCount)
    let columnBlocks = Self.dealt(columnCounts, blockCount)
    var starts = [Int](repeating: 0, count: blockCount * blockCount + 1)
    for (row, column) in zip(rows, columns) {
      starts[rowBlocks[Int(row)] * blockCount + columnBlocks[Int(column)] + 1] += 1
    }
    for block in 1..<starts.count { starts[block] += starts[block - 1] }
    var next = starts
    var sortedRows = rows
    var sortedColumns = columns
    var sortedValues = values
    for entry in rows.indices {
      let block = rowBlocks[Int(rows[entry])] * blockCount + columnBlocks[Int(columns[entry])]
      let place = next[block]
      next[block] += 1
      sortedRows[place] = rows[entry]
      sortedColumns[place] = columns[entry]
      sortedValues[place] = values[entry]
    }
    self.rows = sortedRows
    self.columns = sortedColumns
    self.values = sortedValues
    self.starts = starts
  }

  /// A block for each row or column, so that all have about the same number of entries.
  private static func dealt(_ counts: [Int], _ blockCount: Int) -> [Int] {
    // The fullest first, equal ones by index: a number of 64 bits sorts faster than a pair.
    let order = counts.indices.map { UInt64(UInt32.max - UInt32(counts[$0])) << 32 | UInt64($0) }.sorted()
    var loads = [Int](repeating: 0, count: blockCount)
    var blocks = [Int](repeating: 0, count: counts.count)
    for key in order {
      let index = Int(key & 0xffff_ffff)
      var lightest = 0
      for block in 1..<blockCount where loads[block] < loads[lightest] { lightest = block }
      blocks[index] = lightest
      // An empty one counts too: it has factors that take up the cache.
      loads[lightest] += counts[index] + 1
    }
    return blocks
  }
}
