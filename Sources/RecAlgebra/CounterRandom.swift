import RecKernels

/// Random numbers that are a function of (seed, purpose, indices), never of a shared stream.
///
/// Philox4x64-10 with the key (seed, purpose) and the counter (i, j, k, 0): J. K. Salmon, M. A. Moraes, R. O. Dror &
/// D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405.
package enum CounterRandom {
  /// What random numbers are for; two purposes never share numbers.
  package struct Purpose: Sendable, Equatable {
    package let rawValue: UInt64

    /// The purpose of a name, for example `"svd start"`: its 64-bit FNV-1a hash.
    package init(_ name: String) {
      rawValue = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
  }

  /// 64 random bits.
  @inlinable
  package static func random(
    seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0, _ k: UInt64 = 0
  ) -> UInt64 {
    four(seed: seed, purpose: purpose, i, j, k).x
  }

  /// 256 random bits, for the price of 64.
  @inlinable
  package static func four(seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0, _ k: UInt64 = 0) -> SIMD4<
    UInt64
  > {
    philox(counter: SIMD4(i, j, k, 0), key: SIMD2(seed, purpose.rawValue))
  }

  /// A number in [0, 1), a multiple of 2⁻⁵³.
  @inlinable
  package static func uniform(seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0, _ k: UInt64 = 0) -> Double {
    unit(random(seed: seed, purpose: purpose, i, j, k))
  }

  /// A number of the standard normal distribution (Box & Muller 1958, doi:10.1214/aoms/1177706645).
  package static func normal(seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0, _ k: UInt64 = 0) -> Double {
    let bits = four(seed: seed, purpose: purpose, i, j, k)
    // 1 - u lies in (0, 1], where the logarithm is finite.
    let radius = (-2 * RealFunctions.log(1 - unit(bits.x))).squareRoot()
    return radius * RealFunctions.cos(2 * .pi * unit(bits.y))
  }

  /// A number of the Poisson distribution with mean 1, as a bootstrap draws for each observation.
  package static func poisson1(seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0, _ k: UInt64 = 0) -> Int {
    var rest = uniform(seed: seed, purpose: purpose, i, j, k)
    // By inversion: P(X = n) = P(X = n - 1) / n. Beyond 20 lies less than a double resolves.
    var count = 0
    var probability = 0.367_879_441_171_442_33
    while rest >= probability, count < 20 {
      rest -= probability
      count += 1
      probability *= reciprocals[count]
    }
    return count
  }

  /// 1/n for n from 1 to 20; the first is not used.
  private static let reciprocals: [Double] = [0] + (1...20).map { 1 / Double($0) }

  /// The top 53 bits as a number in [0, 1).
  @inlinable
  package static func unit(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  /// The published function; ten rounds.
  @inlinable
  package static func philox(counter: SIMD4<UInt64>, key: SIMD2<UInt64>) -> SIMD4<UInt64> {
    // Scalars: a vector of two products cannot use the 64 × 64 → 128 bit multiplication.
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = c0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (c0, c1, c2, c3) = (second.high ^ c1 ^ k0, second.low, first.high ^ c3 ^ k1, first.low)
      k0 &+= 0x9E37_79B9_7F4A_7C15
      k1 &+= 0xBB67_AE85_84CA_A73B
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
