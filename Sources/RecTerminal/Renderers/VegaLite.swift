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
    let isLabelled = figure.series.contains { $0.points.contains { $0.label != nil } }
    object { json in
      json.member("$schema", "https://vega.github.io/schema/vega-lite/v5.json")
      json.member("title", figure.title)
      json.member("mark", figure.mark.rawValue)
      json.member("data") { json in
        json.object { json in
          json.member("values") { json in
            json.array { json in
              for series in figure.series {
                for point in series.points { json.write(point, of: series.name, isLabelled: isLabelled) }
              }
            }
          }
        }
      }
      json.member("encoding") { json in
        json.object { json in
          json.channel("x", figure.x, field: isLabelled ? "label" : "x", type: isLabelled ? "ordinal" : "quantitative")
          json.channel("y", figure.y, field: "y", type: "quantitative")
          if figure.series.count > 1 {
            json.member("color") { json in
              json.object { json in
                json.member("field", "series")
                json.member("type", "nominal")
              }
            }
          }
        }
      }
    }
  }

  private mutating func write(_ point: Figure.Point, of series: String, isLabelled: Bool) {
    object { json in
      json.member("series", series)
      json.member("x") { $0.number(point.x) }
      json.member("y") { $0.number(point.y) }
      if isLabelled { json.member("label", point.label ?? plain(point.x)) }
    }
  }

  private mutating func channel(_ name: String, _ axis: Figure.Axis, field: String, type: String) {
    member(name) { json in
      json.object { json in
        json.member("field", field)
        json.member("type", type)
        json.member("title", axis.title)
        if type == "ordinal" { json.member("sort") { $0.null() } }
        if axis.scale == .log, type == "quantitative" {
          json.member("scale") { json in json.object { $0.member("type", "log") } }
        }
      }
    }
  }
}

extension Figure.Axis {
  /// The name with its unit: `time (s)`.
  var title: String { unit.map { "\(name) (\($0))" } ?? name }
}
