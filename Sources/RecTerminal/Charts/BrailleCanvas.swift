/// Dots on a grid of cells, each cell a Braille pattern of two columns and four rows of dots.
struct BrailleCanvas {
  /// In cells.
  let columns: Int
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: 0, count: columns * rows)
  }

  var dotColumns: Int { columns * 2 }
  var dotRows: Int { rows * 4 }

  /// The bits of a Braille pattern (Unicode, block 2800) by dot row and dot column.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// Sets the dot at a column from the left and a row from the top; dots outside are left out.
  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<dotColumns).contains(x), (0..<dotRows).contains(y) else { return }
    cells[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// Joins two dots by a straight line (Bresenham 1965, doi:10.1147/sj.41.0025).
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let width = abs(end.x - start.x)
    let height = abs(end.y - start.y)
    let steps = max(width, height, 1)
    for step in 0...steps {
      set(
        start.x + roundedDivision((end.x - start.x) * step, steps),
        start.y + roundedDivision((end.y - start.y) * step, steps))
    }
  }

  private func roundedDivision(_ number: Int, _ divisor: Int) -> Int {
    let doubled = 2 * number + divisor
    return doubled >= 0 ? doubled / (2 * divisor) : -((-doubled + 2 * divisor - 1) / (2 * divisor))
  }

  /// The characters of one row of cells.
  func text(row: Int) -> [Character] {
    cells[row * columns..<(row + 1) * columns].map { cell in
      cell == 0 ? " " : Character(Unicode.Scalar(0x2800 + UInt32(cell)) ?? " ")
    }
  }
}
