import CKernels

/// Loops behind slope one. The matrices must be valid: `SparseRows` has checked that.
package enum DeviationKernels {
  /// How many users' sums are made at a time.
  package static let userLimit = 64
  /// How many columns share a mark.
  package static let blockLength = 32

  /// Adds numbers and differences of a row against the columns behind `floor` of some rows; see `rec_add_differences`.
  package static func addDifferences(
    _ rows: Span<Int32>, weights: Span<Float>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    columnCount: Int, after floor: Int, into sums: inout MutableSpan<Double>, marks: inout MutableSpan<UInt8>
  ) {
    precondition(rows.count == weights.count && columns.count == values.count, "rows have weights, entries values")
    precondition(
      sums.count >= 2 * columnCount && marks.count * blockLength >= columnCount, "each column has its sums and mark")
    // SAFETY: rows, offsets and columns are valid as said above; the pointers last for the call.
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          unsafe columns.withUnsafeBufferPointer { columns in
            unsafe values.withUnsafeBufferPointer { values in
              unsafe sums.withUnsafeMutableBufferPointer { sums in
                unsafe marks.withUnsafeMutableBufferPointer { marks in
                  unsafe rec_add_differences(
                    rows.baseAddress, weights.baseAddress, rows.count, offsets.baseAddress, columns.baseAddress,
                    values.baseAddress, Int32(floor), sums.baseAddress, marks.baseAddress)
                }
              }
            }
          }
        }
      }
    }
  }

  /// The mean differences of those columns that have `support` common entries or more; gives how many they are. Sums and
  /// marks become zero again.
  package static func means(
    support: Int, columnCount: Int, sums: inout MutableSpan<Double>, marks: inout MutableSpan<UInt8>,
    columns: inout MutableSpan<Int32>, means: inout MutableSpan<Float>, counts: inout MutableSpan<Int32>
  ) -> Int {
    precondition(
      sums.count >= 2 * columnCount && marks.count * blockLength >= columnCount, "each column has its sums and mark")
    precondition(
      columns.count >= columnCount && means.count >= columnCount && counts.count >= columnCount, "all may be found")
    // SAFETY: sizes were checked above; the pointers last for the call.
    return unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe marks.withUnsafeMutableBufferPointer { marks in
        unsafe columns.withUnsafeMutableBufferPointer { columns in
          unsafe means.withUnsafeMutableBufferPointer { means in
            unsafe counts.withUnsafeMutableBufferPointer { counts in
              unsafe rec_mean_differences(
                Int32(clamping: support), columnCount, sums.baseAddress, marks.baseAddress, columns.baseAddress,
                means.baseAddress, counts.baseAddress)
            }
          }
        }
      }
    }
  }

  /// Adds what the items of up to 64 users say of all others; see `rec_add_deviations`.
  package static func addDeviations(
    offsets: Span<Int>, columns: Span<Int32>, means: Span<Float>, counts: Span<Int32>, userCount: Int,
    masks: Span<UInt64>, values: Span<Float>, isWeighted: Bool, into sums: inout MutableSpan<Double>
  ) {
    let itemCount = masks.count
    precondition(offsets.count == itemCount + 1 && values.count == 64 * itemCount, "each item has a row and its values")
    precondition(means.count == columns.count && counts.count == columns.count, "each entry has a mean and a number")
    precondition(userCount <= userLimit && sums.count >= 2 * userCount * itemCount, "each user has sums")
    for index in 0..<itemCount where userCount < 64 {
      precondition(masks[index] >> UInt64(userCount) == 0, "a bit for each user")
    }
    // SAFETY: sizes and masks were checked above, and columns are valid; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe means.withUnsafeBufferPointer { means in
          unsafe counts.withUnsafeBufferPointer { counts in
            unsafe masks.withUnsafeBufferPointer { masks in
              unsafe values.withUnsafeBufferPointer { values in
                unsafe sums.withUnsafeMutableBufferPointer { sums in
                  unsafe rec_add_deviations(
                    offsets.baseAddress, columns.baseAddress, means.baseAddress, counts.baseAddress, itemCount,
                    masks.baseAddress, values.baseAddress, isWeighted ? 1 : 0, sums.baseAddress)
                }
              }
            }
          }
        }
      }
    }
  }
}
