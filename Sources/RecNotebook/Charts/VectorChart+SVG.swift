package import RecLanguage

extension FigureFormat {
  /// A drawing for pages and papers.
  package static let svg = FigureFormat("svg") { VectorChart($0).file }
}

extension VectorChart {
  /// A file of its own, with its style sheet.
  var file: String {
    var markup = Markup()
    markup.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    draw(into: &markup, withStyle: true)
    return markup.text + "\n"
  }

  /// The `svg` element; within a page the page has the style sheet.
  func draw(into markup: inout Markup, withStyle: Bool = false) {
    let size = "\(pixels(Self.width)) \(pixels(height))"
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img", "viewBox": "0 0 \(size)",
        "width": pixels(Self.width), "height": pixels(height), "aria-label": figure.title + ". " + description,
      ]
    ) { markup in
      markup.element("title", text: figure.title)
      markup.element("desc", text: description)
      if withStyle { markup.element("style") { $0.literal(ChartStyle.sheet) } }
      drawGrid(&markup)
      if figure.mark == .bar { drawBars(&markup) } else { drawSeries(&markup) }
      for (series, x, y) in legend { drawSwatch(series, x, y, &markup) }
      for text in texts { draw(text, &markup) }
    }
  }

  private func drawGrid(_ markup: inout Markup) {
    guard plot.bottom > plot.top else { return }
    for value in across.ticks.values {
      guard let share = across.share(value) else { continue }
      let x = plot.left + share * (plot.right - plot.left)
      line("grid", (x, plot.top), (x, plot.bottom), &markup)
    }
    for value in up?.ticks.values ?? [] {
      guard let share = up?.share(value) else { continue }
      let y = plot.bottom - share * (plot.bottom - plot.top)
      line("grid", (plot.left, y), (plot.right, y), &markup)
    }
    let start = figure.mark == .bar ? plot.left + across.base * (plot.right - plot.left) : plot.left
    line("rule", (start, plot.top), (start, plot.bottom), &markup)
    if figure.mark != .bar { line("rule", (plot.left, plot.bottom), (plot.right, plot.bottom), &markup) }
  }

  private func drawBars(_ markup: inout Markup) {
    for (place, bar) in bars.enumerated() {
      guard let end = across.share(bar.point.y) else { continue }
      let low = min(end, across.base) * (plot.right - plot.left)
      let high = max(end, across.base) * (plot.right - plot.left)
      markup.void(
        "rect",
        [
          "class": color(bar.series), "x": pixels(plot.left + low),
          "y": pixels(plot.top + Double(place) * Self.barHeight + 4), "width": pixels(high - low),
          "height": pixels(Self.barHeight - 5), "stroke-width": "0",
        ])
    }
  }

  private func drawSeries(_ markup: inout Markup) {
    for (place, series) in figure.series.enumerated() {
      let places = series.points.map(position)
      if figure.mark == .line { drawLine(places, place, &markup) }
      drawPoints(places, place, &markup)
    }
  }

  /// Strokes between neighbours that both have a place.
  private func drawLine(_ places: [(x: Double, y: Double)?], _ series: Int, _ markup: inout Markup) {
    var path = ""
    var last: (x: String, y: String)?
    for place in places {
      guard let place else {
        last = nil
        continue
      }
      let next = (x: pixels(place.x), y: pixels(place.y))
      if let last, last == next { continue }
      path += "\(last == nil ? "M" : "L")\(next.x) \(next.y)"
      last = next
    }
    guard !path.isEmpty else { return }
    markup.void(
      "path",
      ["class": color(series), "style": "fill:none", "stroke-dasharray": ChartStyle.dashes(series), "d": path])
  }

  /// Shapes at the points: of all in a cloud, of a line where its points are few; those on one pixel are drawn once.
  private func drawPoints(_ places: [(x: Double, y: Double)?], _ series: Int, _ markup: inout Markup) {
    guard figure.mark == .point || places.count <= 40 else { return }
    var seen: Set<Int> = []
    var path = ""
    for case let (x, y)? in places where seen.insert(Int(y) * Int(Self.width) + Int(x)).inserted {
      path += ChartStyle.shape(series, pixels(x), pixels(y))
    }
    if !path.isEmpty { drawShapes(path, series, &markup) }
  }

  private func drawShapes(_ path: String, _ series: Int, _ markup: inout Markup) {
    markup.element("g", ["class": "mark \(color(series))"]) { markup in
      markup.void("path", ["style": "fill:inherit;stroke:none", "d": path])
    }
  }

  private func drawSwatch(_ series: Int, _ x: Double, _ y: Double, _ markup: inout Markup) {
    switch figure.mark {
    case .bar:
      markup.void(
        "rect",
        [
          "class": color(series), "x": pixels(x), "y": pixels(y - 6), "width": "20", "height": "12",
          "stroke-width": "0",
        ])
    case .line:
      markup.void(
        "path",
        [
          "class": color(series), "style": "fill:none", "stroke-dasharray": ChartStyle.dashes(series),
          "d": "M\(pixels(x)) \(pixels(y))h22",
        ])
    case .point: drawShapes(ChartStyle.shape(series, pixels(x + 10), pixels(y)), series, &markup)
    }
  }

  private func draw(_ text: ChartText, _ markup: inout Markup) {
    let (x, y) = (pixels(text.x), pixels(text.y))
    if text.isUpright {
      markup.element(
        "text",
        [
          "class": text.role.rawValue, "text-anchor": text.anchor.rawValue,
          "transform": "translate(\(x) \(y)) rotate(-90)",
        ],
        text: text.text)
    } else {
      markup.element(
        "text", ["class": text.role.rawValue, "text-anchor": text.anchor.rawValue, "x": x, "y": y], text: text.text)
    }
  }

  private func line(
    _ role: String, _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), _ markup: inout Markup
  ) {
    markup.void(
      "line",
      ["class": role, "x1": pixels(start.x), "y1": pixels(start.y), "x2": pixels(end.x), "y2": pixels(end.y)])
  }

  private func color(_ series: Int) -> String { "c\(series % ChartStyle.colorCount)" }
}

/// A length to a tenth of a pixel, without a trailing `.0`.
private func pixels(_ length: Double) -> String {
  let tenths = (length * 10).rounded() / 10
  return plain(tenths == 0 ? 0 : tenths)
}
