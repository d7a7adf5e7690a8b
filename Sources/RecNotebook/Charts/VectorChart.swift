package import RecLanguage

/// A figure as SVG: lines and points over two axes, or bars that lie, each beside what it is of.
///
/// Pixels count from the top left corner. What has no place on an axis (not finite, not above zero on a log scale) is
/// not drawn; a line has a gap there.
package struct VectorChart {
  static let width = 640.0
  /// More bars, series in the legend and points with a name than anyone reads are counted, not drawn.
  static let barLimit = 200
  static let seriesLimit = 24

  let figure: Figure
  private(set) var texts: [ChartText] = []
  /// The numbers of series and the places of their swatches.
  private(set) var legend: [(series: Int, x: Double, y: Double)] = []
  private(set) var plot = (left: 0.0, top: 0.0, right: VectorChart.width - 24, bottom: 0.0)
  private(set) var height = 0.0
  /// The axis along the bottom and the one at the left; bars have none at the left.
  private(set) var across: ChartAxis
  private(set) var up: ChartAxis?
  /// The bars in order, from the top.
  let bars: [(series: Int, point: Figure.Point)]
  static let barHeight = 20.0

  package init(_ figure: Figure) {
    self.figure = figure
    let points = figure.series.flatMap(\.points)
    if figure.mark == .bar {
      bars = Array(
        figure.series.enumerated().flatMap { place, series in series.points.map { (series: place, point: $0) } }
          .prefix(Self.barLimit))
      across = ChartAxis(figure.y, bars.map(\.point.y), tickCount: 6, startsAtZero: true)
    } else {
      bars = []
      across = ChartAxis(figure.x, points.map(\.x), tickCount: 7)
      up = ChartAxis(figure.y, points.map(\.y), tickCount: 6)
    }
    place(pointCount: points.count)
  }

  /// The title for readers who do not see, and what it says in a sentence.
  var description: String {
    let axes =
      figure.mark == .bar ? "\(across.title) by \(figure.x.name)" : "\(up?.title ?? "") against \(across.title)"
    let names = figure.series.prefix(Self.seriesLimit).map(\.name).joined(separator: ", ")
    return "\(figure.mark.rawValue) chart: \(axes)" + (figure.series.count > 1 ? "; \(names)" : "")
  }

  // MARK: Places

  private mutating func place(pointCount: Int) {
    let title = ChartText.fitted(figure.title, to: Self.width - 32, .title)
    texts.append(ChartText(text: title, role: .title, x: 16, y: 24))
    var top = 40.0
    if figure.series.count > 1 { top = placeLegend(from: top) }
    guard pointCount > 0 else {
      texts.append(ChartText(text: "nothing to draw", role: .label, x: 16, y: top + 16))
      height = top + 32
      return
    }
    if figure.mark == .bar { placeBars(from: top) } else { placeUpright(from: top) }
    let marks = across.labelled(length: plot.right - plot.left) { ChartText.width($0) }
    for (label, share) in marks {
      let x = plot.left + share * (plot.right - plot.left)
      texts.append(ChartText(text: label, role: .tick, x: x, y: plot.bottom + 18, anchor: .middle))
    }
    let middle = (plot.left + plot.right) / 2
    texts.append(
      ChartText(
        text: ChartText.fitted(across.title, to: plot.right - plot.left), role: .axis, x: middle, y: plot.bottom + 38,
        anchor: .middle))
    height = plot.bottom + 52
    if figure.mark == .bar, pointCount > Self.barLimit {
      let more = "… and \(grouped(pointCount - Self.barLimit)) more"
      texts.append(ChartText(text: more, role: .label, x: 16, y: height + 4))
      height += 16
    }
  }

  /// A row of names, or several; gives where the next thing begins.
  private mutating func placeLegend(from top: Double) -> Double {
    var (x, y) = (16.0, top)
    for (place, series) in figure.series.prefix(Self.seriesLimit).enumerated() {
      let name = ChartText.fitted(series.name, to: 200)
      let room = 34 + ChartText.width(name)
      if x > 16, x + room > Self.width - 16 { (x, y) = (16, y + 18) }
      legend.append((place, x, y))
      texts.append(ChartText(text: name, role: .label, x: x + 28, y: y + 4))
      x += room + 14
    }
    let more = figure.series.count - Self.seriesLimit
    if more > 0 { texts.append(ChartText(text: "… and \(grouped(more)) more", role: .label, x: 16, y: y + 22)) }
    return y + (more > 0 ? 38 : 20)
  }

  private mutating func placeBars(from top: Double) {
    let names = bars.map { ChartText.fitted($0.point.label ?? Ticks.label($0.point.x), to: 200) }
    let widest = names.map { ChartText.width($0) }.max() ?? 0
    let heading = ChartText.fitted(figure.x.name, to: 200)
    plot.left = 24 + max(widest, ChartText.width(heading))
    plot.right = Self.width - 24 - 60
    texts.append(ChartText(text: heading, role: .axis, x: plot.left - 8, y: top + 8, anchor: .end))
    plot.top = top + 16
    plot.bottom = plot.top + Double(bars.count) * Self.barHeight + 4
    for (place, bar) in bars.enumerated() {
      let y = plot.top + (Double(place) + 0.5) * Self.barHeight + 6
      texts.append(ChartText(text: names[place], role: .tick, x: plot.left - 8, y: y, anchor: .end))
      guard bar.point.y.isFinite else { continue }
      let end = max(across.share(bar.point.y) ?? across.base, across.base)
      let number = Int(exactly: bar.point.y).map(grouped) ?? shown(bar.point.y)
      let x = plot.left + end * (plot.right - plot.left) + 5
      texts.append(ChartText(text: number, role: .label, x: x, y: y))
    }
  }

  private mutating func placeUpright(from top: Double) {
    guard let up else { return }
    plot.top = top + 10
    plot.bottom = plot.top + 240
    let marks = up.labelled(length: 240) { _ in ChartText.size }
    let widest = marks.map { ChartText.width($0.label) }.max() ?? 0
    plot.left = 44 + widest
    for (label, share) in marks {
      let y = plot.bottom - share * 240 + 4
      texts.append(ChartText(text: label, role: .tick, x: plot.left - 8, y: y, anchor: .end))
    }
    texts.append(
      ChartText(
        text: ChartText.fitted(up.title, to: 240), role: .axis, x: 24, y: plot.top + 120, anchor: .middle,
        isUpright: true))
    if figure.mark == .point { nameUprightPoints() }
  }

  /// Names beside points, as far as there is room for them: those that would stand on another are left out.
  private mutating func nameUprightPoints() {
    for point in figure.series.flatMap(\.points).lazy.filter({ $0.label != nil }).prefix(500) {
      guard let label = point.label, let (x, y) = position(of: point) else { continue }
      let name = ChartText.fitted(label, to: 140)
      let choices = [
        ChartText(text: name, role: .label, x: x + 6, y: y + 4),
        ChartText(text: name, role: .label, x: x - 6, y: y + 4, anchor: .end),
        ChartText(text: name, role: .label, x: x, y: y - 7, anchor: .middle),
        ChartText(text: name, role: .label, x: x, y: y + 15, anchor: .middle),
      ]
      let free = choices.first { choice in
        let box = choice.box
        return box.left >= plot.left && box.right <= Self.width && box.top >= plot.top && box.bottom <= plot.bottom
          && !texts.contains { $0.overlaps(choice) }
      }
      if let free { texts.append(free) }
    }
  }

  /// Where a point of a line or cloud stands, in pixels.
  func position(of point: Figure.Point) -> (x: Double, y: Double)? {
    guard let x = across.share(point.x), let y = up?.share(point.y) else { return nil }
    return (plot.left + x * (plot.right - plot.left), plot.bottom - y * (plot.bottom - plot.top))
  }
}
