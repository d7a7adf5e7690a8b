import RecLanguage
import Testing

@testable import RecNotebook

@Suite struct `An axis` {
  /// Heckbert 1990: the range over the ticks less one, rounded to 1, 2 or 5 times a power of ten, by pencil.
  @Test(
    arguments: [
      ([0, 100], 6, ["0", "20", "40", "60", "80", "100"]),
      ([0.79, 0.816], 5, ["0.790", "0.795", "0.800", "0.805", "0.810", "0.815", "0.820"]),
      ([2, 100], 4, ["0", "50", "100"]),
      ([-1, 1], 5, ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
      ([0, 34083], 5, ["0", "10,000", "20,000", "30,000", "40,000"]),
      ([5, 5], 3, ["2", "4", "6", "8"]),
    ] as [([Double], Int, [String])])
  func `has ticks at round numbers`(values: [Double], count: Int, texts: [String]) {
    let axis = AxisLayout(values, .linear, tickCount: count)
    #expect(axis.ticks.map(\.text) == texts)
    for value in values { #expect(axis.share(value) != nil) }
  }

  @Test func `has ticks at powers of ten on a logarithmic scale`() throws {
    let axis = AxisLayout([1, 1000], .log, tickCount: 6)
    #expect(axis.ticks.map(\.text) == ["1", "10", "100", "1,000"])
    #expect(abs(try #require(axis.share(10)) - 1.0 / 3) < 1e-12)
    #expect(axis.share(0) == nil)
    #expect(axis.share(-1) == nil)
  }

  @Test(
    arguments: [
      [], [.nan], [.infinity, 1], [-1.7e308, 1.7e308], [0], [1e-320, 2e-320], [1e299, -1e299], [3, 3, 3],
    ] as [[Double]], [Figure.Scale.linear, .log])
  func `survives any numbers`(values: [Double], scale: Figure.Scale) {
    let axis = AxisLayout(values, scale, tickCount: 5)
    #expect(axis.ticks.count <= 101)
    for tick in axis.ticks { #expect((0...1).contains(tick.share) && !tick.text.isEmpty) }
    for value in values { if let share = axis.share(value) { #expect((0...1).contains(share)) } }
  }
}

@Suite struct `Labels beside points` {
  @Test(arguments: 0..<20) func `never lie over one another or beyond the edge`(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53) * limit
    }
    let bounds = LabelPlacement.Box(x: 0, y: 0, width: 400, height: 200)
    let marks = (0..<60).map { _ in LabelPlacement.Box(x: next(395), y: next(195), width: 5, height: 5) }
    var placement = LabelPlacement(in: bounds, around: marks)
    let placed = marks.compactMap { mark in placement.place(width: 20 + next(80), height: 12, beside: mark, gap: 3) }
    #expect(placed.count > 5)
    for (index, box) in placed.enumerated() {
      #expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 400 && box.y + box.height <= 200)
      for other in placed[(index + 1)...] + marks { #expect(!box.overlaps(other)) }
    }
  }
}
