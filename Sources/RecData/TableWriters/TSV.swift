extension TableFormat {
  /// Tab-separated values with a header; tabs and line ends within a value become spaces (IANA text/tab-separated-values).
  package static let tsv = TableFormat(
    ending: "tsv", summary: "tab-separated values with a header; tabs and line ends in values become spaces",
    head: { names in
      var line: [UInt8] = []
      TSVLine.append(names.map { .text($0) }, to: &line)
      return line
    },
    row: { cells, _, line in TSVLine.append(cells, to: &line) })
}

private enum TSVLine {
  static func append(_ cells: [TableCell], to line: inout [UInt8]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { line.append(0x09) }
      switch cell {
      case .text(let text): for byte in text.utf8 { line.append([0x09, 0x0A, 0x0D].contains(byte) ? 0x20 : byte) }
      case .integer(let number): line.append(contentsOf: String(number).utf8)
      case .number(let number): line.append(contentsOf: number.isFinite ? TableCell.text(number).utf8 : "".utf8)
      case .missing: break
      }
    }
    line.append(0x0A)
  }
}
