import CKernels

/// Loops of Gibbs sampling over factors. Every function gives the same bits on every processor.
///
/// Factors stand in rows: `rank` factors, then a bias, then zeros up to `stride`, a multiple of 16.
package enum GibbsKernels {
  /// The most factors that a row may have.
  package static let rankLimit = 255

  /// What all rows of one side have in common when they are drawn.
  package struct Setting: Sendable {
    package let rank: Int
    package let stride: Int
    /// What every row's precision begins with, stride × stride, of which the upper triangle is read.
    package let base: [Double]
    /// What every row's right-hand side begins with; (stride,).
    package let baseRight: [Double]
    /// The precision of the prior, which multiplies a row's prior mean; stride × stride.
    package let prior: [Double]
    /// The precision of a rating.
    package let noise: Double
    /// Whether the Gram matrix of a row's own entries is added; else `base` holds what all rows have.
    package let addsGram: Bool

    package init(
      rank: Int, stride: Int, base: [Double], baseRight: [Double], prior: [Double], noise: Double, addsGram: Bool
    ) {
      precondition(rank >= 0 && rank <= rankLimit && stride > rank && stride.isMultiple(of: 16), "a row has its shape")
      precondition(base.count == stride * stride && prior.count == base.count && baseRight.count == stride)
      self.rank = rank
      self.stride = stride
      self.base = base
      self.baseRight = baseRight
      self.prior = prior
      self.noise = noise
      self.addsGram = addsGram
    }
  }

  /// Adds the products of some rows, each with itself, to the upper triangle of `gram`, and the rows to `sums`.
  ///
  /// - Parameters:
  ///   - order: How many leading elements of a row count.
  ///   - gram: stride × stride; what lies below the triangle is not defined.
  ///   - sums: (stride,).
  package static func addScatter(
    of factors: Span<Float>, rows: Range<Int>, order: Int, stride: Int, gram: inout MutableSpan<Double>,
    sums: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    precondition(order >= 0 && order <= stride && stride.isMultiple(of: 16), "a row has its shape")
    precondition(rows.lowerBound >= 0 && rows.upperBound * stride <= factors.count, "the rows lie within their span")
    precondition(gram.count >= stride * stride && sums.count >= stride, "the results have their shapes")
    guard !rows.isEmpty else { return }
    // SAFETY: shapes were checked above; the pointers last for the call.
    unsafe factors.withUnsafeBufferPointer { factors in
      unsafe gram.withUnsafeMutableBufferPointer { gram in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          let kernel =
            switch clone {
            case nil: unsafe rec_scatter
            case .baseline: unsafe rec_scatter_v1
            case .avx2: unsafe rec_scatter_v3
            case .avx512: unsafe rec_scatter_v4
            }
          unsafe kernel(
            factors.baseAddress, rows.lowerBound, rows.upperBound, order, stride, gram.baseAddress, sums.baseAddress)
        }
      }
    }
  }

  /// The Gaussian of each row given the other side's factors: means and, where there are normals, draws.
  ///
  /// - Parameters:
  ///   - offsets: Of the entries, one more than there are rows.
  ///   - columns: Rows of `others`, checked here.
  ///   - targets: One for each entry.
  ///   - rows: Which rows; the arrays that follow begin with the first of them.
  ///   - priorMeans: rows × stride.
  ///   - normals: rows × (rank + 1), of the standard normal distribution; empty for means alone.
  ///   - means: rows × stride; the padding is not written.
  ///   - samples: The same; not written where there are no normals.
  package static func drawRows(
    offsets: Span<Int>, columns: Span<Int32>, targets: Span<Float>, rows: Range<Int>, others: Span<Float>,
    _ setting: Setting, priorMeans: Span<Float>, normals: Span<Float>, means: inout MutableSpan<Float>,
    samples: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) {
    let stride = setting.stride
    let drawn = normals.isEmpty ? 0 : rows.count
    precondition(rows.lowerBound >= 0 && rows.upperBound < offsets.count, "the rows have offsets")
    precondition(columns.count == targets.count, "each entry has a target")
    precondition(
      priorMeans.count >= rows.count * stride && means.count >= rows.count * stride
        && samples.count >= drawn * stride && (drawn == 0 || normals.count >= drawn * (setting.rank + 1)),
      "each row has a prior mean, a mean and a draw")
    guard !rows.isEmpty else { return }
    let otherCount = others.count / stride
    for row in rows {
      precondition(0 <= offsets[row] && offsets[row] <= offsets[row + 1] && offsets[row + 1] <= columns.count)
    }
    for entry in offsets[rows.lowerBound]..<offsets[rows.upperBound] {
      precondition(columns[entry] >= 0 && Int(columns[entry]) < otherCount, "an entry's column is a row of the others")
    }
    var work = [Double](repeating: 0, count: stride * (stride + 2))
    // SAFETY: shapes and indices were checked above and in `Setting`; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe targets.withUnsafeBufferPointer { targets in
          unsafe others.withUnsafeBufferPointer { others in
            unsafe priorMeans.withUnsafeBufferPointer { priorMeans in
              unsafe normals.withUnsafeBufferPointer { normals in
                unsafe means.withUnsafeMutableBufferPointer { means in
                  unsafe samples.withUnsafeMutableBufferPointer { samples in
                    let kernel =
                      switch clone {
                      case nil: unsafe rec_gibbs_rows
                      case .baseline: unsafe rec_gibbs_rows_v1
                      case .avx2: unsafe rec_gibbs_rows_v3
                      case .avx512: unsafe rec_gibbs_rows_v4
                      }
                    unsafe kernel(
                      offsets.baseAddress, columns.baseAddress, targets.baseAddress, rows.lowerBound, rows.upperBound,
                      others.baseAddress, setting.rank, stride, setting.base, setting.baseRight, setting.noise,
                      setting.addsGram ? 1 : 0, setting.prior, priorMeans.baseAddress, normals.baseAddress, &work,
                      means.baseAddress, drawn > 0 ? samples.baseAddress : nil)
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Draws the weights of features, one after the other, and takes what they add from the residuals of the rows.
  ///
  /// - Parameters:
  ///   - offsets: Of the features' entries, one more than there are features.
  ///   - rows: The rows that have a feature, checked here.
  ///   - values: How much of it each has.
  ///   - strength: The precision of a weight against that of a residual.
  ///   - noise: Drawn with the covariance of the residuals; features × stride.
  ///   - weights: features × stride.
  ///   - residuals: rows × stride.
  package static func drawFeatures(
    offsets: Span<Int>, rows: Span<Int32>, values: Span<Float>, strength: Float, noise: Span<Float>, stride: Int,
    weights: inout MutableSpan<Float>, residuals: inout MutableSpan<Float>, features: Range<Int>,
    clone: KernelClone? = nil
  ) {
    precondition(stride.isMultiple(of: 16) && stride > 0 && stride <= rankLimit / 16 * 16 + 32, "a row has its shape")
    precondition(features.lowerBound >= 0 && features.upperBound < offsets.count, "the features have offsets")
    precondition(
      noise.count >= features.upperBound * stride && weights.count >= features.upperBound * stride
        && rows.count == values.count,
      "each feature has noise and weights, each entry a value")
    let rowCount = residuals.count / stride
    for feature in features {
      precondition(
        0 <= offsets[feature] && offsets[feature] <= offsets[feature + 1] && offsets[feature + 1] <= rows.count)
      for entry in offsets[feature]..<offsets[feature + 1] {
        precondition(rows[entry] >= 0 && Int(rows[entry]) < rowCount, "an entry's row has a residual")
      }
    }
    // SAFETY: shapes and indices were checked above; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe noise.withUnsafeBufferPointer { noise in
            unsafe weights.withUnsafeMutableBufferPointer { weights in
              unsafe residuals.withUnsafeMutableBufferPointer { residuals in
                let kernel =
                  switch clone {
                  case nil: unsafe rec_gibbs_features
                  case .baseline: unsafe rec_gibbs_features_v1
                  case .avx2: unsafe rec_gibbs_features_v3
                  case .avx512: unsafe rec_gibbs_features_v4
                  }
                unsafe kernel(
                  offsets.baseAddress, rows.baseAddress, values.baseAddress, features.lowerBound, features.upperBound,
                  strength, noise.baseAddress, stride, weights.baseAddress, residuals.baseAddress)
              }
            }
          }
        }
      }
    }
  }

  /// What bias and factors of both sides make of the entries of some rows; `output` begins with the first entry of them.
  package static func values(
    offsets: Span<Int>, columns: Span<Int32>, rows: Range<Int>, factors: Span<Float>, others: Span<Float>, rank: Int,
    stride: Int, into output: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) {
    precondition(rank >= 0 && rank <= rankLimit && stride > rank && stride.isMultiple(of: 16), "a row has its shape")
    precondition(stride <= rankLimit / 16 * 16 + 32, "a row is no longer than the kernel's own")
    precondition(rows.lowerBound >= 0 && rows.upperBound < offsets.count, "the rows have offsets")
    guard !rows.isEmpty else { return }
    let entries = offsets[rows.lowerBound]..<offsets[rows.upperBound]
    precondition(
      factors.count >= rows.upperBound * stride && entries.upperBound <= columns.count && entries.lowerBound >= 0
        && output.count >= entries.count, "rows and entries lie within their spans")
    for row in rows { precondition(offsets[row] <= offsets[row + 1], "offsets ascend") }
    let otherCount = others.count / stride
    for entry in entries { precondition(columns[entry] >= 0 && Int(columns[entry]) < otherCount) }
    // SAFETY: shapes and indices were checked above; the pointers last for the call.
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe factors.withUnsafeBufferPointer { factors in
          unsafe others.withUnsafeBufferPointer { others in
            unsafe output.withUnsafeMutableBufferPointer { output in
              let kernel =
                switch clone {
                case nil: unsafe rec_bilinear_values
                case .baseline: unsafe rec_bilinear_values_v1
                case .avx2: unsafe rec_bilinear_values_v3
                case .avx512: unsafe rec_bilinear_values_v4
                }
              unsafe kernel(
                offsets.baseAddress, columns.baseAddress, rows.lowerBound, rows.upperBound, factors.baseAddress,
                others.baseAddress, rank, stride, output.baseAddress)
            }
          }
        }
      }
    }
  }
}
