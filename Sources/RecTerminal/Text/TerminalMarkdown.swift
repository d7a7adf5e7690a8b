import RecLanguage
package import RecNotebook

/// Prose as a terminal shows it, each line with its end; wrapped by the cells that characters take.
///
/// With colour, emphasis and code are told by their look; without it their marks stay, so that nothing is lost. Addresses
/// of links stand in parentheses behind their text.
package func terminalText(_ blocks: [MarkdownBlock], width: Int, color: Bool) -> String {
  MarkdownLayout(width: max(width, MarkdownLayout.leastWidth), color: color).lines(of: blocks).map { $0 + "\n" }
    .joined()
}

/// Breaks blocks of Markdown into the lines of a width.
private struct MarkdownLayout {
  /// Below this, lines are as long as they must be.
  static let leastWidth = 10

  let width: Int
  let color: Bool

  /// - Parameter isTight: whether no empty lines stand between the blocks.
  func lines(of blocks: [MarkdownBlock], isTight: Bool = false) -> [String] {
    var lines: [String] = []
    for block in blocks {
      if !lines.isEmpty, !isTight { lines.append("") }
      lines += self.lines(of: block)
    }
    return lines
  }

  private func lines(of block: MarkdownBlock) -> [String] {
    switch block {
    case .heading(let level, let spans): heading(level, spans)
    case .paragraph(let spans): StyledText(spans, color: color).wrapped(to: width).map { $0.painted(color) }
    case .list(let first, let items): list(first, items)
    case .code(_, let lines):
      lines.flatMap { StyledText($0, .code).cut(to: width - 4) }
        .map { ("    " + $0.painted(color)).withoutTrailingSpaces }
    case .table(let header, let alignments, let rows):
      MarkdownTable(header, alignments, rows, color: color).lines(within: width)
    case .quote(let blocks): inner("│ ").lines(of: blocks).map { ("│ " + $0).withoutTrailingSpaces }
    case .rule: [String(repeating: "─", count: width)]
    }
  }

  /// The first two levels are underlined; deeper ones keep their marks where no weight tells them.
  private func heading(_ level: Int, _ spans: [MarkdownSpan]) -> [String] {
    let marks = level > 2 && !color ? String(repeating: "#", count: level) + " " : ""
    let text = StyledText([.text(marks)] + spans, .strong, color: color).wrapped(to: width)
    var lines = text.map { $0.painted(color) }
    if level <= 2 {
      let length = text.map(\.width).max() ?? 0
      lines.append(String(repeating: level == 1 ? "═" : "─", count: length).painted(.strong, color))
    }
    return lines
  }

  private func list(_ first: Int?, _ items: [[MarkdownBlock]]) -> [String] {
    let isTight = items.allSatisfy { item in
      item.dropFirst().allSatisfy { if case .list = $0 { true } else { false } }
    }
    let digits = String((first ?? 1) + items.count - 1).count
    var lines: [String] = []
    for (index, item) in items.enumerated() {
      if index > 0, !isTight { lines.append("") }
      let mark = first.map { String($0 + index).padded(toWidth: digits, onLeft: true) + ". " } ?? "• "
      let own = inner(mark).lines(of: item, isTight: isTight)
      let indentation = String(repeating: " ", count: mark.count)
      for (row, line) in (own.isEmpty ? [""] : own).enumerated() {
        lines.append(((row == 0 ? mark : indentation) + line).withoutTrailingSpaces)
      }
    }
    return lines
  }

  /// The layout of what stands behind a mark.
  private func inner(_ mark: String) -> MarkdownLayout {
    MarkdownLayout(width: max(width - mark.count, Self.leastWidth), color: color)
  }
}
