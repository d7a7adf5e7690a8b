import RecLanguage

/// A figure drawn with characters: bars of blocks, lines and points of Braille dots.
struct Chart {
  let figure: Figure

  /// How many bars of a series are drawn; what is left out is told.
  private static let barLimit = 100

  init(_ figure: Figure) {
    self.figure = figure
  }

  /// The lines of the chart, within the width, readable without colour.
  func text(_ surroundings: Renderer.Surroundings) -> String {
    let lines: [String] =
      if figure.isEmpty {
        ["nothing to draw"]
      } else {
        switch figure.mark {
        case .bar: bars(surroundings)
        case .line, .point: PointPlot(figure, width: surroundings.width).lines(surroundings.color)
        case .interval: BandPlot(figure, width: surroundings.width, color: surroundings.color).intervals
        case .heat: BandPlot(figure, width: surroundings.width, color: surroundings.color).heat
        }
      }
    let title = figure.title.onOneLine.fitted(toWidth: max(surroundings.width, 1))
    return ([title.painted(.strong, surroundings.color)] + lines).map { $0.withoutTrailingSpaces + "\n" }
      .joined()
  }

  /// A row for each bar: what it is of, the bar to an eighth of a cell, its number.
  private func bars(_ surroundings: Renderer.Surroundings) -> [String] {
    let color = surroundings.color
    let all = figure.series.flatMap { $0.points.prefix(Self.barLimit) }
    let labels = all.map { ($0.label ?? plain($0.x)).onOneLine }
    let numbers = all.map { Int(exactly: $0.y).map(grouped) ?? shown($0.y) }
    let widest = (labels + [figure.x.title]).map { displayWidth(of: $0) }.max() ?? 0
    let labelWidth = min(widest, max(surroundings.width / 3, 4))
    let numberWidth = numbers.map(\.count).max() ?? 0
    let room = max(surroundings.width - labelWidth - numberWidth - 4, 1)
    let largest = all.lazy.map(\.y).filter(\.isFinite).max() ?? 0
    var lines = [
      (figure.x.title.onOneLine.fitted(toWidth: labelWidth).padded(toWidth: labelWidth, onLeft: true) + " │ "
        + figure.y.title.onOneLine).fitted(toWidth: surroundings.width).painted(.faint, color)
    ]
    var index = 0
    for (place, series) in figure.series.enumerated() {
      if figure.series.count > 1 {
        lines.append(
          series.name.onOneLine.fitted(toWidth: surroundings.width).painted(
            Accent.series[place % Accent.series.count], color))
      }
      for point in series.points.prefix(Self.barLimit) {
        let label = labels[index].fitted(toWidth: labelWidth).padded(toWidth: labelWidth, onLeft: true)
        let bar = Self.bar(point.y, of: largest, width: room)
        lines.append("\(label) │\(bar.painted(Accent.series[place % Accent.series.count], color)) \(numbers[index])")
        index += 1
      }
      let more = series.points.count - Self.barLimit
      if more > 0 { lines.append("… \(counted(more, "more bar"))") }
    }
    return lines
  }

  /// A bar of eighths of cells; anything above nothing shows at least a trace.
  private static func bar(_ value: Double, of largest: Double, width: Int) -> String {
    guard value.isFinite, value > 0, largest > 0 else { return "" }
    let eighths = max(Int((value / largest * Double(width * 8)).rounded()), 1)
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8)
      + (rest == 0 ? "" : ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1])
  }
}
