import RecLanguage
import Testing

@testable import RecNotebook

struct VectorChartTests {
  static let hostile = #"<script>alert("1")</script> {{x}} & ' "# + "\"\u{301} onload=x \u{1}"

  private static func figure(
    _ mark: Figure.Mark, _ points: [[Figure.Point]], scale: Figure.Scale = .linear, name: String = "a"
  ) -> Figure {
    Figure(
      title: name, mark: mark, x: .init(name, unit: name, scale: mark == .bar ? .linear : scale),
      y: .init(name, unit: name, scale: scale), series: points.map { .init(name, $0) })
  }

  private static func points(_ values: [(Double, Double)], label: String? = nil) -> [Figure.Point] {
    values.map { .init(x: $0.0, y: $0.1, label: label) }
  }

  static let figures: [Figure] = [Figure.Mark.bar, .line, .point].flatMap { mark in
    [Figure.Scale.linear, .log].flatMap { scale in
      [
        figure(mark, [], scale: scale), figure(mark, [[], []], scale: scale),
        figure(mark, [points([(1, 1)])], scale: scale), figure(mark, [points([(0, 0)])], scale: scale),
        figure(mark, [points([(.nan, .infinity), (-.infinity, .nan)])], scale: scale),
        figure(mark, [points([(1, 2), (.nan, 3), (0, 0), (-4, 1e300), (5, 5e-324)])], scale: scale, name: hostile),
        figure(mark, [points([(1, 2), (3, 4)], label: hostile), points([(1, -2)])], scale: scale, name: hostile),
        figure(
          mark,
          (0..<40).map { series in points((1..<30).map { (Double($0), Double($0 * series)) }, label: "item \(series)")
          },
          scale: scale, name: String(repeating: "long ", count: 40)),
        figure(mark, [points((0..<300).map { (Double($0), Double($0 % 7)) }, label: "映画の題名")], scale: scale),
      ]
    }
  }

  @Test(arguments: figures)
  func `a chart is well-formed, and its texts keep apart and inside`(_ figure: Figure) {
    let chart = VectorChart(figure)
    #expect(flaw(in: chart.file) == nil)
    for word in ["nan", "inf", "<script", "\"\u{301}"] { #expect(!chart.file.contains(word)) }
    #expect(chart.file.contains("role=\"img\"") && chart.file.contains("<title>") && chart.file.contains("<desc>"))
    for (place, text) in chart.texts.enumerated() {
      #expect(text.box.left >= 0 && text.box.right <= VectorChart.width && text.box.bottom <= chart.height, "\(text)")
      for other in chart.texts[(place + 1)...] {
        #expect(!text.overlaps(other), "\(text.text) overlaps \(other.text)")
      }
    }
  }

  @Test func `points stand where the axes say`() throws {
    let chart = VectorChart(Self.figure(.line, [Self.points([(0, 0), (10, 100)])]))
    // The marks are 0, 2, … 10 and 0, 20, … 100, so the points are at the corners.
    let low = try #require(chart.position(of: .init(x: 0, y: 0)))
    let high = try #require(chart.position(of: .init(x: 10, y: 100)))
    #expect(low.x == chart.plot.left && low.y == chart.plot.bottom)
    #expect(high.x == chart.plot.right && high.y == chart.plot.top)
    let middle = try #require(chart.position(of: .init(x: 5, y: 50)))
    #expect(abs(middle.x - (low.x + high.x) / 2) < 1e-9 && abs(middle.y - (low.y + high.y) / 2) < 1e-9)
    #expect(chart.position(of: .init(x: .nan, y: 1)) == nil)
  }

  @Test func `zero has no place on a log scale, and a line has a gap there`() {
    let chart = VectorChart(Self.figure(.line, [Self.points([(1, 1), (2, 10), (3, 0), (4, 10), (5, 1)])], scale: .log))
    #expect(chart.position(of: .init(x: 3, y: 0)) == nil)
    let line = chart.file.split(separator: " d=\"").dropFirst().first ?? ""
    #expect(line.prefix { $0 != "\"" }.filter { $0 == "M" }.count == 2)
  }

  @Test func `bars begin at zero, on either side of it`() throws {
    let chart = VectorChart(Self.figure(.bar, [Self.points([(1, 4), (2, -2)])]))
    // Marks from -2 to 4: zero is a third of the way.
    #expect(abs(chart.across.base - 1.0 / 3) < 1e-9)
    #expect(chart.across.share(4) == 1 && chart.across.share(-2) == 0)
  }
}
