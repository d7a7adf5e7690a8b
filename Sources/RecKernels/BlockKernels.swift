import CKernels

/// Loops over sparse rows and dense blocks. Every function gives the same bits on every processor.
package enum BlockKernels {
  /// Rows `rows` of the product of a sparse matrix and a dense block, in Double.
  ///
  /// `block` is row-major with `width` columns; so is `output`, whose first row is row `rows.lowerBound`. The matrix must
  /// be valid (offsets ascend within the entries, columns lie below the block's row count): `SparseRows` has checked that.
  package static func multiplySparse(
    offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>, rows: Range<Int>, columnCount: Int,
    block: Span<Double>, width: Int, into output: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound < offsets.count, "the rows are rows of the matrix")
    precondition(columns.count == values.count && offsets[rows.upperBound] <= columns.count, "each entry has a value")
    precondition(
      block.count >= columnCount * width && output.count >= rows.count * width, "the blocks have their shapes")
    guard !rows.isEmpty, width > 0 else { return }
    // SAFETY: shapes were checked above, the matrix's own indices when it was made; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe block.withUnsafeBufferPointer { block in
            unsafe output.withUnsafeMutableBufferPointer { output in
              let kernel =
                switch clone {
                case nil: unsafe rec_sparse_times_block
                case .baseline: unsafe rec_sparse_times_block_v1
                case .avx2: unsafe rec_sparse_times_block_v3
                case .avx512: unsafe rec_sparse_times_block_v4
                }
              unsafe kernel(
                offsets.baseAddress, columns.baseAddress, values.baseAddress, rows.lowerBound, rows.upperBound,
                block.baseAddress, width, output.baseAddress)
            }
          }
        }
      }
    }
  }

  /// The same with a block in Float, whose rows are `stride` apart: a multiple of 16, at least `width`. Sums are in Float.
  package static func multiplySparse(
    offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>, rows: Range<Int>, columnCount: Int,
    block: Span<Float>, stride: Int, width: Int, into output: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound < offsets.count, "the rows are rows of the matrix")
    precondition(columns.count == values.count && offsets[rows.upperBound] <= columns.count, "each entry has a value")
    precondition(stride >= width && stride % 16 == 0, "the block's rows are padded to a multiple of 16")
    precondition(
      block.count >= columnCount * stride && output.count >= rows.count * width, "the blocks have their shapes")
    guard !rows.isEmpty, width > 0 else { return }
    // SAFETY: shapes were checked above, the matrix's own indices when it was made; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe block.withUnsafeBufferPointer { block in
            unsafe output.withUnsafeMutableBufferPointer { output in
              let kernel =
                switch clone {
                case nil: unsafe rec_sparse_times_block_single
                case .baseline: unsafe rec_sparse_times_block_single_v1
                case .avx2: unsafe rec_sparse_times_block_single_v3
                case .avx512: unsafe rec_sparse_times_block_single_v4
                }
              unsafe kernel(
                offsets.baseAddress, columns.baseAddress, values.baseAddress, rows.lowerBound, rows.upperBound,
                block.baseAddress, stride, width, output.baseAddress)
            }
          }
        }
      }
    }
  }
}
