import RecLanguage

extension VectorDrawing {
  /// Upright bars where their labels fit below them, else a row for each.
  mutating func bars(_ figure: Figure) {
    let points = figure.series.flatMap(\.points)
    let labels = points.map { $0.label ?? plain($0.x) }
    let values = AxisLayout(points.map(\.y), .linear, tickCount: 6, includesZero: true)
    let widest = values.ticks.map { VectorChart.width(of: $0.text) }.max() ?? 0
    let area = Area(left: widest + 22, top: 54, right: VectorChart.width - 16, bottom: 344)
    let room = area.width / Double(max(points.count, 1))
    guard labels.allSatisfy({ VectorChart.width(of: $0) + 6 <= room }) else { return lyingBars(figure, points, labels) }
    height = area.bottom + 50
    axes(figure, nil, values, in: area)
    let zero = values.share(0) ?? 0
    for (place, point) in points.enumerated() {
      let left = area.left + Double(place) * room
      text(labels[place], x: left + room / 2, y: area.bottom + 18, anchor: .middle)
      guard let share = values.share(point.y) else { continue }
      rectangle(
        x: left + room * 0.1, y: area.bottom - max(share, zero) * area.height, width: room * 0.8,
        height: abs(share - zero) * area.height, style: "fill s0", title: "\(labels[place]): \(Self.value(point.y))")
    }
  }

  private mutating func lyingBars(_ figure: Figure, _ points: [Figure.Point], _ labels: [String]) {
    let shown = min(points.count, 60)
    let texts = labels.prefix(shown).map { VectorChart.fitted($0, 34) }
    let values = AxisLayout(points.prefix(shown).map(\.y), .linear, tickCount: 6, includesZero: true)
    let area = rows(texts, count: shown)
    axes(Figure(swapping: figure), values, nil, in: area)
    let zero = values.share(0) ?? 0
    for (place, point) in points.prefix(shown).enumerated() {
      let y = area.top + Double(place) * 22
      text(texts[place], x: area.left - 8, y: y + 15, anchor: .end)
      guard let share = values.share(point.y) else { continue }
      let left = area.left + min(share, zero) * area.width
      let width = abs(share - zero) * area.width
      rectangle(
        x: left, y: y + 3, width: width, height: 16, style: "fill s0", title: "\(labels[place]): \(Self.value(point.y))"
      )
      text(Self.value(point.y), x: max(left + width, area.left) + 6, y: y + 15)
    }
  }

  /// A row for each label: the value, the whiskers of its interval, and both in numbers.
  mutating func intervals(_ figure: Figure) {
    let points = figure.series.flatMap(\.points)
    let shown = min(points.count, 60)
    let texts = points.prefix(shown).map { VectorChart.fitted($0.label ?? "", 34) }
    let ends = points.prefix(shown).flatMap { [$0.x, $0.low ?? $0.x, $0.high ?? $0.x] }
    let x = AxisLayout(ends + [figure.reference].compactMap { $0 }, figure.x.scale, tickCount: 6)
    let area = rows(texts, count: shown, margin: 190)
    axes(figure, x, nil, in: area)
    if let share = figure.reference.flatMap(x.share) {
      line(area.left + share * area.width, area.top, area.left + share * area.width, area.bottom, style: "reference")
    }
    var place = 0
    for (series, group) in figure.series.enumerated() {
      for point in group.points where place < shown {
        let y = area.top + Double(place) * 22 + 11
        text(texts[place], x: area.left - 8, y: y + 4, anchor: .end)
        place += 1
        guard let share = x.share(point.x) else { continue }
        var numbers = Self.value(point.x)
        if let low = point.low.flatMap(x.share), let high = point.high.flatMap(x.share) {
          let (left, right) = (area.left + low * area.width, area.left + high * area.width)
          line(left, y, right, y, style: "whisker " + Self.series(series))
          line(left, y - 5, left, y + 5, style: "whisker " + Self.series(series))
          line(right, y - 5, right, y + 5, style: "whisker " + Self.series(series))
          numbers += " (\(Self.value(point.low ?? 0))..\(Self.value(point.high ?? 0)))"
        }
        sign(series, x: area.left + share * area.width, y: y, radius: 5)
        text(numbers, x: area.right + 16, y: y + 4)
      }
    }
  }

  /// The room of so many rows, beside their labels.
  private mutating func rows(_ labels: [String], count: Int, margin: Double = 80) -> Area {
    let widest = labels.map { VectorChart.width(of: $0) }.max() ?? 0
    let area = Area(
      left: widest + 20, top: 54, right: VectorChart.width - margin, bottom: 54 + Double(max(count, 1)) * 22)
    height = area.bottom + 50
    return area
  }

  /// The cells of a matrix, darker for more; their labels stand at the left, their numbers above.
  mutating func heat(_ figure: Figure) {
    guard let matrix = figure.matrix else { return }
    let count = min(matrix.labels.count, 30)
    let texts = matrix.labels.prefix(count).enumerated().map { "\(VectorChart.fitted($1, 34))  \($0 + 1)" }
    let widest = texts.map { VectorChart.width(of: $0) }.max() ?? 0
    let left = widest + 20
    let size = min(36, (VectorChart.width - left - 16) / Double(count))
    height = 70 + size * Double(count) + 40
    text(VectorChart.fitted(figure.y.title, 60), x: 8, y: 42, style: "faint")
    for row in 0..<count {
      let y = 66 + Double(row) * size
      text(texts[row], x: left - 8, y: y + size / 2 + 4, anchor: .end)
      text(String(row + 1), x: left + (Double(row) + 0.5) * size, y: 60, anchor: .middle)
      for column in 0..<count {
        let value = matrix[row, column]
        guard value.isFinite else { continue }
        rectangle(
          x: left + Double(column) * size, y: y, width: size - 1, height: size - 1,
          style: value < 0 ? "cell s1" : "cell s0", opacity: 0.05 + 0.6 * min(value.magnitude, 1),
          title: "\(matrix.labels[row]) · \(matrix.labels[column]): \(decimals(value, 3))")
        if size >= 30 {
          text(
            decimals(value, 2), x: left + (Double(column) + 0.5) * size - 0.5, y: y + size / 2 + 4, anchor: .middle)
        }
      }
    }
  }

  static func value(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    if let whole = Int(exactly: number) { return grouped(whole) }
    return number.magnitude >= 1e6 || number.magnitude < 1e-4
      ? AxisLayout.text(number, step: number.magnitude / 1000)
      : decimals(number, number.magnitude >= 100 ? 1 : number.magnitude >= 1 ? 3 : 4)
  }
}

extension Figure {
  /// The same with its axes exchanged, for bars that lie.
  fileprivate init(swapping figure: Figure) {
    self.init(title: figure.title, mark: figure.mark, x: figure.y, y: figure.x, series: figure.series)
  }
}
