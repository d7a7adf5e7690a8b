import RecLanguage

/// A table as HTML for a front end; all text is escaped.
struct HTMLTable {
  private let table: Table
  private let grid: Grid

  init(_ table: Table) {
    self.table = table
    grid = Grid(table).withIntervalsInCells()
  }

  var text: String {
    var html = "<table>"
    if let heading = table.heading ?? table.title { html += Self.element("caption", heading) }
    html += "<thead><tr>" + grid.columns.map { cell("th", $0.name, $0) }.joined() + "</tr></thead><tbody>"
    for row in 0..<grid.rowCount {
      html += "<tr>" + grid.columns.map { cell("td", $0.texts[row].withoutTrailingSpaces, $0) }.joined() + "</tr>"
    }
    html += "</tbody></table>"
    var below = table.notes
    if !grid.shared.isEmpty { below.insert(grid.shared.joined(separator: " · "), at: 0) }
    if case .lazy(_, let summary, _) = table.rows { below.insert("… \(summary)", at: 0) }
    return html + below.map { Self.element("p", $0) }.joined()
  }

  private func cell(_ tag: String, _ text: String, _ column: Grid.Column) -> String {
    let side = column.isNumeric ? "right" : "left"
    return "<\(tag) style=\"text-align:\(side)\">\(Self.escaped(text))</\(tag)>"
  }

  private static func element(_ tag: String, _ text: String) -> String { "<\(tag)>\(escaped(text))</\(tag)>" }

  private static func escaped(_ text: String) -> String {
    text.onOneLine.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
