import RecAlgebra
import RecKernels
import Testing

/// Lengths around the lanes, blocks and unrolled loops of the kernels.
private let lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 1000]

@Suite struct VectorKernelsTests {
  @Test(arguments: lengths) func `dot is the sum of products`(length: Int) {
    var random = TestRandom(UInt64(length))
    let (a, b) = (random.floats(length + 1), random.floats(length + 1))
    // One element in, so that the vectors are not aligned.
    let (x, y) = (a.span.extracting(1...), b.span.extracting(1...))
    let expected = (1..<length + 1).reduce(0.0) { $0 + Double(a[$1]) * Double(b[$1]) }
    let result = VectorKernels.dot(x, y)
    // Each product and sum is off by at most half a unit of Float: 2⁻²⁴ · length for terms of at most one.
    #expect(abs(Double(result) - expected) <= 0x1p-24 * Double(length * 2))
    for clone in KernelClone.available {
      #expect(VectorKernels.dot(x, y, clone: clone).bitPattern == result.bitPattern)
    }
  }

  @Test(arguments: lengths) func `dot in Double is the sum of products`(length: Int) {
    var random = TestRandom(UInt64(length))
    let (a, b) = (random.doubles(length), random.doubles(length))
    let expected = zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 }
    let result = VectorKernels.dot(a.span, b.span)
    #expect(abs(result - expected) <= 0x1p-53 * Double(length * 2))
    for clone in KernelClone.available { #expect(VectorKernels.dot(a.span, b.span, clone: clone) == result) }
  }

  @Test(arguments: lengths) func `addScaled rounds the product before it adds`(length: Int) {
    var random = TestRandom(UInt64(length))
    let (x, y) = (random.floats(length), random.floats(length))
    let expected = zip(x, y).map { $1 + $0 * 0.3 }
    for clone in KernelClone.available.map(Optional.some) + [nil] {
      var result = y
      var span = result.mutableSpan
      VectorKernels.addScaled(0.3, x.span, to: &span, clone: clone)
      #expect(result == expected)
    }
  }

  @Test(arguments: lengths) func `counts scores above and at a threshold, and no NaN`(length: Int) {
    var random = TestRandom(UInt64(length))
    let scores = (0..<length).map { _ in
      [Float.nan, -.infinity, .infinity, -1, 0, 1, 2].randomElement(using: &random) ?? 0
    }
    for threshold in [-.infinity, -1, 0.5, 1, .infinity, .nan] as [Float] {
      let above = scores.count { $0 > threshold }
      let equal = scores.count { $0 == threshold }
      #expect(countAbove(scores: scores.span, threshold: threshold) == (above, equal))
      for clone in KernelClone.available {
        #expect(VectorKernels.countAbove(scores.span, threshold: threshold, clone: clone) == (above, equal))
      }
    }
  }

  @Test(arguments: lengths) func `finds the next score above a threshold`(length: Int) {
    var random = TestRandom(UInt64(length))
    let scores = (0..<length).map { _ in Float.random(in: 0...1, using: &random) < 0.03 ? 2 as Float : .nan }
    for start in 0...length {
      let expected = scores[start...].firstIndex { $0 > 1 } ?? length
      #expect(VectorKernels.nextAbove(scores.span, from: start, threshold: 1) == expected)
      for clone in KernelClone.available {
        #expect(VectorKernels.nextAbove(scores.span, from: start, threshold: 1, clone: clone) == expected)
      }
    }
  }

  @Test(arguments: lengths + [640, 1000], [1, 2, 10, 64]) func `finds a floor below the largest scores`(
    length: Int, wanted: Int
  ) {
    var random = TestRandom(UInt64(length * 100 + wanted))
    let scores = (0..<length).map { _ in
      let draw = Float.random(in: 0...1, using: &random)
      return draw < 0.1 ? .nan : draw < 0.2 ? -.infinity : (draw * 500).rounded()
    }
    let floor = VectorKernels.floorOfLargest(scores.span, wanted: wanted)
    // Every lane's largest is found by hand.
    let lanes = (0..<64).map { lane in
      stride(from: lane, to: length / 64 * 64, by: 64).map { scores[$0] }.filter { !$0.isNaN }.max() ?? -.infinity
    }
    #expect(floor == lanes.sorted(by: >)[wanted - 1])
    if floor > -.infinity { #expect(scores.count { $0 >= floor } >= wanted) }
    for clone in KernelClone.available {
      #expect(VectorKernels.floorOfLargest(scores.span, wanted: wanted, clone: clone) == floor)
    }
  }
}
