import RecLanguage
import Testing

@testable import RecNotebook

@Suite struct `A chart as SVG` {
  private static let marks: [Figure.Mark] = [.bar, .line, .point, .interval]

  private func figure(
    _ mark: Figure.Mark, _ points: [(Double, Double)], title: String = "title", _ scale: Figure.Scale = .linear
  ) -> Figure {
    Figure(
      title: title, mark: mark, x: .init("x \(title)", scale: scale), y: .init("y", unit: title, scale: scale),
      series: [
        .init(title, points.map { .init(x: $0, y: $1, label: title, low: $0 - 1, high: $0 + 1) }),
        .init("other", points.map { .init(x: $1, y: $0) }),
      ], reference: 0)
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\" onload='x'", "{{secret}} & {{{x}}}", "\u{202E}אבג", "\u{0}\u{1B}[31m",
  ])
  func `holds any title as text and nothing else`(title: String) {
    for mark in Self.marks {
      let text = VectorChart(figure(mark, [(1, 2), (2, 3)], title: title)).file
      #expect(flaw(in: text) == nil)
      #expect(!text.contains("<script"))
      #expect(!text.contains("\" onload"))
      if title.contains("{{") { #expect(text.contains("{{secret}} &amp; {{{x}}}</title>")) }
    }
  }

  @Test(
    arguments: [
      [], [(1, 1)], [(.nan, 1), (1, .infinity)], [(0, 0), (-1, 5)], [(-1.7e308, 1.7e308), (1.7e308, -1.7e308)],
    ] as [[(Double, Double)]])
  func `is well formed for any points`(points: [(Double, Double)]) {
    for mark in Self.marks {
      for scale in [Figure.Scale.linear, .log] {
        let text = VectorChart(figure(mark, points, scale)).file
        #expect(flaw(in: text) == nil)
        #expect(!text.contains("nan") && !text.contains("inf\"") && !text.contains("inf "))
      }
    }
  }

  @Test func `is bounded for many points`() {
    let points = (0..<10_000).map { (Double($0), Double($0 * 7919 % 1000)) }
    for mark in Self.marks { #expect(VectorChart(figure(mark, points)).file.utf8.count < 3_000_000) }
    #expect(VectorChart(figure(.line, points)).file.utf8.count < 300_000)
  }

  @Test func `draws the cells of a matrix with their numbers`() {
    let matrix = Figure.Matrix(labels: ["Heat", "Ran"], values: [1, 0.25, 0.25, 1])
    let figure = Figure(
      title: "likeness", mark: .heat, x: .init("item", scale: .band), y: .init("cosine"), series: [], matrix: matrix)
    let text = VectorChart(figure).file
    #expect(flaw(in: text) == nil)
    #expect(text.matches(of: />0\.25</).count == 2)
    #expect(text.contains("<title>Heat · Ran: 0.250</title>"))
  }

  @Test func `keeps the extremes of a line that has more points than columns`() {
    let points = (0..<10_000).map { Figure.Point(x: Double($0), y: $0 == 4321 ? 99 : $0 == 8765 ? -99 : 0) }
    let thinned = Figure.Series("s", points).thinned(columns: 100) { $0.x / 10_000 }
    #expect(thinned.points.count <= 400)
    #expect(thinned.points.contains { $0.y == 99 } && thinned.points.contains { $0.y == -99 })
    #expect(thinned.points.first == points.first && thinned.points.last == points.last)
  }
}
