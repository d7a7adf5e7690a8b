package import RecKernels

/// A sparse matrix as an operator whose products are summed in Float: twice as fast, and exact to about 10⁻⁶.
package struct SingleSparseOperator: LinearOperator {
  private let base: SparseOperator

  package var rowCount: Int { base.rowCount }
  package var columnCount: Int { base.columnCount }

  package init(_ base: SparseOperator) { self.base = base }

  package func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.matrix.multiplySingle(block, width: width, into: &output, execution: execution)
  }

  package func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.transpose.multiplySingle(block, width: width, into: &output, execution: execution)
  }
}

extension SparseRows {
  /// `output = self · block` with sums in Float; stops early once cancelled.
  fileprivate func multiplySingle(
    _ block: [Double], width: Int, into output: inout [Double], execution: Execution
  ) {
    precondition(block.count == columnCount * width && output.count == rowCount * width, "the blocks have their shapes")
    guard rowCount > 0, width > 0 else { return }
    let padded = DenseMatrix(block, rowCount: columnCount, columnCount: width, workers: execution.workers)
    execution.workers.fill(&output, chunk: rowsInChunk * width) { range, chunk in
      if execution.cancellation.isCancelled { return }
      BlockKernels.multiplySparse(
        offsets: offsets.span, columns: columns.span, values: values.span,
        rows: range.lowerBound / width..<range.upperBound / width, columnCount: columnCount, block: padded.rows,
        stride: padded.stride, width: width, into: &chunk)
    }
  }
}

extension DenseMatrix {
  /// The numbers of a block (row-major, unpadded), rounded to Float.
  fileprivate init(_ block: [Double], rowCount: Int, columnCount: Int, workers: Workers) {
    var storage = [Float](repeating: 0, count: rowCount * Self.stride(columnCount))
    let stride = Self.stride(columnCount)
    workers.fill(&storage, chunk: 1024 * stride) { range, rows in
      for row in 0..<range.count / stride {
        let source = (range.lowerBound / stride + row) * columnCount
        for column in 0..<columnCount { rows[row * stride + column] = Float(block[source + column]) }
      }
    }
    self.init(rowCount: rowCount, columnCount: columnCount, storage: storage)
  }
}
