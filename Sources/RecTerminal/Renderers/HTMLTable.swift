import RecLanguage
import RecNotebook

/// A table as HTML for a front end.
struct HTMLTable {
  let text: String

  init(_ table: Table) {
    let grid = Grid(table)
    var html = Markup()
    html.write(table, grid, .plain)
    html.writeNotes(of: table, grid, .plain)
    text = html.text
  }
}
