/// A chart as a value: marks over two axes; renderers draw it for a terminal, as SVG or as a Vega-Lite spec.
package struct Figure: Sendable, Equatable {
  /// How points are drawn.
  package enum Mark: String, Sendable {
    /// A bar from nothing for each label.
    case bar
    /// Points joined in their order.
    case line
    case point
    /// A row for each label: its value along the horizontal axis, with the interval from `low` to `high`.
    case interval
    /// The cells of the matrix.
    case heat
  }

  package enum Scale: String, Sendable { case linear, log, band }

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

    /// The name with its unit: `time (s)`.
    package var title: String { unit.map { "\(name) (\($0))" } ?? name }
  }

  package struct Point: Sendable, Equatable {
    package let x: Double
    package let y: Double
    /// What stands at a band in place of the number, or beside a point.
    package let label: String?
    /// The ends of the value's interval.
    package let low: Double?
    package let high: Double?
    package init(x: Double, y: Double, label: String? = nil, low: Double? = nil, high: Double? = nil) {
      self.x = x
      self.y = y
      self.label = label
      self.low = low
      self.high = high
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

  /// Values of the same labels down and across, row after row; (labels.count × labels.count,).
  package struct Matrix: Sendable, Equatable {
    package let labels: [String]
    package let values: [Double]
    package init(labels: [String], values: [Double]) {
      precondition(values.count == labels.count * labels.count, "a value for each pair")
      self.labels = labels
      self.values = values
    }

    package subscript(row: Int, column: Int) -> Double { values[row * labels.count + column] }
  }

  package let title: String
  package let mark: Mark
  package let x: Axis
  package let y: Axis
  package let series: [Series]
  package let matrix: Matrix?
  /// Where along the horizontal axis a reference line stands, such as no difference.
  package let reference: Double?

  package init(
    title: String, mark: Mark, x: Axis, y: Axis, series: [Series], matrix: Matrix? = nil, reference: Double? = nil
  ) {
    self.title = title
    self.mark = mark
    self.x = x
    self.y = y
    self.series = series
    self.matrix = matrix
    self.reference = reference
  }

  /// Whether there is nothing to draw.
  package var isEmpty: Bool { series.allSatisfy(\.points.isEmpty) && matrix?.labels.isEmpty != false }
}
