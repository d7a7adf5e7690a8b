import CKernels

/// An instruction set for which the kernels have a clone.
package enum KernelClone: Int, CaseIterable, Sendable {
  case baseline = 0
  case avx2 = 1
  case avx512 = 2

  /// The clones this processor can run. All give the same bits.
  package static var available: [KernelClone] {
    allCases.filter { $0.rawValue <= Int(rec_highest_level()) }
  }
}

/// Loops over plain vectors. Every function gives the same bits on every processor.
package enum VectorKernels {
  /// The sum of `a[i] · b[i]`, in 16 lanes of Float.
  package static func dot(_ a: Span<Float>, _ b: Span<Float>, clone: KernelClone? = nil) -> Float {
    precondition(a.count == b.count, "the vectors have one length")
    // SAFETY: both pointers last for the call and hold `a.count` elements.
    return unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
        return switch clone {
        case nil: unsafe rec_dot(x, y, a.count)
        case .baseline: unsafe rec_dot_v1(x, y, a.count)
        case .avx2: unsafe rec_dot_v3(x, y, a.count)
        case .avx512: unsafe rec_dot_v4(x, y, a.count)
        }
      }
    }
  }

  /// The sum of `a[i] · b[i]`, in 8 lanes of Double.
  package static func dot(_ a: Span<Double>, _ b: Span<Double>, clone: KernelClone? = nil) -> Double {
    precondition(a.count == b.count, "the vectors have one length")
    // SAFETY: both pointers last for the call and hold `a.count` elements.
    return unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
        return switch clone {
        case nil: unsafe rec_dot_double(x, y, a.count)
        case .baseline: unsafe rec_dot_double_v1(x, y, a.count)
        case .avx2: unsafe rec_dot_double_v3(x, y, a.count)
        case .avx512: unsafe rec_dot_double_v4(x, y, a.count)
        }
      }
    }
  }

  /// `y[i] += scale · x[i]`.
  package static func addScaled(
    _ scale: Float, _ x: Span<Float>, to y: inout MutableSpan<Float>, clone: KernelClone? = nil
  ) {
    precondition(x.count == y.count, "the vectors have one length")
    // SAFETY: both pointers last for the call and hold `x.count` elements.
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        guard let source = x.baseAddress, let target = y.baseAddress else { return }
        switch clone {
        case nil: unsafe rec_add_scaled(scale, source, target, x.count)
        case .baseline: unsafe rec_add_scaled_v1(scale, source, target, x.count)
        case .avx2: unsafe rec_add_scaled_v3(scale, source, target, x.count)
        case .avx512: unsafe rec_add_scaled_v4(scale, source, target, x.count)
        }
      }
    }
  }

  /// `target = source`, from a place of the target on.
  package static func copy(_ source: Span<Float>, into target: inout MutableSpan<Float>, from start: Int) {
    precondition(start >= 0 && start + source.count <= target.count, "the target has room")
    // SAFETY: both pointers last for the call; the target has room from `start` on.
    unsafe source.withUnsafeBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe (to + start).update(from: from, count: source.count)
      }
    }
  }

  /// How many scores are greater than the threshold and how many equal it; a NaN is neither.
  package static func countAbove(
    _ scores: Span<Float>, threshold: Float, clone: KernelClone? = nil
  ) -> (above: Int, equal: Int) {
    // SAFETY: the pointer lasts for the call and holds `scores.count` elements.
    let counts = unsafe scores.withUnsafeBufferPointer { scores in
      guard let start = scores.baseAddress else { return rec_counts() }
      return switch clone {
      case nil: unsafe rec_count_above(start, scores.count, threshold)
      case .baseline: unsafe rec_count_above_v1(start, scores.count, threshold)
      case .avx2: unsafe rec_count_above_v3(start, scores.count, threshold)
      case .avx512: unsafe rec_count_above_v4(start, scores.count, threshold)
      }
    }
    return (counts.above, counts.equal)
  }

  /// The first index from `start` on whose score is greater than the threshold; `scores.count` if there is none.
  package static func nextAbove(
    _ scores: Span<Float>, from start: Int, threshold: Float, clone: KernelClone? = nil
  ) -> Int {
    precondition(start >= 0 && start <= scores.count, "the scan starts within the scores")
    // SAFETY: the pointer lasts for the call and holds `scores.count` elements.
    return unsafe scores.withUnsafeBufferPointer { scores in
      guard let first = scores.baseAddress else { return 0 }
      return switch clone {
      case nil: unsafe rec_next_above(first, start, scores.count, threshold)
      case .baseline: unsafe rec_next_above_v1(first, start, scores.count, threshold)
      case .avx2: unsafe rec_next_above_v3(first, start, scores.count, threshold)
      case .avx512: unsafe rec_next_above_v4(first, start, scores.count, threshold)
      }
    }
  }

  /// A score that at least `wanted` of the scores are not below, close to the greatest such; minus infinity where too few
  /// scores are there to tell.
  ///
  /// - Parameter wanted: From 1 to 64.
  package static func floorOfLargest(_ scores: Span<Float>, wanted: Int, clone: KernelClone? = nil) -> Float {
    precondition((1...64).contains(wanted), "from 1 to 64 are wanted")
    // SAFETY: the pointer lasts for the call and holds `scores.count` elements.
    return unsafe scores.withUnsafeBufferPointer { scores in
      guard let start = scores.baseAddress else { return -.infinity }
      return switch clone {
      case nil: unsafe rec_floor_of_largest(start, scores.count, wanted)
      case .baseline: unsafe rec_floor_of_largest_v1(start, scores.count, wanted)
      case .avx2: unsafe rec_floor_of_largest_v3(start, scores.count, wanted)
      case .avx512: unsafe rec_floor_of_largest_v4(start, scores.count, wanted)
      }
    }
  }
}
