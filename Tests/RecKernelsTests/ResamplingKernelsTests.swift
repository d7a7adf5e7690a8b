import RecAlgebra
import RecKernels
import Testing

@Suite struct ResamplingKernelsTests {
  private static let purpose = CounterRandom.Purpose("a test of resampling")

  @Test(arguments: [0, 1, 2, 17, 100], [0, 1, 3, 13]) func `counts each user as its random bits say`(
    users: Int, terms: Int
  ) {
    var random = TestRandom(UInt64(users * 20 + terms))
    let keys = (0..<users).map { _ in UInt64.random(in: 0...(.max), using: &random) }
    let values = (0..<users * terms).map { _ in Double.random(in: -2...2, using: &random) }
    let thresholds: [UInt32] = [1 << 30, 1 << 31, 3 << 30, .max]
    for firstDraw in [0, 40, 960] {
      let expected = (0..<terms).flatMap { term in
        (firstDraw..<firstDraw + ResamplingKernels.drawCount).map { draw in
          keys.indices.reduce(0) { sum, user in
            let bits = CounterRandom.four(
              seed: 5, purpose: Self.purpose, keys[user], UInt64(draw / 8 * 8), 0)[draw % 8 / 2]
            let own = UInt32(truncatingIfNeeded: draw % 2 == 0 ? bits : bits >> 32)
            return sum + Double(thresholds.count { own >= $0 }) * values[user * terms + term]
          }
        }
      }
      #expect(sums(keys, values, terms, thresholds, firstDraw, nil) == expected)
      for clone in KernelClone.available {
        #expect(sums(keys, values, terms, thresholds, firstDraw, clone) == expected)
      }
    }
  }

  private func sums(
    _ keys: [UInt64], _ values: [Double], _ terms: Int, _ thresholds: [UInt32], _ firstDraw: Int, _ clone: KernelClone?
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: terms * ResamplingKernels.drawCount)
    var output = sums.mutableSpan
    ResamplingKernels.resample(
      keys: keys.span, values: values.span, seed: 5, purpose: Self.purpose.rawValue, firstDraw: firstDraw,
      thresholds: thresholds.span, into: &output, clone: clone)
    return sums
  }
}
