import RecLanguage
import RecNotebook

/// A table as HTML for a front end; all text is escaped.
struct HTMLTable {
  private let table: Table
  private let grid: Grid

  init(_ table: Table) {
    self.table = table
    grid = Grid(table).withIntervalsInCells()
  }

  var text: String {
    var html = Markup()
    html.element("table") { html in
      if let heading = table.heading ?? table.title { html.element("caption", text: heading) }
      html.element("thead") { html in
        html.element("tr") { html in
          for column in grid.columns { html.element("th", Self.side(column), text: column.name) }
        }
      }
      html.element("tbody") { html in
        for row in 0..<grid.rowCount {
          html.element("tr") { html in
            for column in grid.columns {
              html.element("td", Self.side(column), text: column.texts[row].withoutTrailingSpaces)
            }
          }
        }
      }
    }
    if case .lazy(_, let summary, _) = table.rows { html.element("p", text: "… \(summary)") }
    if !grid.shared.isEmpty { html.element("p", text: grid.shared.joined(separator: " · ")) }
    for note in table.notes { html.element("p", text: note) }
    return html.text
  }

  private static func side(_ column: Grid.Column) -> Markup.Attributes {
    ["style": column.isNumeric ? "text-align:right" : "text-align:left"]
  }
}
