package import RecLanguage

extension Markup {
  /// How the parts of a table look: by classes of a page's style sheet, or by styles of their own where there is none.
  package struct TableLook {
    package let table: Attributes
    package let number: Attributes
    package let text: Attributes
    package let note: Attributes

    /// For front ends, which have style sheets of their own and none of ours.
    package static let plain = TableLook(
      table: [:], number: ["style": "text-align:right"], text: ["style": "text-align:left"], note: [:])

    /// For a page with `ReportStyle`.
    ///
    /// - Parameter isDense: whether there are many columns, whose intervals get a line of their own.
    static func styled(isDense: Bool) -> TableLook {
      TableLook(
        table: ["class": isDense ? "dense" : "roomy"], number: ["class": "number"], text: [:], note: ["class": "note"])
    }
  }

  /// A table with its caption: the intervals in small letters behind their values.
  package mutating func write(_ table: Table, _ grid: Grid, _ look: TableLook) {
    element("table", look.table) { page in
      if let heading = table.heading ?? table.title { page.element("caption", text: heading.onOneLine) }
      page.element("thead") { page in
        page.element("tr") { page in
          for column in grid.columns {
            page.element("th", column.isNumeric ? look.number : look.text, text: column.name.onOneLine)
          }
        }
      }
      page.element("tbody") { page in
        for row in 0..<grid.rowCount {
          page.element("tr") { page in
            for column in grid.columns { page.writeCell(column, row, look) }
          }
        }
      }
    }
  }

  /// What stands below a table: how many rows there are more, what all rows share, and notes.
  package mutating func writeNotes(of table: Table, _ grid: Grid, _ look: TableLook) {
    var below: [String] = []
    if case .lazy(_, let summary, _) = table.rows { below.append("… \(summary)") }
    if !grid.shared.isEmpty { below.append(grid.shared.joined(separator: " · ")) }
    for note in below + table.notes { element("p", look.note, text: note) }
  }

  private mutating func writeCell(_ column: Grid.Column, _ row: Int, _ look: TableLook) {
    element("td", column.isNumeric ? look.number : look.text) { page in
      page.write(column.texts[row])
      guard let interval = column.intervals?[row], !interval.isEmpty else { return }
      page.write(" ")
      page.element("small", text: interval)
    }
  }
}
