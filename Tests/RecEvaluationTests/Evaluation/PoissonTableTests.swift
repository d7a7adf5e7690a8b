import RecEvaluation
import Testing

struct PoissonTableTests {
  /// scipy.stats.poisson.ppf((bits + 0.5) / 2**32, 1), SciPy 1.17.
  @Test(
    arguments: [
      (0, 0), (1, 0), (1_580_030_168, 0), (1_580_030_169, 1), (1_580_030_170, 1), (2_147_483_648, 1),
      (3_160_060_336, 1),
      (3_160_060_338, 2), (3_950_075_423, 3), (4_213_413_782, 3), (4_213_413_784, 4), (4_279_248_375, 5),
      (4_290_000_000, 5), (4_294_967_291, 11), (4_294_967_295, 12),
    ] as [(UInt32, Int)])
  func `bits give the quantile of the Poisson distribution`(bits: UInt32, count: Int) {
    #expect(PoissonTable.thresholds.count { bits >= $0 } == count)
  }
}
