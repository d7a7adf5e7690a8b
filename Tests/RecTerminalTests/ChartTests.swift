import RecKernels
import RecLanguage
import Testing

@testable import RecTerminal

@Suite struct `A chart` {
  private func lines(_ figure: Figure, width: Int = 40, color: Bool = false) -> [String] {
    Chart(figure).text(.init(width: width, color: color)).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  private func bars(_ values: [Double]) -> Figure {
    Figure(
      title: "ratings", mark: .bar, x: .init("rating"), y: .init("count"),
      series: [.init("count", values.enumerated().map { .init(x: Double($0), y: $1, label: "\($0)") })])
  }

  private func line(_ points: [(Double, Double)], _ scale: Figure.Scale = .linear) -> Figure {
    Figure(
      title: "loss", mark: .line, x: .init("epoch"), y: .init("loss", unit: "nats", scale: scale),
      series: [.init("loss", points.map { .init(x: $0, y: $1) })])
  }

  @Test func `draws a histogram to an eighth of a cell`() {
    // The axis name of six cells, a number of two and four cells for what stands between leave eight of twenty.
    #expect(
      lines(bars([16, 8, 1, 0]), width: 20) == [
        "ratings", "rating │ count",
        "     0 │████████ 16", "     1 │████ 8", "     2 │▌ 1", "     3 │ 0",
      ])
  }

  private var labelled: [Figure] {
    let names = ["Heat (1995)", "千と千尋の神隠し", String(repeating: "long ", count: 40), "\u{1B}[31mred"]
    let points = names.enumerated().map { place, name in
      Figure.Point(x: Double(place), y: Double(place % 2), label: name, low: Double(place) - 1, high: Double(place) + 1)
    }
    let matrix = Figure.Matrix(labels: names, values: (0..<16).map { Double($0) / 16 - 0.2 })
    func figure(_ mark: Figure.Mark, _ matrix: Figure.Matrix? = nil) -> Figure {
      Figure(
        title: names[2], mark: mark, x: .init(names[2]), y: .init("y", unit: names[2]),
        series: [.init(names[2], points), .init(names[1], points)], matrix: matrix, reference: 0)
    }
    return [figure(.point), figure(.line), figure(.bar), figure(.interval), figure(.heat, matrix)]
  }

  @Test(arguments: [20, 40, 80, 200])
  func `fits the width`(width: Int) {
    for figure in [bars([1e6, 5, 0.5]), line([(1, 3), (2, 2), (10, 1)])] + labelled {
      for line in lines(figure, width: width) { #expect(displayWidth(of: line) <= width) }
    }
  }

  @Test func `names axes and units and marks their ends`() {
    let text = lines(line([(1, 3), (5, 1)])).joined(separator: "\n")
    for part in ["loss (nats)", "epoch", "3.0 ┤", "2.0 ┤", "1.0 ┤"] { #expect(text.contains(part)) }
  }

  @Test func `draws a falling line from the upper left to the lower right`() {
    let drawn = lines(line([(0, 1), (1, 0)])).filter { $0.contains("│") || $0.contains("┤") }
    #expect(drawn.count == 13)
    let places = drawn.map { line in
      line.firstIndex { $0 >= "\u{2801}" && $0 <= "\u{28FF}" }.map { line.distance(from: line.startIndex, to: $0) }
        ?? -1
    }
    #expect(places == places.sorted())
    #expect(Set(places).count == 13)
  }

  @Test func `names each of several series where it ends`() {
    let figure = Figure(
      title: "sweep", mark: .line, x: .init("k"), y: .init("value"),
      series: [
        .init("rmse", [.init(x: 0, y: 0), .init(x: 1, y: 1)]), .init("mae", [.init(x: 0, y: 1), .init(x: 1, y: 0)]),
      ])
    let text = lines(figure, width: 60)
    #expect(text.first { $0.hasSuffix("rmse") }?.contains("1.0 ┤") == true)
    #expect(text.first { $0.hasSuffix("mae") }?.contains("0.0 ┤") == true)
  }

  @Test(
    arguments: [
      [], [(1.0, 1.0)], [(1, 2), (1, 2)], [(.nan, 1), (1, .infinity)], [(-1e300, 1e300), (1e300, -1e300)], [(0, 0)],
    ] as [[(Double, Double)]])
  func `survives any points`(points: [(Double, Double)]) {
    for figure in [line(points), line(points, .log)] { #expect(!lines(figure).isEmpty) }
    #expect(!lines(bars(points.map(\.1))).isEmpty)
  }

  @Test func `spaces a logarithmic axis by factors`() {
    let text = lines(line([(0, 1), (1, 10), (2, 100)], .log)).joined(separator: "\n")
    for tick in ["100 ┤", "10 ┤", "1 ┤"] { #expect(text.contains(tick)) }
  }
}

@Suite struct `A chart of rows` {
  private func text(_ figure: Figure, width: Int = 60) -> String { Chart(figure).text(.init(width: width)) }

  @Test func `shows an interval between its ends, its value on it and what it is compared with`() {
    let figure = Figure(
      title: "difference", mark: .interval, x: .init("ndcg"), y: .init("arm", scale: .band),
      series: [.init("ndcg", [.init(x: 1, y: 0, label: "a", low: 0, high: 2)])], reference: -2)
    // Label, bar, blank and 21 of numbers leave 24 cells from -2 to 2: 0 is at 11.5, 1 at 17.25, 2 at 23.
    #expect(text(figure, width: 50).contains("\na │┊           ├────●─────┤ 1.0000 (0.000..2.000)\n"))
  }

  @Test func `shows the numbers of a matrix, and shades where there is no room for them`() {
    let labels = ["Heat", "Ran"]
    let figure = Figure(
      title: "likeness", mark: .heat, x: .init("item", scale: .band), y: .init("cosine"), series: [],
      matrix: .init(labels: labels, values: [1, 0.3, -0.3, .nan]))
    #expect(text(figure).contains("Heat 1   1.00  0.30"))
    #expect(text(figure).contains(" Ran 2  -0.30     –"))
    #expect(text(figure, width: 20).contains("█ ▒"))
  }

  @Test func `tells series apart by their signs`() {
    let figure = Figure(
      title: "two", mark: .line, x: .init("k"), y: .init("value"),
      series: [.init("a", [.init(x: 0, y: 0)]), .init("b", [.init(x: 1, y: 1)])])
    #expect(text(figure).contains("● a") && text(figure).contains("■ b"))
  }
}

@Suite struct `The progress bar` {
  @Test func `tells share and time left`() {
    #expect(
      ProgressBar.line(.init(label: "svd", fraction: 0.25), elapsed: .seconds(2), width: 79)
        == "svd ━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25% · 6.0 s left")
    #expect(
      ProgressBar.line(.init(label: "als", fraction: 0.5, loss: 0.75), elapsed: .seconds(125), width: 79)
        == "als ━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  50% · 2 min 05 s left · loss 0.75")
  }

  @Test func `tells the rate in what people count`() {
    func line(_ fraction: Double, _ count: Int, _ unit: String, seconds: Int) -> String {
      let progress = Progress(label: "a", fraction: fraction, of: .init(count, unit))
      return ProgressBar.line(progress, elapsed: .seconds(seconds), width: 79)
    }
    #expect(line(0.5, 20, "epoch", seconds: 4).hasSuffix("  50% · 2.5 epochs/s · 4.0 s left"))
    #expect(line(0.5, 20, "epoch", seconds: 40).hasSuffix("  50% · 4.0 s/epoch · 40 s left"))
    #expect(line(0.25, 4000, "MB", seconds: 2).hasSuffix("  25% · 500 MB/s · 6.0 s left"))
    #expect(line(0, 20, "epoch", seconds: 4).hasSuffix("   0%"))
  }

  @Test func `tells the time where the share is not known`() {
    #expect(
      ProgressBar.line(.init(label: "load"), elapsed: .milliseconds(1540), width: 79) == "load · 1.5 s")
  }

  @Test(arguments: [-1, 0, 0.5, 1, 7, .nan], [10, 30, 200])
  func `fits the width`(fraction: Double, width: Int) {
    let line = ProgressBar.line(.init(label: "evaluating", fraction: fraction), elapsed: .seconds(5000), width: width)
    #expect(displayWidth(of: line) <= width)
  }
}
