import RecKernels
import Testing

@Suite struct BoundKernelsTests {
  @Test(arguments: [1, 15, 16, 17, 64, 70, 256], [0, 1, 3, 4, 5, 50, 100])
  func `an item is reachable where the formula says so, on every processor`(items: Int, rank: Int) {
    var random = TestRandom(UInt64(items * 1000 + rank))
    var columns = ByteColumns(itemCount: items, rank: rank)
    var factors = [[Int]](repeating: [], count: items)
    for item in 0..<items {
      // The extremes of both signs are among them.
      factors[item] = (0..<rank).map { _ in
        [-127, 127, Int.random(in: -127...127, using: &random)].randomElement(using: &random) ?? 0
      }
      for (factor, value) in factors[item].enumerated() {
        columns.panels[columns.place(of: item, factor: factor)] = UInt8(value + 128)
      }
      // Powers of two, so that the formula's sums are exact in whatever order.
      columns.scales[item] = 0.25
      columns.lengths[item] = Float(item % 5)
      columns.errors[item] = 0.5
      columns.offsets[item] = Float(item % 7) - 3
    }
    let bytes = (0..<columns.quads * 4).map { Int8($0 < rank ? Int.random(in: -127...127, using: &random) : 0) }
    let user = ByteUser(bytes: bytes, scale: 2, error: 4, length: 8)
    let bounds = (0..<items).map { item in
      let product = zip(factors[item], bytes).reduce(0) { $0 + $1.0 * Int($1.1) }
      return Float(product) / 2 + Float(item % 5) * 4 + 4 + Float(item % 7) - 3
    }
    for threshold in [
      bounds.min() ?? 0, bounds.sorted()[items / 2], (bounds.max() ?? 0).nextUp, -.greatestFiniteMagnitude,
    ] {
      for start in [0, 16, 64] where start < items {
        let expected = (start..<items).filter { bounds[$0] >= threshold }.map { Int32($0) }
        for clone in KernelClone.available.map(Optional.some) + [nil] {
          #expect(
            BoundKernels.reachable(user, columns, items: start..<items, threshold: threshold, clone: clone) == expected)
        }
      }
    }
  }
}
