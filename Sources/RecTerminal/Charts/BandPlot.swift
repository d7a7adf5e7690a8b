import RecLanguage
import RecNotebook

/// Charts of a row for each label: values with their intervals, and the cells of a matrix.
struct BandPlot {
  private let figure: Figure
  private let width: Int
  private let color: Bool

  /// How many rows are drawn; what is left out is told.
  private static let rowLimit = 60

  init(_ figure: Figure, width: Int, color: Bool) {
    self.figure = figure
    self.width = max(width, 20)
    self.color = color
  }

  // MARK: Intervals

  /// `svd  ├──●──┤  0.2095 (0.193..0.226)`; the numbers are left out where the width has no room for them.
  var intervals: [String] {
    let entries = figure.series.enumerated().flatMap { place, series in series.points.map { (place, $0) } }
    let shown = entries.prefix(Self.rowLimit)
    let labels = shown.map { ($0.1.label ?? "").onOneLine }
    let labelWidth = min(labels.map { displayWidth(of: $0) }.max() ?? 0, max(width / 3, 4))
    let numbers = shown.map { Self.numbers($0.1) }
    let numberWidth = numbers.map(\.count).max() ?? 0
    let hasNumbers = width - labelWidth - numberWidth - 4 >= 16
    let room = min(width - labelWidth - 3 - (hasNumbers ? numberWidth + 1 : 0), 80)
    let ends = shown.flatMap { [$0.1.x, $0.1.low ?? $0.1.x, $0.1.high ?? $0.1.x] }
    let axis = AxisLayout(
      ends + [figure.reference].compactMap { $0 }, figure.x.scale, tickCount: max(3, room / 14))
    let reference = figure.reference.flatMap(axis.share).map { column($0, room) }
    var lines: [String] = []
    for (index, (series, point)) in shown.enumerated() {
      var cells = [Character](repeating: " ", count: room)
      if let reference { cells[reference] = "┊" }
      if let low = point.low.flatMap(axis.share), let high = point.high.flatMap(axis.share) {
        let (start, end) = (column(low, room), column(high, room))
        for place in min(start, end)...max(start, end) { cells[place] = "─" }
        cells[start] = "├"
        cells[end] = "┤"
      }
      if let share = axis.share(point.x) {
        cells[column(share, room)] = PointPlot.signs[series % PointPlot.signs.count]
      }
      let label = labels[index].fitted(toWidth: labelWidth).padded(toWidth: labelWidth, onLeft: true)
      lines.append(
        label + " │" + String(cells).painted(Accent.series[series % Accent.series.count], color)
          + (hasNumbers ? " " + numbers[index] : ""))
    }
    if entries.count > shown.count { lines.append("… \(counted(entries.count - shown.count, "more row"))") }
    let margin = String(repeating: " ", count: labelWidth)
    return lines + axis.lines(below: room, title: figure.x.title, color).map { margin + $0 }
  }

  private func column(_ share: Double, _ room: Int) -> Int { Int((share * Double(room - 1)).rounded()) }

  private static func numbers(_ point: Figure.Point) -> String {
    guard let low = point.low, let high = point.high else { return shown(point.x) }
    return "\(decimals(point.x, 4)) (\(decimals(low, 3))..\(decimals(high, 3)))"
  }

  // MARK: Matrix

  /// Numbers where the width has room for them, else shades; rows are named, columns have the rows' numbers.
  var heat: [String] {
    guard let matrix = figure.matrix else { return [] }
    let total = matrix.labels.count
    let digits = String(total).count
    let labels = matrix.labels.map(\.onOneLine)
    let widest = labels.map { displayWidth(of: $0) }.max() ?? 0
    let cellWidth = [6, 3, 2].first { width - 12 - digits - 2 >= $0 * total } ?? 2
    let labelWidth = min(widest, max(width - digits - 2 - cellWidth * total, 8))
    let count = max(1, min(total, (width - labelWidth - digits - 2) / cellWidth))
    let margin = String(repeating: " ", count: labelWidth + 1 + digits)
    let heading = (1...count).map { String($0).padded(toWidth: cellWidth, onLeft: true) }.joined()
    var lines = [(margin + " " + heading).painted(.faint, color)]
    for row in 0..<count {
      let label = labels[row].fitted(toWidth: labelWidth).padded(toWidth: labelWidth, onLeft: true)
      let cells = (0..<count).map { Self.cell(matrix[row, $0], width: cellWidth) }.joined()
      lines.append("\(label) \(String(row + 1).padded(toWidth: digits, onLeft: true)) \(cells)")
    }
    if count < total { lines.append("… \(counted(total - count, "more item"))") }
    let scale = cellWidth == 6 ? "" : ": · below 0, ░ to 0.25, ▒ to 0.5, ▓ to 0.75, █ above"
    lines.append((figure.y.title.onOneLine + scale).fitted(toWidth: width).painted(.faint, color))
    return lines
  }

  private static func cell(_ value: Double, width: Int) -> String {
    guard value.isFinite else { return "–".padded(toWidth: width, onLeft: true) }
    if width == 6 { return decimals(value, 2).padded(toWidth: width, onLeft: true) }
    let shade: Character = value < 0 ? "·" : value < 0.25 ? "░" : value < 0.5 ? "▒" : value < 0.75 ? "▓" : "█"
    return " " + String(repeating: shade, count: width - 1)
  }
}
