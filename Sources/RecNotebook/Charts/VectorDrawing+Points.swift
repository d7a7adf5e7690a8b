import RecLanguage

extension VectorDrawing {
  /// Series over two axes: lines or points, bands of their intervals, names in a legend, labels beside points.
  mutating func points(_ figure: Figure) {
    let all = figure.series.flatMap(\.points)
    let x = AxisLayout(all.map(\.x), figure.x.scale, tickCount: 8)
    let y = AxisLayout(all.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] }, figure.y.scale, tickCount: 6)
    let widest = y.ticks.map { VectorChart.width(of: $0.text) }.max() ?? 0
    let legendRows = figure.series.count > 1 ? legend(figure.series.map(\.name)) : 0
    let area = Area(
      left: widest + 22, top: 54 + Double(legendRows) * 20, right: VectorChart.width - 24,
      bottom: 344 + Double(legendRows) * 20)
    height = area.bottom + 50
    axes(figure, x, y, in: area)
    if let reference = figure.reference, let share = x.share(reference) {
      line(area.left + share * area.width, area.top, area.left + share * area.width, area.bottom, style: "reference")
    }
    let hasLabels = all.contains { $0.label != nil }
    var marks: [(box: LabelPlacement.Box, label: String)] = []
    for (place, whole) in figure.series.enumerated() {
      let series =
        figure.mark == .line
        ? whole.thinned(columns: Int(area.width)) { x.share($0.x) } : Self.distinct(whole, x, y)
      let places = series.points.map { point -> (x: Double, y: Double)? in
        guard let across = x.share(point.x), let up = y.share(point.y) else { return nil }
        return (area.left + across * area.width, area.bottom - up * area.height)
      }
      if figure.mark == .line {
        band(of: series, x, y, in: area, place)
        path(Self.joined(places), style: "line " + Self.series(place))
      }
      let hasSigns = figure.mark == .point || places.count <= 40
      let radius = places.count > 200 ? 2.0 : 3.5
      for (point, spot) in zip(series.points, places) {
        guard let spot else { continue }
        let isOther = figure.mark == .point && point.label == nil && hasLabels
        if hasSigns { sign(place, x: spot.x, y: spot.y, radius: radius, style: isOther ? "mark other" : "mark") }
        if let label = point.label {
          marks.append(
            (.init(x: spot.x - radius, y: spot.y - radius, width: 2 * radius, height: 2 * radius), label))
        }
      }
    }
    labels(marks, in: area)
  }

  /// Labels beside their points, as many as there is room for.
  private mutating func labels(_ marks: [(box: LabelPlacement.Box, label: String)], in area: Area) {
    var placement = LabelPlacement(
      in: .init(x: area.left, y: area.top, width: area.width, height: area.height), around: marks.map(\.box))
    for (box, label) in marks.prefix(200) {
      let short = VectorChart.fitted(label, 28)
      let place = placement.place(
        width: VectorChart.width(of: short), height: VectorChart.letter + 2, beside: box, gap: 3)
      guard let place else { continue }
      text(short, x: place.x, y: place.y + VectorChart.letter - 1, style: "beside")
    }
  }

  /// Points that cover one another, but for the first.
  private static func distinct(_ series: Figure.Series, _ x: AxisLayout, _ y: AxisLayout) -> Figure.Series {
    guard series.points.count > 2000 else { return series }
    var seen: Set<Int> = []
    return Figure.Series(
      series.name,
      series.points.filter { point in
        guard let across = x.share(point.x), let up = y.share(point.y) else { return false }
        return seen.insert(Int(across * 300) * 1000 + Int(up * 150)).inserted
      })
  }

  /// A path through the points, broken where one has no place.
  private static func joined(_ places: [(x: Double, y: Double)?]) -> String {
    var data = ""
    var isOpen = false
    for place in places {
      guard let place else {
        isOpen = false
        continue
      }
      data += (isOpen ? "L" : "M") + number(place.x) + " " + number(place.y)
      isOpen = true
    }
    return data
  }

  private mutating func band(of series: Figure.Series, _ x: AxisLayout, _ y: AxisLayout, in area: Area, _ place: Int) {
    var upper: [(x: Double, y: Double)?] = []
    var lower: [(x: Double, y: Double)?] = []
    for point in series.points {
      guard let across = x.share(point.x), let low = point.low.flatMap(y.share), let high = point.high.flatMap(y.share)
      else { continue }
      upper.append((area.left + across * area.width, area.bottom - high * area.height))
      lower.append((area.left + across * area.width, area.bottom - low * area.height))
    }
    guard upper.count > 1 else { return }
    path(Self.joined(upper + lower.reversed()) + "Z", style: "band " + Self.series(place))
  }

  /// The names of the series with their signs; how many rows they take.
  private mutating func legend(_ names: [String]) -> Int {
    var place = (x: 8.0, row: 0)
    for (series, name) in names.prefix(40).enumerated() {
      let short = VectorChart.fitted(name, 40)
      let width = VectorChart.width(of: short) + 40
      if place.x > 8, place.x + width > VectorChart.width - 16 { place = (8, place.row + 1) }
      let y = 60 + Double(place.row) * 20
      sign(series, x: place.x + 6, y: y)
      text(short, x: place.x + 16, y: y + 4)
      place.x += width
    }
    return place.row + 1
  }
}
