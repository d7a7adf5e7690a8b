package import RecKernels

/// A matrix known by its products with blocks of vectors, so that it need not be stored; shape `rowCount × columnCount`.
///
/// Blocks are row-major in Double with `width` columns. Conforming types give the same bits for any number of threads,
/// and stop early (with unfinished output) once the execution is cancelled: the caller checks afterwards.
package protocol LinearOperator: Sendable {
  var rowCount: Int { get }
  var columnCount: Int { get }

  /// `output = A · block`; the block is `columnCount × width`, the output `rowCount × width`.
  func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution)

  /// `output = Aᵀ · block`; the block is `rowCount × width`, the output `columnCount × width`.
  func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution)
}

/// A sparse matrix as an operator. It holds the transpose too, so that both products run over rows.
package struct SparseOperator: LinearOperator {
  package let matrix: SparseRows
  package let transpose: SparseRows

  package var rowCount: Int { matrix.rowCount }
  package var columnCount: Int { matrix.columnCount }

  package init(_ matrix: SparseRows, workers: Workers = Workers(threadCount: 1)) {
    self.matrix = matrix
    transpose = matrix.transposed(workers)
  }

  package func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    matrix.multiply(block, width: width, into: &output, execution: execution)
  }

  package func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    transpose.multiply(block, width: width, into: &output, execution: execution)
  }
}

extension SparseRows {
  /// `output = self · block`, the block being `columnCount × width` and row-major; stops early once cancelled.
  package func multiply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    precondition(block.count == columnCount * width && output.count == rowCount * width, "the blocks have their shapes")
    guard rowCount > 0, width > 0 else { return }
    execution.workers.fill(&output, chunk: rowsInChunk * width) { range, chunk in
      if execution.cancellation.isCancelled { return }
      BlockKernels.multiplySparse(
        offsets: offsets.span, columns: columns.span, values: values.span,
        rows: range.lowerBound / width..<range.upperBound / width, columnCount: columnCount, block: block.span,
        width: width, into: &chunk)
    }
  }

  /// Rows enough for about 16,384 entries on average: what one thread multiplies at a time.
  var rowsInChunk: Int { max(1, min(rowCount, 16_384 * rowCount / max(1, entryCount))) }
}
