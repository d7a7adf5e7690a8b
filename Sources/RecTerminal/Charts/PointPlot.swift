import RecKernels
import RecLanguage

/// Series of points over two axes, joined or not, with ticks, names and units.
///
/// Each series has its name where its line ends, so that the chart can be read without colour.
struct PointPlot {
  private let figure: Figure
  private let x: Span
  private let y: Span
  private let tickWidth: Int
  private let nameWidth: Int
  private let columns: Int

  private static let rows = 12

  /// The stretch that an axis shows, in its scale.
  private struct Span {
    let scale: Figure.Scale
    let low: Double
    let high: Double

    init(_ values: [Double], _ scale: Figure.Scale) {
      self.scale = scale
      let placed = values.map { Self.placed($0, scale) }.filter(\.isFinite)
      let low = placed.min() ?? 0
      let high = placed.max() ?? 1
      let margin = low < high ? 0 : scale == .log ? 0.5 : max(low.magnitude * 0.5, 0.5)
      self.low = low - margin
      self.high = high + margin
    }

    static func placed(_ value: Double, _ scale: Figure.Scale) -> Double {
      scale == .linear ? value : value > 0 ? RealFunctions.log(value) / RealFunctions.log(10) : .nan
    }

    /// Where a value stands, from 0 to 1; `nil` where the axis has no place for it.
    func share(_ value: Double) -> Double? {
      let share = (Self.placed(value, scale) - low) / (high - low)
      return share.isFinite ? share : nil
    }

    /// The value at a share of the axis, as a tick shows it.
    func tick(_ share: Double) -> String {
      let placed = low + share * (high - low)
      let value = scale == .linear ? placed : RealFunctions.pow(10, placed)
      let step = scale == .linear ? (high - low) / 4 : value / 2
      guard value.isFinite else { return "" }
      let size = value.magnitude
      if size >= 1e7 || size > 0 && size < 1e-4 && step < 1e-4 { return Self.scientific(value) }
      var digits = 0
      var unit = 1.0
      while digits < 5, unit > step { (digits, unit) = (digits + 1, unit / 10) }
      if value == value.rounded(), step >= 1 { digits = 0 }
      return decimals(value, digits)
    }

    /// `1.2e-5`.
    private static func scientific(_ value: Double) -> String {
      var exponent = Int((RealFunctions.log(value.magnitude) / RealFunctions.log(10)).rounded(.down))
      var mantissa = decimals(value / RealFunctions.pow(10, Double(exponent)), 1)
      if mantissa.hasSuffix("10.0") { (mantissa, exponent) = (value < 0 ? "-1.0" : "1.0", exponent + 1) }
      return "\(mantissa)e\(exponent)"
    }
  }

  init(_ figure: Figure, width: Int) {
    self.figure = figure
    let points = figure.series.flatMap(\.points)
    x = Span(points.map(\.x), figure.x.scale)
    y = Span(points.map(\.y), figure.y.scale)
    tickWidth = [0, 0.5, 1].map { [y] in y.tick($0).count }.max() ?? 0
    let names = figure.series.count > 1 ? figure.series.map { displayWidth(of: $0.name) } : []
    nameWidth = min(names.max() ?? 0, width / 4)
    columns = min(max(width - tickWidth - 3 - (nameWidth > 0 ? nameWidth + 1 : 0), 10), 72)
  }

  func lines(_ color: Bool) -> [String] {
    let canvases = figure.series.map(drawn)
    let names = endNames
    var lines = [figure.y.title.painted(.faint, color)]
    for row in 0..<Self.rows {
      let tick = row == 0 ? y.tick(1) : row == Self.rows - 1 ? y.tick(0) : row == Self.rows / 2 ? y.tick(0.5) : ""
      var line = tick.padded(toWidth: tickWidth, onLeft: true) + (tick.isEmpty ? " │" : " ┤")
      line += merged(canvases, row: row, color)
      if let name = names[row] {
        line += " " + figure.series[name].name.fitted(toWidth: nameWidth).painted(Accent.series[name % 4], color)
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: tickWidth)
    lines.append(margin + " └" + String(repeating: "─", count: columns))
    let ticks = [x.tick(0), x.tick(0.5), x.tick(1)]
    let free = columns - ticks.reduce(0) { $0 + $1.count }
    lines.append(
      margin + "  " + ticks[0]
        + (free >= 4
          ? String(repeating: " ", count: free / 2) + ticks[1] + String(repeating: " ", count: free - free / 2)
          : String(repeating: " ", count: max(1, columns - ticks[0].count - ticks[2].count)))
        + ticks[2])
    lines.append(margin + "  " + figure.x.title.painted(.faint, color))
    return lines
  }

  private func drawn(_ series: Figure.Series) -> BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: Self.rows)
    var last: (x: Int, y: Int)?
    for point in series.points {
      guard let across = x.share(point.x), let up = y.share(point.y) else {
        last = nil
        continue
      }
      let dot = (
        x: Int((across * Double(canvas.dotColumns - 1)).rounded()),
        y: Int(((1 - up) * Double(canvas.dotRows - 1)).rounded())
      )
      if figure.mark == .line, let last { canvas.line(from: last, to: dot) } else { canvas.set(dot.x, dot.y) }
      last = dot
    }
    return canvas
  }

  /// One row of all series; where several have dots in a cell, the first is seen.
  private func merged(_ canvases: [BrailleCanvas], row: Int, _ color: Bool) -> String {
    let texts = canvases.map { $0.text(row: row) }
    return (0..<columns).map { column in
      guard let place = texts.firstIndex(where: { $0[column] != " " }) else { return " " }
      return String(texts[place][column]).painted(Accent.series[place % 4], color)
    }.joined()
  }

  /// The series whose name stands at the end of each row: the row of its last point, or the nearest free one.
  private var endNames: [Int?] {
    var names = [Int?](repeating: nil, count: Self.rows)
    guard figure.series.count > 1 else { return names }
    for (place, series) in figure.series.enumerated() {
      guard let last = series.points.last, let up = y.share(last.y) else { continue }
      let wanted = Int(((1 - up) * Double(Self.rows - 1)).rounded())
      let free = names.indices.filter { names[$0] == nil }
      if let row = free.min(by: { abs($0 - wanted) < abs($1 - wanted) }) { names[row] = place }
    }
    return names
  }
}
