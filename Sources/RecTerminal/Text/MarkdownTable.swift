import RecLanguage
import RecNotebook

/// A table of prose: columns under a rule, whose cells are broken into lines where the width asks for it.
struct MarkdownTable {
  private let header: [StyledText]
  private let alignments: [MarkdownAlignment]
  private let rows: [[StyledText]]
  private let color: Bool

  private static let gap = 2
  private static let leastWidth = 6

  init(
    _ header: [[MarkdownSpan]], _ alignments: [MarkdownAlignment], _ rows: [[[MarkdownSpan]]], color: Bool
  ) {
    self.header = header.map { StyledText($0, .strong, color: color) }
    self.alignments = alignments
    self.rows = rows.map { row in row.map { StyledText($0, color: color) } }
    self.color = color
  }

  func lines(within width: Int) -> [String] {
    guard let widths = columnWidths(within: width) else { return records(within: width) }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + Self.gap * (widths.count - 1))
    return lines(of: header, widths) + [rule] + rows.flatMap { lines(of: $0, widths) }
  }

  /// The widest column gives way first; nil where not even narrow columns have room.
  private func columnWidths(within width: Int) -> [Int]? {
    var widths = header.indices.map { column in
      max(1, header[column].width, rows.lazy.map { $0[column].width }.max() ?? 0)
    }
    let room = width - Self.gap * (widths.count - 1)
    var surplus = widths.reduce(0, +) - room
    while surplus > 0 {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.leastWidth else {
        return nil
      }
      // Down to the next narrower column at once, so that a cell of any length costs no more than another.
      let next = widths.filter { $0 < widths[widest] }.max() ?? 0
      let step = min(surplus, max(1, widths[widest] - max(next, Self.leastWidth)))
      widths[widest] -= step
      surplus -= step
    }
    return widths
  }

  private func lines(of row: [StyledText], _ widths: [Int]) -> [String] {
    let cells = row.indices.map { row[$0].wrapped(to: widths[$0]) }
    return (0..<(cells.map(\.count).max() ?? 0)).map { line in
      cells.indices.map { column in
        let text = line < cells[column].count ? cells[column][line] : StyledText()
        return padded(text, widths[column], alignments[column])
      }.joined(separator: String(repeating: " ", count: Self.gap)).withoutTrailingSpaces
    }
  }

  private func padded(_ text: StyledText, _ width: Int, _ alignment: MarkdownAlignment) -> String {
    let missing = max(0, width - text.width)
    let before =
      switch alignment {
      case .left: 0
      case .center: missing / 2
      case .right: missing
      }
    return String(repeating: " ", count: before) + text.painted(color)
      + String(repeating: " ", count: missing - before)
  }

  /// Each row as lines `column: cell`, with an empty line between rows.
  private func records(within width: Int) -> [String] {
    var lines: [String] = []
    for row in rows {
      if !lines.isEmpty { lines.append("") }
      for (name, cell) in zip(header, row) {
        lines += name.appending(StyledText(": ")).appending(cell).wrapped(to: width).map { $0.painted(color) }
      }
    }
    return lines
  }
}
