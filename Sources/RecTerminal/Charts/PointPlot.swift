import RecLanguage
import RecNotebook

/// Series of points over two axes, joined or not, with ticks, names and units.
///
/// Several series are told apart by their signs at the points and by their names, so that the chart can be read without
/// colour.
struct PointPlot {
  private let figure: Figure
  private let x: AxisLayout
  private let y: AxisLayout
  private let tickWidth: Int
  private let nameWidth: Int
  private let columns: Int
  private let rows: Int

  /// The signs of the series, in their order; beyond these they begin anew.
  static let signs: [Character] = ["●", "■", "▲", "◆", "▼", "×"]

  init(_ figure: Figure, width: Int) {
    self.figure = figure
    rows = figure.mark == .point ? 18 : 13
    let points = figure.series.flatMap(\.points)
    y = AxisLayout(points.map(\.y), figure.y.scale, tickCount: 5)
    tickWidth = min(y.ticks.map(\.text.count).max() ?? 0, width / 3)
    // Where there is no room for names, signs alone tell series apart.
    let names =
      figure.series.count > 1 && width >= 32 ? figure.series.map { displayWidth(of: $0.name.onOneLine) + 2 } : []
    nameWidth = min(names.max() ?? 0, width / 4)
    columns = min(max(width - tickWidth - 3 - (nameWidth > 0 ? nameWidth + 1 : 0), 10), 96)
    x = AxisLayout(points.map(\.x), figure.x.scale, tickCount: max(2, columns / 10))
  }

  func lines(_ color: Bool) -> [String] {
    let cells = cells
    let names = endNames
    var ticks: [Int: String] = [:]
    for tick in y.ticks { ticks[row(tick.share)] = tick.text }
    var lines = [figure.y.title.onOneLine.fitted(toWidth: tickWidth + columns).painted(.faint, color)]
    for row in 0..<rows {
      let tick = ticks[row] ?? ""
      var line = tick.fitted(toWidth: tickWidth).padded(toWidth: tickWidth, onLeft: true)
      line += tick.isEmpty ? " │" : " ┤"
      line += painted(cells[row], color)
      if let series = names[row] {
        let name = "\(Self.sign(series)) \(figure.series[series].name.onOneLine)".fitted(toWidth: nameWidth)
        line += " " + name.painted(Accent.series[series % Accent.series.count], color)
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: tickWidth)
    return lines + x.lines(below: columns, title: figure.x.title, color).map { margin + $0 }
  }

  private static func sign(_ series: Int) -> Character { signs[series % signs.count] }

  private func row(_ share: Double) -> Int { Int(((1 - share) * Double(rows - 1)).rounded()) }

  private func column(_ share: Double) -> Int { Int((share * Double(columns - 1)).rounded()) }

  // MARK: Marks

  /// A character, and the series that it belongs to; none for the text of a label.
  private struct Cell {
    var character: Character = " "
    var series: Int?
    /// The second cell of a wide character, which nothing is written for.
    var isCovered = false
  }

  private var cells: [[Cell]] {
    var cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows)
    for (place, series) in figure.series.enumerated() {
      let canvas = drawn(series)
      for row in 0..<rows {
        for (column, character) in canvas.text(row: row).enumerated()
        where character != " " && cells[row][column].series == nil {
          cells[row][column] = Cell(character: character, series: place)
        }
      }
    }
    if figure.series.count > 1 { addSigns(to: &cells) }
    addLabels(to: &cells)
    return cells
  }

  private func drawn(_ series: Figure.Series) -> BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    var last: (x: Int, y: Int)?
    for point in series.points {
      guard let across = x.share(point.x), let up = y.share(point.y) else {
        last = nil
        continue
      }
      let dot = (
        x: Int((across * Double(canvas.dotColumns - 1)).rounded()),
        y: Int(((1 - up) * Double(canvas.dotRows - 1)).rounded())
      )
      if figure.mark == .line, let last { canvas.line(from: last, to: dot) } else { canvas.set(dot.x, dot.y) }
      last = dot
    }
    return canvas
  }

  /// The sign of each series at its points, where there are few enough to see.
  private func addSigns(to cells: inout [[Cell]]) {
    for (place, series) in figure.series.enumerated() where series.points.count <= columns / 2 {
      for point in series.points {
        guard let across = x.share(point.x), let up = y.share(point.y) else { continue }
        cells[row(up)][column(across)] = Cell(character: Self.sign(place), series: place)
      }
    }
  }

  /// The labels of points, as many as there is room for.
  private func addLabels(to cells: inout [[Cell]]) {
    var marks: [(box: LabelPlacement.Box, label: String, series: Int)] = []
    for (place, series) in figure.series.enumerated() {
      for point in series.points {
        guard let label = point.label, let across = x.share(point.x), let up = y.share(point.y) else { continue }
        marks.append((.init(x: Double(column(across)), y: Double(row(up)), width: 1, height: 1), label, place))
      }
    }
    var placement = LabelPlacement(
      in: .init(x: 0, y: 0, width: Double(columns), height: Double(rows)), around: marks.map(\.box))
    for (box, label, series) in marks.prefix(200) {
      if figure.mark == .point { cells[Int(box.y)][Int(box.x)] = Cell(character: Self.sign(series), series: series) }
      let text = label.onOneLine.fitted(toWidth: min(28, columns / 2))
      guard
        let place = placement.place(
          width: Double(displayWidth(of: text)), height: 1, beside: box, gap: 1)
      else { continue }
      var column = Int(place.x.rounded(.down))
      for character in text {
        let width = displayWidth(of: character)
        guard width > 0, column + width <= columns else { continue }
        cells[Int(place.y)][column] = Cell(character: character)
        if width == 2 { cells[Int(place.y)][column + 1] = Cell(isCovered: true) }
        column += width
      }
    }
  }

  private func painted(_ cells: [Cell], _ color: Bool) -> String {
    cells.lazy.filter { !$0.isCovered }.map { cell in
      let text = String(cell.character)
      return cell.series.map { text.painted(Accent.series[$0 % Accent.series.count], color) } ?? text
    }.joined()
  }

  // MARK: Axis and names

  /// The series whose name stands at the end of each row: the row of its last point, or the nearest free one.
  private var endNames: [Int?] {
    var names = [Int?](repeating: nil, count: rows)
    guard nameWidth > 0 else { return names }
    for (place, series) in figure.series.enumerated() {
      guard let last = series.points.last(where: { y.share($0.y) != nil }), let up = y.share(last.y) else { continue }
      let free = names.indices.filter { names[$0] == nil }
      let wanted = row(up)
      if let row = free.min(by: { abs($0 - wanted) < abs($1 - wanted) }) { names[row] = place }
    }
    return names
  }
}
