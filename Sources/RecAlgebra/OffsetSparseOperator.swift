package import RecKernels

/// A sparse matrix plus a number for each row and one for each column: `A = S + α 1ᵀ + 1 βᵀ`.
///
/// What stands at the absent entries of a matrix of ratings has this form when it is a mean or a bias, so that the full
/// matrix need not be stored.
package struct OffsetSparseOperator: LinearOperator {
  private let base: SparseOperator
  /// α, (rowCount,); β, (columnCount,).
  private let rowOffsets: [Double]
  private let columnOffsets: [Double]

  package var rowCount: Int { base.rowCount }
  package var columnCount: Int { base.columnCount }

  package init(_ base: SparseOperator, rowOffsets: [Double], columnOffsets: [Double]) {
    precondition(rowOffsets.count == base.rowCount, "each row has an offset")
    precondition(columnOffsets.count == base.columnCount, "each column has an offset")
    self.base = base
    self.rowOffsets = rowOffsets
    self.columnOffsets = columnOffsets
  }

  package func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.apply(block, width: width, into: &output, execution: execution)
    add(rowOffsets, columnOffsets, block, width, to: &output, execution)
  }

  package func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.applyTransposed(block, width: width, into: &output, execution: execution)
    add(columnOffsets, rowOffsets, block, width, to: &output, execution)
  }

  /// `output += offsets (1ᵀ block) + 1 (otherOffsetsᵀ block)`.
  private func add(
    _ offsets: [Double], _ otherOffsets: [Double], _ block: [Double], _ width: Int, to output: inout [Double],
    _ execution: Execution
  ) {
    guard width > 0, !execution.cancellation.isCancelled else { return }
    let sums = execution.workers.sum(otherOffsets.count, chunk: 4096, elements: 2 * width) { rows, sums in
      for row in rows {
        for column in 0..<width {
          let value = block[row * width + column]
          sums[column] += value
          sums[width + column] += otherOffsets[row] * value
        }
      }
    }
    execution.workers.fill(&output, chunk: 4096 * width) { range, chunk in
      for place in 0..<range.count {
        let column = place % width
        chunk[place] += offsets[(range.lowerBound + place) / width] * sums[column] + sums[width + column]
      }
    }
  }
}
