import CKernels

extension BlockKernels {
  /// The scores of some users for the items of a range: `(userOffset + itemOffset) + factors · factors`.
  ///
  /// The product is summed factor by factor in Float, each product rounded before it is added; offsets are added in Double.
  ///
  /// - Parameters:
  ///   - users: The factors of user `u` begin at `u * userStride`.
  ///   - userOffsets: One for each user.
  ///   - rows: The factors of item `i` begin at `i * rowStride`, which is a multiple of 16; zeros from `rank` on.
  ///   - itemOffsets: One for each item of the rows; minus infinity makes a score of minus infinity.
  ///   - output: The scores of user `u` begin at `u * outputStride`.
  package static func scoreRows(
    users: Span<Float>, userCount: Int, userStride: Int, userOffsets: Span<Double>, rows: Span<Float>, rowStride: Int,
    rank: Int, itemOffsets: Span<Double>, items: Range<Int>, into output: inout MutableSpan<Float>, outputStride: Int,
    clone: KernelClone? = nil
  ) {
    precondition(
      items.lowerBound >= 0 && items.upperBound <= itemOffsets.count && items.upperBound * rowStride <= rows.count,
      "the items are rows, each with an offset")
    // SAFETY: no list is read, the range was checked above.
    unsafe score(
      users, userCount, userStride, userOffsets, rows, rowStride, rank, itemOffsets, list: nil, first: items.lowerBound,
      itemCount: items.count, &output, outputStride, clone)
  }

  /// The scores of some users for a list of items, in its order, with the bits that a range of items gives.
  package static func scoreRows(
    users: Span<Float>, userCount: Int, userStride: Int, userOffsets: Span<Double>, rows: Span<Float>, rowStride: Int,
    rank: Int, itemOffsets: Span<Double>, items: Span<Int32>, into output: inout MutableSpan<Float>, outputStride: Int,
    clone: KernelClone? = nil
  ) {
    let rowCount = rowStride > 0 ? min(itemOffsets.count, rows.count / rowStride) : itemOffsets.count
    precondition(hasRows(items, count: rowCount), "the items are rows, each with an offset")
    // SAFETY: the list was checked above, and its pointer lasts for the call.
    unsafe items.withUnsafeBufferPointer { list in
      unsafe score(
        users, userCount, userStride, userOffsets, rows, rowStride, rank, itemOffsets, list: list.baseAddress, first: 0,
        itemCount: list.count, &output, outputStride, clone)
    }
  }

  /// `sums[f] = Σ weights[i] · rows[items[i] · rowStride + f]`, in Double and in the order of the items.
  ///
  /// - Parameters:
  ///   - rows: The row of item `i` begins at `i * rowStride`, which is a multiple of 16.
  ///   - sums: As many as a row has elements, `rowStride`.
  package static func sumRows(
    _ rows: Span<Float>, rowStride: Int, items: Span<Int32>, weights: Span<Float>,
    into sums: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(rowStride >= 0 && rowStride % 16 == 0, "rows are padded to a multiple of 16")
    precondition(
      items.count == weights.count && sums.count >= rowStride, "a weight for each item, a sum for each column")
    guard rowStride > 0 else { return }
    precondition(hasRows(items, count: rows.count / rowStride), "the items are rows")
    // SAFETY: shapes and items were checked above; the pointers last for the call.
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe items.withUnsafeBufferPointer { items in
        unsafe weights.withUnsafeBufferPointer { weights in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            let kernel =
              switch clone {
              case nil: unsafe rec_sum_rows
              case .baseline: unsafe rec_sum_rows_v1
              case .avx2: unsafe rec_sum_rows_v3
              case .avx512: unsafe rec_sum_rows_v4
              }
            unsafe kernel(
              rows.baseAddress, rowStride, items.baseAddress, weights.baseAddress, items.count, rowStride,
              sums.baseAddress)
          }
        }
      }
    }
  }

  private static func hasRows(_ items: Span<Int32>, count: Int) -> Bool {
    for place in items.indices where items[place] < 0 || Int(items[place]) >= count { return false }
    return true
  }

  /// - Parameter list: `itemCount` items that have been checked, or nil for the items from `first` on.
  @unsafe private static func score(
    _ users: Span<Float>, _ userCount: Int, _ userStride: Int, _ userOffsets: Span<Double>, _ rows: Span<Float>,
    _ rowStride: Int, _ rank: Int, _ itemOffsets: Span<Double>, list: UnsafePointer<Int32>?, first: Int, itemCount: Int,
    _ output: inout MutableSpan<Float>, _ outputStride: Int, _ clone: KernelClone?
  ) {
    guard userCount > 0, itemCount > 0 else { return }
    let padded = (rank + 15) / 16 * 16
    precondition(rank >= 0 && rowStride >= padded && rowStride % 16 == 0, "rows are padded to a multiple of 16")
    precondition(userOffsets.count >= userCount, "each user has an offset")
    precondition(
      (userCount - 1) * userStride + rank <= users.count && userStride >= 0, "the users lie within their span")
    precondition((userCount - 1) * outputStride + itemCount <= output.count, "the scores lie within their span")
    precondition(userCount == 1 || outputStride >= itemCount, "a row of scores is no longer than the stride")
    let kernel =
      switch clone {
      case nil: unsafe rec_score_rows
      case .baseline: unsafe rec_score_rows_v1
      case .avx2: unsafe rec_score_rows_v3
      case .avx512: unsafe rec_score_rows_v4
      }
    // SAFETY: shapes were checked above, items by the callers; the tile has the size that the kernel asks for, and all
    // pointers last for the call.
    let tileSize = max(1, padded) * Int(REC_TILE_ITEMS)
    unsafe withUnsafeTemporaryAllocation(byteCount: tileSize * MemoryLayout<Float>.stride, alignment: 64) { tile in
      unsafe users.withUnsafeBufferPointer { users in
        unsafe userOffsets.withUnsafeBufferPointer { userOffsets in
          unsafe rows.withUnsafeBufferPointer { rows in
            unsafe itemOffsets.withUnsafeBufferPointer { itemOffsets in
              unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe kernel(
                  users.baseAddress, userCount, userStride, userOffsets.baseAddress, rows.baseAddress, rowStride, rank,
                  itemOffsets.baseAddress, list, first, itemCount,
                  tile.baseAddress?.assumingMemoryBound(to: Float.self), output.baseAddress, outputStride)
              }
            }
          }
        }
      }
    }
  }
}
