internal import CKernels

/// Updates of non-negative factors by ratios, which keep them non-negative.
package enum MultiplicativeUpdates {
  /// What the distance between a value r and its estimate e is.
  package enum Loss: Sendable {
    /// (r − e)².
    case squares
    /// r ln(r / e) − r + e, the generalised Kullback-Leibler divergence.
    case divergence
  }

  /// New factors of all rows, with those of the columns as they are, and the sum of the squared errors before.
  ///
  /// p' = p · Σ w q / (Σ v q + n λ p) over the n entries of a row, where (w, v) is (r, e) for squares and (r / e, 1) for the
  /// divergence. The matrix must be valid, as `SparseRows` has checked, and no factor be negative. Cancelled, it leaves
  /// rows as they were.
  package static func updated(
    _ rows: AlignedRows, against columns: AlignedRows, offsets: Span<Int>, columnIndices: Span<Int32>,
    values: Span<Float>, loss: Loss, regularization: Float, workers: Workers, cancellation: Cancellation,
    clone: KernelClone? = nil
  ) -> (rows: AlignedRows, squaredErrors: Double) {
    precondition(offsets.count == rows.rowCount + 1, "each row of the matrix has factors")
    precondition(
      columnIndices.count == values.count && offsets[rows.rowCount] == values.count, "each entry has a value")
    precondition(rows.columnCount == columns.columnCount, "rows and columns have the same factors")
    let stride = rows.stride
    let chunks = chunks(offsets)
    var next = rows
    let kernel =
      switch clone {
      case nil: unsafe rec_multiplicative_rows
      case .baseline: unsafe rec_multiplicative_rows_v1
      case .avx2: unsafe rec_multiplicative_rows_v3
      case .avx512: unsafe rec_multiplicative_rows_v4
      }
    // SAFETY: shapes were checked above, the matrix's own indices when it was made; each chunk writes the rows of its own,
    // and the pointers last for the calls.
    let sums = unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columnIndices.withUnsafeBufferPointer { indices in
        unsafe values.withUnsafeBufferPointer { values in
          let memory = unsafe Memory(
            offsets: offsets.baseAddress, indices: indices.baseAddress, values: values.baseAddress,
            rows: rows.readingPointer, columns: columns.readingPointer, next: next.pointer())
          return workers.map(chunks.count) { chunk in
            if cancellation.isCancelled { return 0.0 }
            var scratch = AlignedRows(rowCount: 2, columnCount: stride)
            return unsafe kernel(
              memory.offsets, memory.indices, memory.values, chunks[chunk].lowerBound, chunks[chunk].upperBound,
              memory.rows, memory.columns, stride, regularization, loss == .divergence ? 1 : 0, memory.next,
              scratch.pointer())
          }
        }
      }
    }
    return (next, sums.reduce(0, +))
  }

  /// Rows in groups of some ten thousand entries.
  private static func chunks(_ offsets: Span<Int>) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var first = 0
    for row in 0..<offsets.count - 1
    where offsets[row + 1] - offsets[first] >= 1 << 14 || row - first >= 1 << 12 || row == offsets.count - 2 {
      chunks.append(first..<row + 1)
      first = row + 1
    }
    return chunks
  }
}

@unsafe private struct Memory: @unchecked Sendable {
  let offsets: UnsafePointer<Int>?
  let indices: UnsafePointer<Int32>?
  let values: UnsafePointer<Float>?
  let rows: UnsafePointer<Float>
  let columns: UnsafePointer<Float>
  let next: UnsafeMutablePointer<Float>
}
