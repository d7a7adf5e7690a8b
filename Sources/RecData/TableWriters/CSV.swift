extension TableFormat {
  /// Comma-separated values with a header and CRLF line ends (RFC 4180); missing values are empty.
  package static let csv = TableFormat(
    ending: "csv", summary: "comma-separated values with a header (RFC 4180)",
    head: { names in
      var line: [UInt8] = []
      CSVLine.append(names.map { .text($0) }, to: &line)
      return line
    },
    row: { cells, _, line in CSVLine.append(cells, to: &line) })
}

enum CSVLine {
  static func append(_ cells: [TableCell], to line: inout [UInt8]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { line.append(0x2C) }
      switch cell {
      case .text(let text): append(field: text, isAlone: cells.count == 1, to: &line)
      case .integer(let number): line.append(contentsOf: String(number).utf8)
      case .number(let number): line.append(contentsOf: number.isFinite ? TableCell.text(number).utf8 : "".utf8)
      case .missing: break
      }
    }
    line.append(contentsOf: [0x0D, 0x0A])
  }

  /// In quotation marks where the text holds a comma, a quotation mark or a line end, spaces at an end, or is an empty line.
  private static func append(field text: String, isAlone: Bool, to line: inout [UInt8]) {
    let bytes = text.utf8
    let needsQuotes =
      bytes.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D } || bytes.first == 0x20
      || bytes.last == 0x20 || (isAlone && bytes.isEmpty)
    guard needsQuotes else {
      line.append(contentsOf: bytes)
      return
    }
    line.append(0x22)
    for byte in bytes {
      if byte == 0x22 { line.append(0x22) }
      line.append(byte)
    }
    line.append(0x22)
  }
}
