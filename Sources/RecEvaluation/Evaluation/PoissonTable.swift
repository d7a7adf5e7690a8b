/// Poisson(1) numbers of 32 random bits, by inversion: how many of the thresholds the bits reach.
package enum PoissonTable {
  /// 2³² · Σ e⁻¹/j! for j ≤ n, to the nearest whole number, up to the last that fits 32 bits.
  package static let thresholds: [UInt32] = [
    1_580_030_169, 3_160_060_337, 3_950_075_422, 4_213_413_783, 4_279_248_374, 4_292_415_292, 4_294_609_778,
    4_294_923_276, 4_294_962_463, 4_294_966_817, 4_294_967_253, 4_294_967_292,
  ]
}
