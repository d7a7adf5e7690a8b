extension TableFormat {
  /// One JSON object a line, the columns as its members (jsonlines.org); missing values are null.
  package static let jsonLines = TableFormat(
    ending: "jsonl", summary: "one JSON object a line",
    head: { _ in [] },
    row: { cells, names, line in
      line.append(0x7B)
      for (place, cell) in cells.enumerated() {
        if place > 0 { line.append(0x2C) }
        append(string: names[place], to: &line)
        line.append(0x3A)
        switch cell {
        case .text(let text): append(string: text, to: &line)
        case .integer(let number): line.append(contentsOf: String(number).utf8)
        case .number(let number): line.append(contentsOf: number.isFinite ? TableCell.text(number).utf8 : "null".utf8)
        case .missing: line.append(contentsOf: "null".utf8)
        }
      }
      line.append(contentsOf: [0x7D, 0x0A])
    })

  /// A JSON string (RFC 8259): quotation mark, backslash and control characters are escaped.
  private static func append(string text: String, to line: inout [UInt8]) {
    line.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: line.append(contentsOf: [0x5C, byte])
      case 0x0A: line.append(contentsOf: "\\n".utf8)
      case 0x0D: line.append(contentsOf: "\\r".utf8)
      case 0x09: line.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        line.append(contentsOf: ("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8)
      default: line.append(byte)
      }
    }
    line.append(0x22)
  }
}
