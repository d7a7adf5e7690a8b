import CKernels

/// Ridge regressions of the rows of a sparse matrix on the factors of its columns: what a half step of alternating least
/// squares is made of.
///
/// For a row whose entries have the factors y, x minimises `xᵀ(base + ridge + Σ w y yᵀ)x − 2 (Σ t y)ᵀx`. Explicit: w = 1 and
/// t is the value. Implicit: w = |value|, and t = 1 + value where the value is positive, else 0. A row without entries has
/// x = 0. Solutions and objectives are those of `rows`, from the first of them on. A row's solution has the same bits on
/// every processor and whatever rows are solved with it.
///
/// The sparse rows must be valid; `SparseRows` has checked that. Factors, base and solutions have rows of `stride` floats,
/// zero behind the rank. An empty base stands for zero.
package enum RidgeKernels {
  /// What all rows have in common.
  package struct Problem: Sendable, Equatable {
    /// How many factors there are, at least 1.
    package let rank: Int
    package let ridge: Float
    /// Whether a row's ridge is multiplied by its count of entries (of positive ones where implicit).
    package let countsEntries: Bool
    package let isImplicit: Bool

    package init(rank: Int, ridge: Float, countsEntries: Bool, isImplicit: Bool) {
      precondition(rank > 0, "there is a factor")
      self.rank = rank
      self.ridge = ridge
      self.countsEntries = countsEntries
      self.isImplicit = isImplicit
    }

    /// From one row of factors to the next: the rank, rounded up to a multiple of 16.
    package var stride: Int { (rank + 15) / 16 * 16 }
  }

  /// Some steps of conjugate gradients from what `solution` holds (Takács, Pilászy & Tikk 2011, doi:10.1145/2043932.2043987).
  ///
  /// `objective` becomes the minimised value after the steps; (rows.count,).
  package static func gradients(
    _ problem: Problem, rows: Range<Int>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    factors: Span<Float>, base: Span<Float>, steps: Int, into solution: inout MutableSpan<Float>,
    objective: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(solution.count >= rows.count * problem.stride && objective.count >= rows.count, "a place for each row")
    let stride = problem.stride
    // The batch stays in the second-level cache; a longer row stands alone, up to what memory should be spent on.
    let gathered = min(longestRow(rows, offsets) * (stride + 1), 1 << 22)
    var scratch = uninitializedArray(
      Float.self, count: 64 * stride + stride * stride + max(together * 9 / 8, gathered) + 32)
    unsafe withTask(problem, rows, offsets, columns, values, factors, base) { task in
      // SAFETY: the spans have their sizes by the checks above and in `withTask`; the pointers last for the call.
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        unsafe objective.withUnsafeMutableBufferPointer { objective in
          let kernel =
            switch clone {
            case nil: unsafe rec_ridge_gradients
            case .baseline: unsafe rec_ridge_gradients_v1
            case .avx2: unsafe rec_ridge_gradients_v3
            case .avx512: unsafe rec_ridge_gradients_v4
            }
          unsafe kernel(
            task, rows.lowerBound, rows.upperBound, Int32(steps), together, solution.baseAddress, objective.baseAddress,
            &scratch, scratch.count)
        }
      }
    }
  }

  /// The exact solutions by Cholesky factors, and the minimised values; an unknown that its system leaves open becomes 0.
  package static func exact(
    _ problem: Problem, rows: Range<Int>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    factors: Span<Float>, base: Span<Float>, into solution: inout MutableSpan<Float>,
    objective: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(solution.count >= rows.count * problem.stride && objective.count >= rows.count, "a place for each row")
    var scratch = exactScratch(problem)
    unsafe withTask(problem, rows, offsets, columns, values, factors, base) { task in
      // SAFETY: the spans have their sizes by the checks above and in `withTask`; the pointers last for the call.
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        unsafe objective.withUnsafeMutableBufferPointer { objective in
          let kernel =
            switch clone {
            case nil: unsafe rec_ridge_exact
            case .baseline: unsafe rec_ridge_exact_v1
            case .avx2: unsafe rec_ridge_exact_v3
            case .avx512: unsafe rec_ridge_exact_v4
            }
          unsafe kernel(
            task, rows.lowerBound, rows.upperBound, solution.baseAddress, objective.baseAddress, &scratch)
        }
      }
    }
  }

  /// The exact solutions, refined until the last digits of a Float.
  ///
  /// - Returns: the first row whose system is too nearly singular for that (the rows before it are done), or the end.
  package static func refined(
    _ problem: Problem, rows: Range<Int>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    factors: Span<Float>, base: Span<Float>, into solution: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) -> Int {
    precondition(solution.count >= rows.count * problem.stride, "a place for each row")
    var scratch = exactScratch(problem)
    return unsafe withTask(problem, rows, offsets, columns, values, factors, base) { task in
      // SAFETY: the spans have their sizes by the checks above and in `withTask`; the pointers last for the call.
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        let kernel =
          switch clone {
          case nil: unsafe rec_ridge_refined
          case .baseline: unsafe rec_ridge_refined_v1
          case .avx2: unsafe rec_ridge_refined_v3
          case .avx512: unsafe rec_ridge_refined_v4
          }
        return unsafe kernel(task, rows.lowerBound, rows.upperBound, solution.baseAddress, &scratch)
      }
    }
  }

  /// One sweep over blocks of unknowns, each solved exactly, from what `solution` holds (iALS++: Rendle, Krichene, Zhang &
  /// Koren 2021, doi:10.48550/arXiv.2110.14044); `block` is rounded up to a multiple of 16.
  package static func blocks(
    _ problem: Problem, rows: Range<Int>, offsets: Span<Int>, columns: Span<Int32>, values: Span<Float>,
    factors: Span<Float>, base: Span<Float>, block: Int, into solution: inout MutableSpan<Float>,
    objective: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(solution.count >= rows.count * problem.stride && objective.count >= rows.count, "a place for each row")
    let stride = problem.stride
    let width = min(stride, (max(1, block) + 15) / 16 * 16)
    let longest = longestRow(rows, offsets)
    var scratch = uninitializedArray(
      Float.self, count: width * (width + 35) + 33 * stride + 32 + longest * 3 + min(longest * stride, 1 << 22))
    unsafe withTask(problem, rows, offsets, columns, values, factors, base) { task in
      // SAFETY: the spans have their sizes by the checks above and in `withTask`; the pointers last for the call.
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        unsafe objective.withUnsafeMutableBufferPointer { objective in
          let kernel =
            switch clone {
            case nil: unsafe rec_ridge_blocks
            case .baseline: unsafe rec_ridge_blocks_v1
            case .avx2: unsafe rec_ridge_blocks_v3
            case .avx512: unsafe rec_ridge_blocks_v4
            }
          unsafe kernel(
            task, rows.lowerBound, rows.upperBound, width, solution.baseAddress, objective.baseAddress, &scratch,
            scratch.count)
        }
      }
    }
  }

  /// Adds the products of rows of factors with themselves: `gram += Σ y yᵀ`, (stride × stride,).
  ///
  /// Only the upper triangle is right, and what lies left of it up to a multiple of 16.
  package static func addGram(
    of factors: Span<Float>, rank: Int, to gram: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) {
    let stride = (rank + 15) / 16 * 16
    precondition(rank > 0 && factors.count.isMultiple(of: stride), "whole rows of factors")
    precondition(gram.count >= stride * stride, "the product has its shape")
    // SAFETY: shapes were checked above; the pointers last for the call.
    unsafe factors.withUnsafeBufferPointer { factors in
      unsafe gram.withUnsafeMutableBufferPointer { gram in
        let kernel =
          switch clone {
          case nil: unsafe rec_add_gram
          case .baseline: unsafe rec_add_gram_v1
          case .avx2: unsafe rec_add_gram_v3
          case .avx512: unsafe rec_add_gram_v4
          }
        unsafe kernel(factors.baseAddress, factors.count / stride, rank, stride, gram.baseAddress)
      }
    }
  }

  /// How many gathered floats a batch of rows may hold.
  private static let together = 64 << 10

  private static func exactScratch(_ problem: Problem) -> [Float] {
    let stride = problem.stride
    return uninitializedArray(Float.self, count: stride * stride + 75 * stride + 16)
  }

  /// The entries of the longest row, rounded up to a multiple of 4.
  private static func longestRow(_ rows: Range<Int>, _ offsets: Span<Int>) -> Int {
    var longest = 0
    for row in rows { longest = max(longest, offsets[row + 1] - offsets[row]) }
    return (longest + 3) & ~3
  }

  private static func withTask<Result>(
    _ problem: Problem, _ rows: Range<Int>, _ offsets: Span<Int>, _ columns: Span<Int32>, _ values: Span<Float>,
    _ factors: Span<Float>, _ base: Span<Float>, _ body: (UnsafePointer<rec_ridge_rows>) -> Result
  ) -> Result {
    let stride = problem.stride
    precondition(rows.lowerBound >= 0 && rows.upperBound < offsets.count, "the rows are rows of the matrix")
    precondition(columns.count == values.count && offsets[rows.upperBound] <= columns.count, "each entry has a value")
    precondition(base.isEmpty || base.count == stride * stride, "the base has its shape")
    precondition(factors.count.isMultiple(of: stride), "whole rows of factors")
    // SAFETY: the pointers last for the call of the body; that columns lie within the factors is checked by the callers'
    // `SparseRows`, whose column count is compared with the rows of the factors there.
    return unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe factors.withUnsafeBufferPointer { factors in
            unsafe base.withUnsafeBufferPointer { base in
              var task = unsafe rec_ridge_rows(
                offsets: offsets.baseAddress, columns: columns.baseAddress, values: values.baseAddress,
                factors: factors.baseAddress, base: base.isEmpty ? nil : base.baseAddress, stride: stride,
                rank: problem.rank, ridge: problem.ridge, by_count: problem.countsEntries ? 1 : 0,
                implicit: problem.isImplicit ? 1 : 0)
              return unsafe body(&task)
            }
          }
        }
      }
    }
  }
}
