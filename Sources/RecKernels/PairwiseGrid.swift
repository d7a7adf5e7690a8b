/// The positive entries of a sparse matrix, cut into blocks of rows × strata of columns, and what negatives are drawn from.
///
/// Rows of a block and columns of a stratum are contiguous: whoever makes the grid has numbered them so. Blocks that share
/// neither rows nor strata can be worked on at the same time (R. Gemulla, E. Nijkamp, P. J. Haas & Y. Sismanis,
/// "Large-scale matrix factorization with distributed stochastic gradient descent", KDD 2011,
/// doi:10.1145/2020408.2020426). A block is worked on with two strata, so that positives of one meet negatives of the
/// other; there are twice as many strata as blocks.
package struct PairwiseGrid: Sendable {
  /// Where the rows of each block begin; (blocks + 1,).
  package let rowBounds: [Int]
  /// Where the columns of each stratum begin; (2 · blocks + 1,).
  package let columnBounds: [Int]
  /// Where the entries of each block and stratum begin, stratum by stratum; (blocks · strata + 1,).
  package let entryBounds: [Int]
  /// The row of each entry, ascending within a block's stratum.
  package let rows: [Int32]
  package let columns: [Int32]
  /// Where the pool of each stratum begins; (strata + 1,).
  package let poolBounds: [Int]
  /// Columns of each stratum, each as often as it is to be drawn as a negative.
  package let pool: [Int32]

  package var blockCount: Int { rowBounds.count - 1 }
  package var stratumCount: Int { columnBounds.count - 1 }
  package var rowCount: Int { rowBounds[blockCount] }
  package var columnCount: Int { columnBounds[stratumCount] }

  /// Checks that everything lies where the bounds say, which is what makes the blocks independent.
  package init(
    rowBounds: [Int], columnBounds: [Int], entryBounds: [Int], rows: [Int32], columns: [Int32], poolBounds: [Int],
    pool: [Int32]
  ) {
    let (blocks, strata) = (rowBounds.count - 1, columnBounds.count - 1)
    precondition(blocks > 0 && strata == 2 * blocks, "two strata a block")
    precondition(entryBounds.count == blocks * strata + 1 && poolBounds.count == strata + 1, "bounds have their counts")
    for bounds in [rowBounds, columnBounds, entryBounds, poolBounds] {
      precondition(bounds[0] == 0 && zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 }, "bounds ascend from 0")
    }
    precondition(entryBounds.last == rows.count && rows.count == columns.count, "each entry has a row and a column")
    precondition(poolBounds.last == pool.count, "the pools lie within their bounds")
    for cell in 0..<blocks * strata {
      let (rowRange, columnRange) = (
        rowBounds[cell / strata]..<rowBounds[cell / strata + 1],
        columnBounds[cell % strata]..<columnBounds[cell % strata + 1]
      )
      var previous = -1
      for entry in entryBounds[cell]..<entryBounds[cell + 1] {
        let row = Int(rows[entry])
        precondition(row >= previous && rowRange.contains(row), "rows ascend within their block")
        precondition(columnRange.contains(Int(columns[entry])), "columns lie within their stratum")
        previous = row
      }
    }
    for stratum in 0..<strata {
      let range = columnBounds[stratum]..<columnBounds[stratum + 1]
      for place in poolBounds[stratum]..<poolBounds[stratum + 1] {
        precondition(range.contains(Int(pool[place])), "a pool holds columns of its stratum")
      }
    }
    self.rowBounds = rowBounds
    self.columnBounds = columnBounds
    self.entryBounds = entryBounds
    self.rows = rows
    self.columns = columns
    self.poolBounds = poolBounds
    self.pool = pool
  }
}
