/// What a terminal shows after the bytes it was sent: enough of a VT100 for a line editor.
struct Screen {
  private(set) var columns: Int
  private(set) var rows: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  private(set) var pastesAreBracketed = false
  private var wrapsNext = false
  private var pending: [Unicode.Scalar] = []

  /// A cell covered by the wide character before it.
  private static let covered = ""

  init(rows: Int, columns: Int) {
    self.columns = columns
    self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows down to the last that shows something, without the spaces at their ends.
  var text: String {
    var lines = rows.map { row in
      var cells = row[...]
      while cells.last == " " { cells.removeLast() }
      return cells.joined()
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The row the cursor is in, without the spaces at its end.
  var cursorLine: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(row).first.map(String.init) ?? ""
  }

  mutating func resize(rows newRows: Int, columns newColumns: Int) {
    rows = (0..<newRows).map { index in
      let old = index < rows.count ? rows[index] : []
      return Array((old + Array(repeating: " ", count: max(0, newColumns - old.count))).prefix(newColumns))
    }
    columns = newColumns
    row = min(row, newRows - 1)
    column = min(column, newColumns - 1)
  }

  mutating func write(_ text: some Sequence<Unicode.Scalar>) {
    for scalar in text { take(scalar) }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if !pending.isEmpty {
      pending.append(scalar)
      let isSequence = pending.count > 1 && pending[1] == "["
      if isSequence ? pending.count > 2 && ("@"..."~").contains(scalar) : pending.count == 2 {
        if isSequence { perform() }
        pending = []
      }
      return
    }
    switch scalar {
    case "\u{1B}": pending = [scalar]
    case "\r": move(to: 0)
    case "\n": lineFeed()
    case "\u{08}": move(to: column - 1)
    case "\t": move(to: (column / 8 + 1) * 8)
    case _ where scalar.value < 0x20: break
    default: put(scalar)
    }
  }

  private mutating func move(to newColumn: Int) {
    column = min(max(newColumn, 0), columns - 1)
    wrapsNext = false
  }

  private mutating func lineFeed() {
    wrapsNext = false
    if row + 1 < rows.count {
      row += 1
    } else {
      rows.removeFirst()
      rows.append(Array(repeating: " ", count: columns))
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if width == 0 {
      let at = wrapsNext ? column : column - 1
      if rows[row].indices.contains(at) { rows[row][at] = rows[row][at] + String(scalar) }
      return
    }
    if wrapsNext || column + width > columns {
      lineFeed()
      column = 0
    }
    rows[row][column] = String(scalar)
    if width == 2 { rows[row][column + 1] = Self.covered }
    wrapsNext = column + width == columns
    column = min(column + width, columns - 1)
  }

  /// The widths of the characters that the tests type.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200D, 0xFE0F: 0
    case 0x4E00...0x9FFF, 0x1F300...0x1FAFF: 2
    default: 1
    }
  }

  private mutating func perform() {
    let final = pending[pending.count - 1]
    let body = String(String.UnicodeScalarView(pending[2..<pending.count - 1]))
    let count = max(Int(body.split(separator: ";").first ?? "") ?? 1, 1)
    switch final {
    case "A": row = max(row - count, 0)
    case "B": row = min(row + count, rows.count - 1)
    case "C": move(to: column + count)
    case "D": move(to: column - count)
    case "G": move(to: count - 1)
    case "H":
      let parts = body.split(separator: ";").compactMap { Int($0) }
      row = min(max((parts.first ?? 1) - 1, 0), rows.count - 1)
      move(to: (parts.dropFirst().first ?? 1) - 1)
    case "J":
      let isWhole = body == "2"
      for index in (isWhole ? 0 : row)..<rows.count {
        for cell in (index == row && !isWhole ? column : 0)..<columns { rows[index][cell] = " " }
      }
    case "K":
      for cell in column..<columns { rows[row][cell] = " " }
    case "P":
      rows[row].removeSubrange(column..<min(column + count, columns))
      rows[row] += Array(repeating: " ", count: columns - rows[row].count)
    case "@":
      rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      rows[row] = Array(rows[row].prefix(columns))
    case "h", "l":
      if body == "?2004" { pastesAreBracketed = final == "h" }
    default: break
    }
  }
}
