/// Poisson(1) numbers of 32 random bits, by inversion: the least n whose cumulative probability is beyond them.
package struct PoissonTable: Sendable {
  /// 2³² · Σ e⁻¹/j! for j ≤ n, to the nearest whole number, up to the last that fits 32 bits.
  private static let thresholds: [UInt32] = [
    1_580_030_169, 3_160_060_337, 3_950_075_422, 4_213_413_783, 4_279_248_374, 4_292_415_292, 4_294_609_778,
    4_294_923_276, 4_294_962_463, 4_294_966_817, 4_294_967_253, 4_294_967_292,
  ]

  private let thresholds = Self.thresholds
  /// The number of the least bits that begin with each eight; what remains is a step or two in a few of them.
  private let starts: [UInt8] = (0..<256).map { first in
    UInt8(Self.thresholds.count { $0 <= UInt32(first) << 24 })
  }

  package init() {}

  package subscript(bits: UInt32) -> Double {
    var count = Int(starts[Int(bits >> 24)])
    while count < thresholds.count && bits >= thresholds[count] { count += 1 }
    return Double(count)
  }
}
