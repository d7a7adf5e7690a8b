import RecLanguage

/// The shapes of a chart, gathered before the height of the whole is known.
struct VectorDrawing {
  enum Anchor: String { case start, middle, end }

  var height = 400.0
  private var shapes: [(inout Markup) -> Void] = []

  mutating func write(to svg: inout Markup) {
    for shape in shapes { shape(&svg) }
  }

  /// A number of the drawing to a hundredth: short, and the same everywhere.
  static func number(_ value: Double) -> String { plain((value * 100).rounded() / 100) }

  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "label"
  ) {
    shapes.append {
      $0.element(
        "text", ["class": style, "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor.rawValue], text: text)
    }
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
    shapes.append {
      $0.element(
        "line",
        [
          "class": style, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2),
          "y2": Self.number(y2),
        ])
    }
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double = 1, title: String
  ) {
    shapes.append {
      $0.element(
        "rect",
        [
          "class": style, "x": Self.number(x), "y": Self.number(y), "width": Self.number(width),
          "height": Self.number(height), "fill-opacity": Self.number(opacity),
        ]
      ) { $0.element("title", text: title) }
    }
  }

  mutating func path(_ data: String, style: String) {
    if !data.isEmpty { shapes.append { $0.element("path", ["class": style, "d": data]) } }
  }

  /// A sign of a series: its shape tells it apart without colour.
  mutating func sign(_ series: Int, x: Double, y: Double, radius: Double = 4, style: String = "mark") {
    let (left, right, top, bottom) = (
      Self.number(x - radius), Self.number(x + radius), Self.number(y - radius), Self.number(y + radius)
    )
    let (middle, center) = (Self.number(x), Self.number(y))
    let data =
      switch series % ChartStyle.seriesCount {
      case 1: "M\(left) \(top)H\(right)V\(bottom)H\(left)Z"
      case 2: "M\(middle) \(top)L\(right) \(bottom)H\(left)Z"
      case 3: "M\(middle) \(top)L\(right) \(center)L\(middle) \(bottom)L\(left) \(center)Z"
      case 4: "M\(left) \(top)H\(right)L\(middle) \(bottom)Z"
      case 5:
        "M\(left) \(top)L\(right) \(bottom)L\(right) \(top)L\(left) \(bottom)Z"
      default:
        "M\(left) \(center)a\(Self.number(radius)) \(Self.number(radius)) 0 1 0 \(Self.number(radius * 2)) 0"
          + "a\(Self.number(radius)) \(Self.number(radius)) 0 1 0 \(Self.number(-radius * 2)) 0Z"
      }
    path(data, style: style + " " + Self.series(series))
  }

  static func series(_ place: Int) -> String { "s\(place % ChartStyle.seriesCount)" }

  // MARK: Axes

  /// The rectangle that marks stand in.
  struct Area {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double
    var width: Double { right - left }
    var height: Double { bottom - top }
  }

  /// Ticks, grid and names of both axes.
  mutating func axes(_ figure: Figure, _ x: AxisLayout?, _ y: AxisLayout?, in area: Area) {
    if let y {
      for tick in y.ticks {
        let place = area.bottom - tick.share * area.height
        line(area.left, place, area.right, place, style: "grid")
        text(tick.text, x: area.left - 8, y: place + 4, anchor: .end)
      }
    }
    if let x {
      // Where the texts are wide, only those that leave each other room are written.
      var end = -Double.infinity
      for tick in x.ticks {
        let place = area.left + tick.share * area.width
        line(place, area.top, place, area.bottom, style: "grid")
        let half = VectorChart.width(of: tick.text) / 2
        guard place - half > end else { continue }
        text(tick.text, x: place, y: area.bottom + 18, anchor: .middle)
        end = place + half + 6
      }
    }
    line(area.left, area.bottom, area.right, area.bottom, style: "axis")
    line(area.left, area.top, area.left, area.bottom, style: "axis")
    axisNames(figure, in: area)
  }

  mutating func axisNames(_ figure: Figure, in area: Area) {
    text(
      VectorChart.fitted(figure.x.title, 80), x: (area.left + area.right) / 2, y: area.bottom + 38, anchor: .middle,
      style: "faint")
    text(VectorChart.fitted(figure.y.title, 60), x: 8, y: 42, style: "faint")
  }
}
