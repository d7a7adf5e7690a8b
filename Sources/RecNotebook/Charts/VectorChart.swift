package import RecLanguage

/// A figure as an SVG document (SVG 2) that stands alone or inside a page.
///
/// Texts take the colour of their surroundings, series the palette of Okabe & Ito (2008, "Color Universal Design"), and
/// signs and dashes beside the colours. Dark surroundings are told by `prefers-color-scheme`.
package struct VectorChart {
  private let figure: Figure
  static let width = 720.0
  /// The size of the letters, and about how wide one is: wider than most, so that what was measured fits.
  static let letter = 12.0
  static let letterWidth = 7.0

  package init(_ figure: Figure) {
    self.figure = figure
  }

  /// A file of its own, with its style sheet.
  package var file: String {
    var markup = Markup()
    markup.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    draw(into: &markup, withStyle: true)
    markup.literal("\n")
    return markup.text
  }

  /// The `svg` element; within a page the page has the style sheet.
  func draw(into markup: inout Markup, withStyle: Bool = false) {
    var drawing = VectorDrawing()
    if figure.isEmpty {
      drawing.text("nothing to draw", x: Self.width / 2, y: 70, anchor: .middle)
      drawing.height = 100
    } else {
      switch figure.mark {
      case .bar: drawing.bars(figure)
      case .line, .point: drawing.points(figure)
      case .interval: drawing.intervals(figure)
      case .heat: drawing.heat(figure)
      }
    }
    let height = plain(drawing.height.rounded(.up))
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img",
        "viewBox": "0 0 \(plain(Self.width)) \(height)", "width": plain(Self.width), "height": height,
        "aria-label": figure.title + ". " + description,
      ]
    ) { svg in
      svg.element("title", text: figure.title)
      svg.element("desc", text: description)
      if withStyle { svg.element("style") { $0.literal(ChartStyle.sheet) } }
      svg.element("text", ["class": "heading", "x": "8", "y": "20"], text: Self.fitted(figure.title, 90))
      drawing.write(to: &svg)
    }
  }

  /// What the chart shows, in a sentence, for who cannot see it.
  private var description: String {
    if let matrix = figure.matrix {
      return "\(figure.y.title) of \(counted(matrix.labels.count, "item")) with one another"
    }
    let names = figure.series.map { "\($0.name): \(counted($0.points.count, "point"))" }
    let kind =
      switch figure.mark {
      case .bar: "Bars"
      case .line: "Lines"
      case .point: "Points"
      case .interval: "Values with intervals"
      case .heat: "Heat map"
      }
    return "\(kind) of \(figure.y.title) against \(figure.x.title). " + names.prefix(20).joined(separator: ", ")
  }

  /// A text of at most so many cells, with `…` where it was cut.
  static func fitted(_ text: String, _ cells: Int) -> String {
    guard displayWidth(of: text) > cells else { return text }
    var result = ""
    var used = 0
    for character in text {
      used += displayWidth(of: character)
      if used > cells - 1 || result.unicodeScalars.count > cells * 8 { break }
      result.append(character)
    }
    return result + "…"
  }

  /// About how wide a text is, in the units of the drawing.
  static func width(of text: String) -> Double { Double(displayWidth(of: text)) * letterWidth }
}

extension FigureFormat {
  /// An SVG file.
  package static let svg = FigureFormat("svg") { VectorChart($0).file }
}
