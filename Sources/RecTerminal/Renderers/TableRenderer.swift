import RecLanguage

extension Renderer {
  /// For a terminal: columns under a rule, cut to its width.
  package static let table = Renderer("table") { output, surroundings in
    switch output.content {
    case .table(let table): TableLayout(table, surroundings).text
    case .figure(let figure): Chart(figure).text(surroundings)
    case let other: forPeople(other, surroundings)
    }
  }

  /// What `table` and `plain` show alike.
  static func forPeople(_ content: Output.Content, _ surroundings: Surroundings) -> String {
    switch content {
    case .text(let text): text.isEmpty ? "" : text.hasSuffix("\n") ? text : text + "\n"
    case .value(let number): shown(number) + "\n"
    case .summary(let summary):
      // Summaries stand below each other, as `load` shows ratings and items.
      "\(summary.name.padded(toWidth: 7))  \(summary.phrase)\n"
    case .warning(let diagnostic), .error(let diagnostic):
      DiagnosticRenderer(width: surroundings.width, color: surroundings.color)
        .render(diagnostic, in: surroundings.source) + "\n"
    case .table, .figure: preconditionFailure("each renderer has its own tables and figures")
    }
  }
}

/// The lines of a table within a width.
///
/// Numbers are never cut: the widest column of text gives way first, down to eight cells; what still does not fit goes
/// into further blocks of columns, each with the first column. Intervals stand behind their values where there is room,
/// else below them.
private struct TableLayout {
  private let table: Table
  private let surroundings: Renderer.Surroundings
  private let grid: Grid

  private static let gap = 2
  private static let leastTextWidth = 8

  init(_ table: Table, _ surroundings: Renderer.Surroundings) {
    self.table = table
    self.surroundings = surroundings
    let grid = Grid(table)
    let wide = grid.withIntervalsInCells()
    self.grid = Self.width(wide.columns.map(\.width)) <= surroundings.width ? wide : grid
  }

  var text: String {
    var lines: [String] = []
    if let heading = table.heading ?? table.title { lines.append(heading.painted(.strong, surroundings.color)) }
    for (index, block) in blocks.enumerated() {
      if index > 0 { lines.append("") }
      lines += self.lines(of: block)
    }
    if case .lazy(_, let summary, _) = table.rows {
      lines.append("… \(summary); `save` writes them all".painted(.faint, surroundings.color))
    }
    if !grid.shared.isEmpty { lines.append(grid.shared.joined(separator: " · ").painted(.faint, surroundings.color)) }
    return (lines + table.notes).map { $0 + "\n" }.joined()
  }

  /// The width of a column with its intervals below the values.
  private func fullWidth(_ column: Grid.Column) -> Int {
    max(column.width, column.intervals?.lazy.map { displayWidth(of: $0) }.max() ?? 0)
  }

  private static func width(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// Columns that stand side by side, with their widths.
  private var blocks: [[(column: Grid.Column, width: Int)]] {
    var widths = grid.columns.map(fullWidth)
    while Self.width(widths) > surroundings.width {
      let texts = grid.columns.indices.filter { !grid.columns[$0].isNumeric && widths[$0] > Self.leastTextWidth }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { break }
      let surplus = Self.width(widths) - surroundings.width
      let next = texts.lazy.map { widths[$0] }.filter { $0 < widths[widest] }.max() ?? Self.leastTextWidth
      widths[widest] = max(widths[widest] - surplus, min(next, widths[widest] - 1), Self.leastTextWidth)
    }
    let all = Array(zip(grid.columns, widths)).map { (column: $0, width: $1) }
    guard let first = all.first else { return [] }
    var blocks = [[first]]
    for entry in all.dropFirst() {
      let last = blocks[blocks.count - 1]
      if last.count > 1, Self.width(last.map(\.width) + [entry.width]) > surroundings.width {
        blocks.append([first, entry])
      } else {
        blocks[blocks.count - 1].append(entry)
      }
    }
    return blocks
  }

  private func lines(of block: [(column: Grid.Column, width: Int)]) -> [String] {
    let color = surroundings.color
    let header = block.map { column, width in
      column.name.fitted(toWidth: width).padded(toWidth: width, onLeft: column.isNumeric)
    }
    var lines = [
      joined(header).painted(.strong, color),
      String(repeating: "─", count: Self.width(block.map(\.width))).painted(.faint, color),
    ]
    for row in 0..<grid.rowCount {
      lines.append(
        joined(
          block.map { column, width in
            column.texts[row].fitted(toWidth: width).padded(toWidth: width, onLeft: column.isNumeric)
          }))
      let intervals = block.map { $0.column.intervals?[row] ?? "" }
      if intervals.contains(where: { !$0.isEmpty }) {
        let below = zip(intervals, block).map { $0.padded(toWidth: $1.width, onLeft: true) }
        lines.append(joined(below).painted(.faint, color))
      }
    }
    return lines
  }

  private func joined(_ cells: [String]) -> String {
    cells.joined(separator: String(repeating: " ", count: Self.gap)).withoutTrailingSpaces
  }
}
