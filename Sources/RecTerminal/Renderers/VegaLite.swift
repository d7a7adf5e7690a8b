import RecData
package import RecLanguage

extension FigureFormat {
  /// A Vega-Lite specification.
  package static let vegaLite = FigureFormat("json") { figure in
    var json = JSONText()
    json.vegaLite(figure)
    return json.text + "\n"
  }
}

extension JSONText {
  /// A figure as a Vega-Lite specification with its data inside (Satyanarayan et al. 2017,
  /// doi:10.1109/TVCG.2016.2599030).
  mutating func vegaLite(_ figure: Figure) {
    object { json in
      json.member("$schema", "https://vega.github.io/schema/vega-lite/v5.json")
      json.member("title", figure.title)
      json.data { json in
        if let matrix = figure.matrix {
          json.rows(of: matrix)
        } else {
          for series in figure.series {
            for point in series.points { json.write(point, of: series.name) }
          }
        }
      }
      let layers = figure.layers
      if layers.count == 1 {
        json.member("mark") { $0.mark(layers[0]) }
        json.encoding(figure, layers[0])
      } else {
        json.member("layer") { json in
          json.array { json in
            for layer in layers {
              json.object { json in
                if layer == .reference, let reference = figure.reference {
                  json.data { json in json.object { $0.member("x") { $0.number(reference) } } }
                }
                json.member("mark") { $0.mark(layer) }
                json.encoding(figure, layer)
              }
            }
          }
        }
      }
    }
  }

  private mutating func data(_ rows: (inout JSONText) -> Void) {
    member("data") { json in
      json.object { json in json.member("values") { json in json.array(rows) } }
    }
  }

  private mutating func rows(of matrix: Figure.Matrix) {
    for row in matrix.labels.indices {
      for column in matrix.labels.indices {
        object { json in
          json.member("row", matrix.labels[row])
          json.member("column", matrix.labels[column])
          json.member("value") { $0.number(matrix[row, column]) }
        }
      }
    }
  }

  private mutating func write(_ point: Figure.Point, of series: String) {
    object { json in
      json.member("series", series)
      json.member("x") { $0.number(point.x) }
      json.member("y") { $0.number(point.y) }
      if let label = point.label { json.member("label", label) }
      if let low = point.low { json.member("low") { $0.number(low) } }
      if let high = point.high { json.member("high") { $0.number(high) } }
    }
  }

  private mutating func mark(_ layer: Figure.Layer) {
    object { json in
      json.member("type", layer.mark)
      if layer == .lines { json.member("point") { $0.boolean(true) } }
      if layer == .labels {
        json.member("align", "left")
        json.member("dx", 6)
      }
    }
  }

  private mutating func encoding(_ figure: Figure, _ layer: Figure.Layer) {
    member("encoding") { json in
      json.object { json in
        switch layer {
        case .cells:
          json.channel("x", field: "column", type: "nominal", title: figure.x.title, isUnsorted: true)
          json.channel("y", field: "row", type: "nominal", title: figure.x.title, isUnsorted: true)
          json.channel("color", field: "value", type: "quantitative", title: figure.y.title)
        case .bars:
          json.channel("x", field: "label", type: "ordinal", title: figure.x.title, isUnsorted: true)
          json.channel("y", field: "y", type: "quantitative", title: figure.y.title)
        case .dots where figure.mark == .interval, .whiskers:
          let isWhisker = layer == .whiskers
          json.channel(
            "x", field: isWhisker ? "low" : "x", type: "quantitative", title: figure.x.title, scale: figure.x.scale,
            includesZero: false)
          if isWhisker { json.member("x2") { json in json.object { $0.member("field", "high") } } }
          json.channel("y", field: "label", type: "nominal", title: figure.y.title, isUnsorted: true)
        case .reference:
          json.channel("x", field: "x", type: "quantitative", title: figure.x.title)
        case .lines, .dots, .labels:
          json.channel(
            "x", field: "x", type: "quantitative", title: figure.x.title, scale: figure.x.scale, includesZero: false)
          json.channel(
            "y", field: "y", type: "quantitative", title: figure.y.title, scale: figure.y.scale, includesZero: false)
          if layer == .labels { json.channel("text", field: "label", type: "nominal", title: nil) }
        }
        if figure.series.count > 1, layer != .reference, layer != .labels {
          json.channel("color", field: "series", type: "nominal", title: nil)
          if layer == .lines || layer == .dots { json.channel("shape", field: "series", type: "nominal", title: nil) }
        }
      }
    }
  }

  private mutating func channel(
    _ name: String, field: String, type: String, title: String?, scale: Figure.Scale = .linear,
    includesZero: Bool = true, isUnsorted: Bool = false
  ) {
    member(name) { json in
      json.object { json in
        json.member("field", field)
        json.member("type", type)
        if let title { json.member("title", title) }
        if isUnsorted { json.member("sort") { $0.null() } }
        if scale == .log {
          json.member("scale") { json in json.object { $0.member("type", "log") } }
        } else if !includesZero {
          json.member("scale") { json in json.object { $0.member("zero") { $0.boolean(false) } } }
        }
      }
    }
  }
}

extension Figure {
  /// What lies over what in the specification.
  fileprivate enum Layer {
    case bars, lines, dots, labels, whiskers, reference, cells

    var mark: String {
      switch self {
      case .bars: "bar"
      case .lines: "line"
      case .dots: "point"
      case .labels: "text"
      case .whiskers, .reference: "rule"
      case .cells: "rect"
      }
    }
  }

  fileprivate var layers: [Layer] {
    let hasLabels = series.contains { $0.points.contains { $0.label != nil } }
    switch mark {
    case .bar: return [.bars]
    case .line: return hasLabels ? [.lines, .labels] : [.lines]
    case .point: return hasLabels ? [.dots, .labels] : [.dots]
    case .interval: return (reference == nil ? [] : [.reference]) + [.whiskers, .dots]
    case .heat: return [.cells]
    }
  }
}
