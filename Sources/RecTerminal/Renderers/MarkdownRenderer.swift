import RecLanguage

extension Renderer {
  /// For a document: pipe tables, other text in code blocks.
  package static let markdown = Renderer("markdown") { output, surroundings in
    var surroundings = surroundings
    surroundings.color = false
    switch output.content {
    case .table(let table): return markdown(table)
    case .figure(let figure): return fenced(Chart(figure).text(surroundings))
    case .summary(let summary): return "**\(escaped(summary.name))** — \(escaped(summary.phrase))\n\n"
    case .value(let number): return shown(number) + "\n\n"
    case .text, .warning, .error: return fenced(forPeople(output.content, surroundings))
    }
  }

  private static func fenced(_ text: String) -> String {
    text.isEmpty ? "" : "```\n\(text)```\n\n"
  }

  private static func markdown(_ table: Table) -> String {
    let grid = Grid(table).withIntervalsInCells()
    var lines: [String] = []
    if let heading = table.heading ?? table.title { lines += ["*\(escaped(heading))*", ""] }
    lines.append(row(grid.columns.map(\.name)))
    lines.append(row(grid.columns.map { $0.isNumeric ? "---:" : "---" }))
    for index in 0..<grid.rowCount {
      lines.append(row(grid.columns.map { $0.texts[index].withoutTrailingSpaces }))
    }
    var below: [String] = []
    if case .lazy(_, let summary, _) = table.rows { below.append("… \(summary)") }
    if !grid.shared.isEmpty { below.append(grid.shared.joined(separator: " · ")) }
    for line in below + table.notes { lines += ["", escaped(line)] }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// A text without the signs that Markdown would read.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "|*_`<[\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
