internal import CKernels

/// The bootstrap's inner loop.
package enum ResamplingKernels {
  /// Draws that are made together.
  package static let drawCount = Int(REC_RESAMPLING_DRAWS)

  /// Sums over users, each counted as often as a draw says; in the order of the users.
  ///
  /// - Parameters:
  ///   - keys: A number for each user, (users,).
  ///   - values: Users × terms.
  ///   - seed: With the purpose, what the random bits are keyed by.
  ///   - firstDraw: The first of `drawCount` draws.
  ///   - thresholds: A user is counted once for each that its 32 random bits reach.
  ///   - sums: Terms × draws; added to.
  package static func resample(
    keys: Span<UInt64>, values: Span<Double>, seed: UInt64, purpose: UInt64, firstDraw: Int, thresholds: Span<UInt32>,
    into sums: inout MutableSpan<Double>, clone: KernelClone? = nil
  ) {
    let termCount = sums.count / drawCount
    precondition(sums.count == termCount * drawCount, "each term has a sum for each draw")
    precondition(values.count == keys.count * termCount, "each user has a value for each term")
    precondition(firstDraw >= 0, "draws are counted from 0")
    let kernel =
      switch clone {
      case nil: unsafe rec_resample
      case .baseline: unsafe rec_resample_v1
      case .avx2: unsafe rec_resample_v3
      case .avx512: unsafe rec_resample_v4
      }
    // SAFETY: shapes were checked above; the pointers last for the call.
    unsafe keys.withUnsafeBufferPointer { keys in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe thresholds.withUnsafeBufferPointer { thresholds in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe kernel(
              keys.baseAddress, keys.count, values.baseAddress, termCount, seed, purpose, UInt64(firstDraw),
              thresholds.baseAddress, thresholds.count, sums.baseAddress)
          }
        }
      }
    }
  }
}
