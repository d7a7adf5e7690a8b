/// A chart as a value: marks over two axes; renderers draw it for a terminal, as SVG or as a Vega-Lite spec.
package struct Figure: Sendable, Equatable {
  package enum Mark: String, Sendable { case bar, line, point }
  package enum Scale: String, Sendable { case linear, log }

  /// A direction with a name, a unit and a scale.
  package struct Axis: Sendable, Equatable {
    package let name: String
    package let unit: String?
    package let scale: Scale
    package init(_ name: String, unit: String? = nil, scale: Scale = .linear) {
      self.name = name
      self.unit = unit
      self.scale = scale
    }
  }

  package struct Point: Sendable, Equatable {
    package let x: Double
    package let y: Double
    /// What stands at the axis in place of the number, for bars of categories.
    package let label: String?
    package init(x: Double, y: Double, label: String? = nil) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Points that belong together.
  package struct Series: Sendable, Equatable {
    package let name: String
    package let points: [Point]
    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package let title: String
  package let mark: Mark
  package let x: Axis
  package let y: Axis
  package let series: [Series]

  package init(title: String, mark: Mark, x: Axis, y: Axis, series: [Series]) {
    self.title = title
    self.mark = mark
    self.x = x
    self.y = y
    self.series = series
  }
}
