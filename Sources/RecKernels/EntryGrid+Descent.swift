internal import CKernels

/// What stochastic gradient descent changes: the factors and biases of rows and columns.
package struct DescentFactors: Sendable, Equatable {
  /// rows × factors.
  package var rows: AlignedRows
  /// columns × factors.
  package var columns: AlignedRows
  /// rows × 1, a cache line for each, as neighbours belong to other threads; rows × 0 for a model without biases.
  package var rowBiases: AlignedRows
  /// columns × 1, or columns × 0.
  package var columnBiases: AlignedRows

  package init(rows: AlignedRows, columns: AlignedRows, hasBiases: Bool) {
    precondition(rows.columnCount == columns.columnCount, "rows and columns have the same factors")
    self.rows = rows
    self.columns = columns
    rowBiases = AlignedRows(rowCount: rows.rowCount, columnCount: hasBiases ? 1 : 0)
    columnBiases = AlignedRows(rowCount: columns.rowCount, columnCount: hasBiases ? 1 : 0)
  }
}

/// How far a step goes.
package struct DescentStep: Sendable, Equatable {
  package let rate: Float
  /// The penalty on the square of each parameter, for each entry that it has part in.
  package let regularization: Float

  package init(rate: Float, regularization: Float) {
    self.rate = rate
    self.regularization = regularization
  }
}

extension EntryGrid {
  /// How many parts a pass over all entries has; see `descend`.
  package var partCount: Int {
    blockCount > 1 ? blockCount : (entryCount + Self.partLength - 1) / Self.partLength
  }

  private static let partLength = 1 << 20
  /// Entries between two looks at the cancellation: some milliseconds.
  private static let pieceLength = 1 << 17

  /// One step for each entry of a part, and the sum of the squared errors that the steps found.
  ///
  /// A part is a stratum of the grid, whose pairs of blocks are shared among the threads, or a million entries where there is
  /// one block. Cancelled, it ends early; the factors are still such as a model can be made of.
  package func descend(
    _ factors: inout DescentFactors, part: Int, _ step: DescentStep, workers: Workers, cancellation: Cancellation,
    clone: KernelClone? = nil
  ) -> Double {
    precondition(part >= 0 && part < partCount, "the part is one of the pass")
    precondition(
      factors.rows.rowCount == rowCount && factors.columns.rowCount == columnCount, "each row and column has factors")
    precondition(
      factors.rowBiases.rowCount == rowCount && factors.columnBiases.rowCount == columnCount
        && factors.rowBiases.columnCount == factors.columnBiases.columnCount, "all have biases, or none")
    let stride = factors.rows.stride
    let hasBiases = factors.rowBiases.columnCount > 0
    let kernel =
      switch clone {
      case nil: unsafe rec_sgd_sweep
      case .baseline: unsafe rec_sgd_sweep_v1
      case .avx2: unsafe rec_sgd_sweep_v3
      case .avx512: unsafe rec_sgd_sweep_v4
      }
    // SAFETY: shapes were checked above and indices when the grid was made; the pairs of blocks of a stratum share no row
    // and no column, so that each parameter is written by one call at a time; the pointers last for the calls.
    let memory = unsafe Memory(
      rows: factors.rows.pointer(), columns: factors.columns.pointer(),
      rowBiases: hasBiases ? factors.rowBiases.pointer() : nil,
      columnBiases: hasBiases ? factors.columnBiases.pointer() : nil)
    let run = { @Sendable (first: Range<Int>, second: Range<Int>) -> Double in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe columns.withUnsafeBufferPointer { columns in
          unsafe values.withUnsafeBufferPointer { values in
            var sum = 0.0
            var passed = 0
            while passed < max(first.count, second.count), !cancellation.isCancelled {
              let here = first.dropFirst(passed).prefix(Self.pieceLength)
              let there = second.dropFirst(passed).prefix(Self.pieceLength)
              sum += unsafe kernel(
                rows.baseAddress, columns.baseAddress, values.baseAddress, here.startIndex, here.endIndex,
                there.startIndex, there.endIndex, memory.rows, memory.columns, stride, memory.rowBiases,
                memory.columnBiases, step.rate, step.regularization)
              passed += Self.pieceLength
            }
            return sum
          }
        }
      }
    }
    if blockCount == 1 {
      return run(part * Self.partLength..<min(entryCount, (part + 1) * Self.partLength), 0..<0)
    }
    return workers.map(blockCount / 2) { pair in
      run(block(2 * pair, part), block(2 * pair + 1, part))
    }.reduce(0, +)
  }

  /// Entries of the block in a row of blocks that belongs to a stratum.
  private func block(_ row: Int, _ stratum: Int) -> Range<Int> {
    let block = row * blockCount + (row + stratum) % blockCount
    return starts[block]..<starts[block + 1]
  }
}

@unsafe private struct Memory: @unchecked Sendable {
  let rows: UnsafeMutablePointer<Float>
  let columns: UnsafeMutablePointer<Float>
  let rowBiases: UnsafeMutablePointer<Float>?
  let columnBiases: UnsafeMutablePointer<Float>?
}
