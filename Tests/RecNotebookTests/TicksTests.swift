import Testing

@testable import RecNotebook

struct TicksTests {
  /// By paper and pencil after Heckbert 1990: range r → nice(r), step = nice(r / (n - 1)), ends at multiples of the step.
  static let linear: [(low: Double, high: Double, count: Int, values: [Double])] = [
    // r = 112 → 200, 200 / 4 = 50 → 50: the example of the paper (105 to 543 below) and neighbours.
    (105, 543, 5, [100, 200, 300, 400, 500, 600]),
    (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (1, 20, 6, [0, 5, 10, 15, 20]),
    (-3, 4, 5, [-4, -2, 0, 2, 4]),
    (0.812, 0.934, 6, [0.8, 0.85, 0.9, 0.95]),
    // One value: half of it on each side; nothing: from -0.5 to 0.5.
    (4, 4, 5, [2, 3, 4, 5, 6]),
    (0, 0, 6, [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6]),
  ]

  @Test(arguments: linear)
  func `linear marks are Heckbert's`(_ row: (low: Double, high: Double, count: Int, values: [Double])) {
    let ticks = Ticks(linear: row.low, row.high, count: row.count)
    #expect(ticks.values == row.values)
    #expect(ticks.low <= row.low && ticks.high >= row.high)
  }

  static let logarithmic: [(low: Double, high: Double, count: Int, values: [Double])] = [
    (1, 100, 6, [1, 2, 5, 10, 20, 50, 100]),
    (3, 40, 6, [2, 5, 10, 20, 50]),
    (1, 100_000, 6, [1, 10, 100, 1000, 10_000, 100_000]),
    (7, 7, 6, [5, 10]),
    // Twelve decades for six marks: every other.
    (1, 1e12, 6, [1, 100, 1e4, 1e6, 1e8, 1e10, 1e12]),
  ]

  @Test(arguments: logarithmic)
  func `logarithmic marks are powers of ten, and their halves and doubles`(
    _ row: (low: Double, high: Double, count: Int, values: [Double])
  ) {
    let ticks = Ticks(log: row.low, row.high, count: row.count)
    #expect(ticks.values == row.values)
    #expect(ticks.low <= row.low && ticks.high >= row.high)
  }

  static let extremes: [(low: Double, high: Double)] = [
    (-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude), (1e16, 1e16 + 2), (5e-324, 1e-323), (-1e-300, 1e-300),
    (.greatestFiniteMagnitude, .greatestFiniteMagnitude), (0, 5e-324), (1e300, 1.0000000001e300),
  ]

  @Test(arguments: extremes)
  func `any span has a few finite marks in order`(_ row: (low: Double, high: Double)) {
    for count in [2, 6, 9] {
      let linear = Ticks(linear: row.low, row.high, count: count)
      #expect((2...21).contains(linear.values.count))
      #expect(linear.values.allSatisfy(\.isFinite) && linear.values == linear.values.sorted())
      #expect(linear.high > linear.low)
      guard row.low > 0 else { continue }
      let log = Ticks(log: row.low, row.high, count: count)
      #expect((1...40).contains(log.values.count))
      #expect(log.values.allSatisfy { $0.isFinite && $0 > 0 } && log.high > log.low)
    }
  }

  @Test(arguments: [
    (0.25, "0.25"), (1995, "1995"), (100_000, "100,000"), (-0.5, "-0.5"), (1e-7, "1e-7"), (0, "0"),
    (1e12, "1000000000000"),
  ])
  func `marks are written as people read them`(_ row: (value: Double, label: String)) {
    #expect(Ticks.label(row.value) == row.label)
  }
}
