import RecLanguage

extension Renderer {
  /// For a pipe: columns of text without rules, nothing cut, every column a program's reader may want.
  package static let plain = Renderer("plain") { output, surroundings in
    var surroundings = surroundings
    surroundings.color = false
    switch output.content {
    case .table(let table): return text(of: table)
    case .figure(let figure): return Chart(figure).text(surroundings)
    case let other: return forPeople(other, surroundings)
    }
  }

  private static func text(of table: Table) -> String {
    let rows = table.firstRows
    let columns = table.columns.enumerated().map { place, column in
      let texts = [column.name] + rows.map { $0[place].text(column.style) }
      let width = texts.map { displayWidth(of: $0) }.max() ?? 0
      return texts.map { $0.padded(toWidth: width, onLeft: column.style != .text) }
    }
    var lines: [String] = []
    if let heading = table.heading ?? table.title { lines.append(heading) }
    if !columns.isEmpty {
      lines += (0...rows.count).map { row in
        columns.map { $0[row] }.joined(separator: "  ").withoutTrailingSpaces
      }
    }
    if case .lazy(_, let summary, _) = table.rows { lines.append("… \(summary)") }
    return (lines + table.notes).map { $0 + "\n" }.joined()
  }
}
