extension TableFormat {
  /// One JSON object a line, the columns as its members (jsonlines.org); missing values are null.
  package static let jsonLines = TableFormat(
    ending: "jsonl", summary: "one JSON object a line",
    head: { _ in [] },
    row: { cells, names, line in
      line.append(0x7B)
      for (place, cell) in cells.enumerated() {
        if place > 0 { line.append(0x2C) }
        JSONValue.append(string: names[place], to: &line)
        line.append(0x3A)
        switch cell {
        case .text(let text): JSONValue.append(string: text, to: &line)
        case .integer(let number): line.append(contentsOf: String(number).utf8)
        case .number(let number): line.append(contentsOf: number.isFinite ? TableCell.text(number).utf8 : "null".utf8)
        case .missing: line.append(contentsOf: "null".utf8)
        }
      }
      line.append(contentsOf: [0x7D, 0x0A])
    })
}
