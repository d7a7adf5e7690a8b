import RecKernels
import RecLanguage

/// A direction of a drawn chart: its marks, and where a value stands between its ends.
struct ChartAxis {
  let title: String
  let ticks: Ticks
  private let scale: Figure.Scale

  /// - Parameters:
  ///   - values: any; what is not finite, and on a log scale what is not above zero, has no place.
  ///   - startsAtZero: whether a linear axis reaches zero, as that of bars must.
  init(_ axis: Figure.Axis, _ values: [Double], tickCount: Int, startsAtZero: Bool = false) {
    title = (axis.unit.map { "\(axis.name) (\($0))" } ?? axis.name).onOneLine
    scale = axis.scale
    let placed = values.filter { $0.isFinite && (axis.scale == .linear || $0 > 0) }
    let low = placed.min()
    let high = placed.max()
    switch axis.scale {
    case .log: ticks = Ticks(log: low ?? 1, high ?? 10, count: tickCount)
    case .linear:
      ticks = Ticks(
        linear: startsAtZero ? min(low ?? 0, 0) : low ?? 0, startsAtZero ? max(high ?? 1, 0) : high ?? 1,
        count: tickCount)
    }
  }

  /// From 0 at the low end to 1 at the high end; nil where the axis has no place for the value.
  func share(_ value: Double) -> Double? {
    let share: Double
    switch scale {
    case .linear: share = (value - ticks.low) / (ticks.high - ticks.low)
    case .log:
      guard value > 0 else { return nil }
      let low = RealFunctions.log(ticks.low)
      share = (RealFunctions.log(value) - low) / (RealFunctions.log(ticks.high) - low)
    }
    return share.isFinite && share > -0.001 && share < 1.001 ? min(max(share, 0), 1) : nil
  }

  /// Where bars begin.
  var base: Double { scale == .log ? 0 : share(0) ?? 0 }

  /// The marks with their places along a length; of those too close to the one before, none.
  func labelled(length: Double, extent: (String) -> Double) -> [(label: String, share: Double)] {
    var kept: [(label: String, share: Double)] = []
    var end = -Double.infinity
    for value in ticks.values {
      guard let share = share(value) else { continue }
      let label = Ticks.label(value)
      let half = extent(label) / 2
      if share * length - half < end { continue }
      kept.append((label, share))
      end = share * length + half + 6
    }
    return kept
  }
}
