import RecAlgebra
import Testing

@Suite struct CounterRandomTests {
  /// The first three from Random123's `kat_vectors`; all four also by NumPy, see `Reference/philox.py`.
  @Test(
    arguments: [
      (
        [0, 0, 0, 0, 0, 0],
        [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b]
      ),
      (
        Array(repeating: .max, count: 6),
        [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0]
      ),
      (
        [
          0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89,
          0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c,
        ], [0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6]
      ),
      (
        [1, 2, 3, 0, 42, 7],
        [0x33e3_52d4_ece2_06bc, 0x2192_2cbb_5f69_685a, 0x97e2_89d6_b3c0_dc98, 0xdc80_d62b_f630_8174]
      ),
    ] as [([UInt64], [UInt64])])
  func `gives the published values`(input: [UInt64], output: [UInt64]) {
    let result = CounterRandom.philox(
      counter: SIMD4(input[0], input[1], input[2], input[3]), key: SIMD2(input[4], input[5]))
    #expect(result == SIMD4(output[0], output[1], output[2], output[3]))
  }

  /// FNV-1a of "a" and of "foobar" as published by Fowler, Noll and Vo.
  @Test func `names a purpose by its FNV-1a hash`() {
    #expect(CounterRandom.Purpose("a").rawValue == 0xaf63_dc4c_8601_ec8c)
    #expect(CounterRandom.Purpose("foobar").rawValue == 0x8594_4171_f739_67e8)
  }

  @Test func `draws other numbers for another seed, purpose or index`() {
    let purpose = CounterRandom.Purpose("test")
    let draws = [
      CounterRandom.random(seed: 1, purpose: purpose, 1), CounterRandom.random(seed: 2, purpose: purpose, 1),
      CounterRandom.random(seed: 1, purpose: .init("other"), 1), CounterRandom.random(seed: 1, purpose: purpose, 2),
      CounterRandom.random(seed: 1, purpose: purpose, 1, 1), CounterRandom.random(seed: 1, purpose: purpose, 1, 0, 1),
    ]
    #expect(Set(draws).count == draws.count)
    #expect(CounterRandom.random(seed: 1, purpose: purpose, 1) == draws[0])
  }

  // The bounds are six standard errors of the mean of 100,000 draws: 6 · σ / √n.
  @Test func `draws uniform, normal and Poisson numbers with the right moments`() {
    let purpose = CounterRandom.Purpose("moments")
    let count = 100_000
    let uniform = (0..<count).map { CounterRandom.uniform(seed: 3, purpose: purpose, UInt64($0)) }
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(mean(uniform) - 0.5) < 6 * 0.2887 / 316)
    let normal = (0..<count).map { CounterRandom.normal(seed: 3, purpose: purpose, UInt64($0)) }
    #expect(abs(mean(normal)) < 6 * 1.0 / 316)
    #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 6 * 1.4142 / 316)
    let poisson = (0..<count).map { Double(CounterRandom.poisson1(seed: 3, purpose: purpose, UInt64($0))) }
    #expect(abs(mean(poisson) - 1) < 6 * 1.0 / 316)
    #expect(abs(mean(poisson.map { ($0 - 1) * ($0 - 1) }) - 1) < 6 * 1.7321 / 316)
    // P(X = 0) = 1/e.
    #expect(abs(mean(poisson.map { $0 == 0 ? 1 : 0 }) - 0.36788) < 6 * 0.4823 / 316)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
