import CKernels

/// Loops behind nearest neighbours: one sparse row against all others. Every function gives the same bits on every
/// processor.
///
/// The matrix of the others must be valid (offsets ascend within the entries, columns lie below the count of columns):
/// `SparseRows` has checked that. `rows` are rows of it, checked by whoever made them.
package enum NeighborKernels {
  /// How many sums the kernels keep for each column.
  package enum MomentCount: Int, Sendable { case four = 4, eight = 8 }

  /// What a similarity is made of moments by; see `rec_similarity_kind` in CKernels.
  package enum Similarity: Sendable { case commonCosine, inverseDifference, correlation }

  /// What a product is divided by; see `rec_division_kind` in CKernels.
  package enum Division: Sendable { case nothing, productOfLengths, unionOfLengths }

  /// How many columns share a mark.
  package static let blockLength = 32

  /// `sums[column] += weight · value` over the entries of some rows of a matrix, each row with its weight.
  package static func addRows(
    _ rows: Span<Int32>, weights: Span<Float>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    columnCount: Int, into sums: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) {
    precondition(rows.count == weights.count, "each row has a weight")
    precondition(
      columns.count == values.count && sums.count >= columnCount, "each entry has a value, each column a sum")
    // SAFETY: rows, offsets and columns are valid as said above; the pointers last for the call.
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          unsafe columns.withUnsafeBufferPointer { columns in
            unsafe values.withUnsafeBufferPointer { values in
              unsafe sums.withUnsafeMutableBufferPointer { sums in
                let kernel =
                  switch clone {
                  case nil: unsafe rec_add_sparse_rows
                  case .baseline: unsafe rec_add_sparse_rows_v1
                  case .avx2: unsafe rec_add_sparse_rows_v3
                  case .avx512: unsafe rec_add_sparse_rows_v4
                  }
                unsafe kernel(
                  rows.baseAddress, weights.baseAddress, rows.count, offsets.baseAddress, columns.baseAddress,
                  values.baseAddress, sums.baseAddress)
              }
            }
          }
        }
      }
    }
  }

  /// Adds the moments of a row against every column, `momentCount` of them side by side for each, and marks what was met.
  package static func addMoments(
    _ momentCount: MomentCount, _ rows: Span<Int32>, weights: Span<Float>, offsets: Span<Int>, columns: Span<Int32>,
    values: Span<Float>, columnCount: Int, into moments: inout MutableSpan<Double>, marks: inout MutableSpan<UInt8>,
    clone: KernelClone? = nil
  ) {
    precondition(rows.count == weights.count && columns.count == values.count, "rows have weights, entries values")
    precondition(moments.count >= columnCount * momentCount.rawValue, "each column has its moments")
    precondition(marks.count * blockLength >= columnCount, "each block of columns has a mark")
    // SAFETY: rows, offsets and columns are valid as said above; the pointers last for the call.
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          unsafe columns.withUnsafeBufferPointer { columns in
            unsafe values.withUnsafeBufferPointer { values in
              unsafe moments.withUnsafeMutableBufferPointer { moments in
                unsafe marks.withUnsafeMutableBufferPointer { marks in
                  let kernel =
                    switch clone {
                    case nil: unsafe rec_add_moments
                    case .baseline: unsafe rec_add_moments_v1
                    case .avx2: unsafe rec_add_moments_v3
                    case .avx512: unsafe rec_add_moments_v4
                    }
                  unsafe kernel(
                    rows.baseAddress, weights.baseAddress, rows.count, offsets.baseAddress, columns.baseAddress,
                    values.baseAddress, rec_moment_count(UInt32(momentCount.rawValue)), moments.baseAddress,
                    marks.baseAddress)
                }
              }
            }
          }
        }
      }
    }
  }

  /// Makes similarities of moments, which become zero again; gives how many are positive.
  ///
  /// Their columns, ascending, and their values stand at the start of the outputs, (columnCount,). A column needs `support`
  /// common entries; its similarity is multiplied by `(n − less) / (n − less + shrink)`.
  package static func similarities(
    _ kind: Similarity, _ momentCount: MomentCount, support: Double, less: Double, shrink: Double, columnCount: Int,
    moments: inout MutableSpan<Double>, marks: inout MutableSpan<UInt8>, columns: inout MutableSpan<Int32>,
    values: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) -> Int {
    precondition(moments.count >= columnCount * momentCount.rawValue, "each column has its moments")
    precondition(marks.count * blockLength >= columnCount, "each block of columns has a mark")
    precondition(columns.count >= columnCount && values.count >= columnCount, "every column may be found")
    let kind =
      switch kind {
      case .commonCosine: rec_common_cosine
      case .inverseDifference: rec_inverse_difference
      case .correlation: rec_correlation
      }
    precondition(kind != rec_correlation || momentCount == .eight, "a correlation needs the plain sums")
    // SAFETY: sizes were checked above; the pointers last for the call.
    return unsafe moments.withUnsafeMutableBufferPointer { moments in
      unsafe marks.withUnsafeMutableBufferPointer { marks in
        unsafe columns.withUnsafeMutableBufferPointer { columns in
          unsafe values.withUnsafeMutableBufferPointer { values in
            let kernel =
              switch clone {
              case nil: unsafe rec_similarities
              case .baseline: unsafe rec_similarities_v1
              case .avx2: unsafe rec_similarities_v3
              case .avx512: unsafe rec_similarities_v4
              }
            return unsafe kernel(
              kind, rec_moment_count(UInt32(momentCount.rawValue)), support, less, shrink, columnCount,
              moments.baseAddress, marks.baseAddress, columns.baseAddress, values.baseAddress)
          }
        }
      }
    }
  }

  /// Divides the products of a row with all columns, in place, by what their lengths say; 0 / 0 gives 0.
  package static func divide(
    _ products: inout MutableSpan<Float>, by kind: Division, own: Float, lengths: Span<Float>, shrink: Float,
    clone: KernelClone? = nil
  ) {
    guard kind != .nothing else { return }
    precondition(lengths.count == products.count, "a length for each column")
    let division = kind == .productOfLengths ? rec_product_of_lengths : rec_union_of_lengths
    // SAFETY: sizes were checked above; the pointers last for the call.
    unsafe lengths.withUnsafeBufferPointer { lengths in
      unsafe products.withUnsafeMutableBufferPointer { products in
        let kernel =
          switch clone {
          case nil: unsafe rec_divide_products
          case .baseline: unsafe rec_divide_products_v1
          case .avx2: unsafe rec_divide_products_v3
          case .avx512: unsafe rec_divide_products_v4
          }
        unsafe kernel(division, own, lengths.baseAddress, shrink, products.count, products.baseAddress)
      }
    }
  }

  /// Writes index and value of the positive ones to the start of the outputs, in order; gives how many they are.
  package static func collectPositive(
    _ source: Span<Float>, columns: inout MutableSpan<Int32>, values: inout MutableSpan<Float>
  ) -> Int {
    precondition(columns.count >= source.count && values.count >= source.count, "every value may be found")
    // SAFETY: sizes were checked above; the pointers last for the call.
    return unsafe source.withUnsafeBufferPointer { source in
      unsafe columns.withUnsafeMutableBufferPointer { columns in
        unsafe values.withUnsafeMutableBufferPointer { values in
          unsafe rec_collect_positive(source.baseAddress, source.count, columns.baseAddress, values.baseAddress)
        }
      }
    }
  }

  /// Keeps the largest of `count` positive values, of equal ones those with the smaller columns, in the order in which they
  /// stand; gives how many there are then. `scratch` has `count` places.
  package static func keepLargest(
    _ keep: Int, of count: Int, columns: inout [Int32], values: inout [Float], scratch: inout [UInt32]
  ) -> Int {
    precondition(columns.count >= count && values.count >= count && scratch.count >= count, "all have their places")
    // SAFETY: sizes were checked above; the pointers last for the call.
    return unsafe columns.withUnsafeMutableBufferPointer { columns in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe scratch.withUnsafeMutableBufferPointer { scratch in
          unsafe rec_keep_largest(columns.baseAddress, values.baseAddress, count, keep, scratch.baseAddress)
        }
      }
    }
  }
}
