import CKernels

/// Loops over sparse rows and packed panels. Every function gives the same bits on every processor.
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

  /// The scores of `userCount` users for all items of packed panels; see `PackedFactors` in RecAlgebra.
  ///
  /// User `u`'s factors are `users[u * userStride ..< u * userStride + rank]`, its scores go to
  /// `output[u * outputStride ..< u * outputStride + itemCount]`.
  package static func scorePanels(
    users: Span<Float>, userCount: Int, userStride: Int, panels: Span<Float>, rank: Int, itemCount: Int,
    into output: inout MutableSpan<Float>, outputStride: Int, clone: KernelClone? = nil
  ) {
    let panelCount = (itemCount + 15) / 16
    guard userCount > 0, itemCount > 0 else { return }
    precondition(panels.count >= panelCount * rank * 16, "the panels hold all items")
    precondition(
      (userCount - 1) * userStride + rank <= users.count && userStride >= 0, "the users lie within their span")
    precondition((userCount - 1) * outputStride + itemCount <= output.count, "the scores lie within their span")
    precondition(userCount == 1 || outputStride >= itemCount, "a row of scores is no longer than the stride")
    // SAFETY: shapes were checked above; the pointers last for the call.
    unsafe users.withUnsafeBufferPointer { users in
      unsafe panels.withUnsafeBufferPointer { panels in
        unsafe output.withUnsafeMutableBufferPointer { output in
          let kernel =
            switch clone {
            case nil: unsafe rec_score_panels
            case .baseline: unsafe rec_score_panels_v1
            case .avx2: unsafe rec_score_panels_v3
            case .avx512: unsafe rec_score_panels_v4
            }
          unsafe kernel(
            users.baseAddress, userCount, userStride, panels.baseAddress, panelCount, rank, itemCount,
            output.baseAddress, outputStride)
        }
      }
    }
  }
}
