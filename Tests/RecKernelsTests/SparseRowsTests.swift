import RecAlgebra
import RecKernels
import Testing

@Suite struct SparseRowsTests {
  static let shapes = [
    (0, 0, 0.0), (1, 1, 1.0), (1, 50, 0.3), (50, 1, 0.5), (20, 30, 0.0), (40, 60, 0.1), (300, 200, 0.4),
  ]

  @Test(arguments: shapes) func `counting gives the entries in order, whatever their order was`(
    shape: (rows: Int, columns: Int, density: Double)
  ) {
    var random = TestRandom(7)
    let sorted = Self.entries(shape, &random)
    let expected = Self.plain(sorted, shape.rows, shape.columns)
    for entries in [sorted, sorted.shuffled(using: &random), sorted.reversed()] {
      for threads in [1, 2, 7, 16] {
        let matrix = SparseRows.counting(
          rows: entries.map(\.row), columns: entries.map(\.column), values: entries.map(\.value), rowCount: shape.rows,
          columnCount: shape.columns, workers: Workers(threadCount: threads))
        #expect(matrix == expected)
      }
    }
  }

  @Test(arguments: shapes) func `the transpose exchanges rows and columns`(
    shape: (rows: Int, columns: Int, density: Double)
  ) {
    var random = TestRandom(8)
    let entries = Self.entries(shape, &random)
    let matrix = Self.plain(entries, shape.rows, shape.columns)
    let exchanged = entries.map { (row: $0.column, column: $0.row, value: $0.value) }
      .sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    for threads in [1, 2, 7, 16] {
      #expect(matrix.transposed(Workers(threadCount: threads)) == Self.plain(exchanged, shape.columns, shape.rows))
    }
  }

  @Test(arguments: shapes, [1, 3, 8, 13, 16, 24]) func `the product with a block is the sum over entries`(
    shape: (rows: Int, columns: Int, density: Double), width: Int
  ) {
    var random = TestRandom(9)
    let entries = Self.entries(shape, &random)
    let matrix = Self.plain(entries, shape.rows, shape.columns)
    let block = random.doubles(shape.columns * width)
    var expected = [Double](repeating: 0, count: shape.rows * width)
    for entry in entries {
      for column in 0..<width {
        expected[Int(entry.row) * width + column] += Double(entry.value) * block[Int(entry.column) * width + column]
      }
    }
    let results = [1, 2, 7, 16].map { threads in
      var result = [Double](repeating: .nan, count: expected.count)
      matrix.multiply(block, width: width, into: &result, execution: Execution(threadCount: threads))
      return result
    }
    // At most `columns` terms of at most 5, added in another order.
    #expect(zip(results[0], expected).allSatisfy { abs($0 - $1) <= 5e-16 * Double(5 * shape.columns + 1) })
    for result in results { #expect(result == results[0]) }
    for clone in KernelClone.available where shape.rows > 0 {
      var result = [Double](repeating: .nan, count: expected.count)
      var span = result.mutableSpan
      BlockKernels.multiplySparse(
        offsets: matrix.offsets.span, columns: matrix.columns.span, values: matrix.values.span, rows: 0..<shape.rows,
        columnCount: shape.columns, block: block.span, width: width, into: &span, clone: clone)
      #expect(result == results[0])
    }
  }

  @Test(arguments: shapes, [1, 15, 16, 17, 40])
  func `multiplies a block in Float, row by row, with the same bits on every processor`(
    shape: (rows: Int, columns: Int, density: Double), width: Int
  ) {
    var random = TestRandom(19)
    let matrix = Self.plain(Self.entries(shape, &random), shape.rows, shape.columns)
    let stride = DenseMatrix.stride(width)
    let block = random.floats(shape.columns * stride)
    var expected = [Double](repeating: 0, count: shape.rows * width)
    for row in 0..<shape.rows {
      for column in 0..<width {
        // Entries by turns into two sums.
        var sums: [Float] = [0, 0]
        for (turn, entry) in matrix.row(row).enumerated() {
          let product = matrix.values[entry] * block[Int(matrix.columns[entry]) * stride + column]
          sums[turn % 2] += product
        }
        expected[row * width + column] = Double(sums[0] + sums[1])
      }
    }
    for clone in KernelClone.available.map(Optional.some) + [nil] where shape.rows > 0 {
      var result = [Double](repeating: .nan, count: expected.count)
      var span = result.mutableSpan
      BlockKernels.multiplySparse(
        offsets: matrix.offsets.span, columns: matrix.columns.span, values: matrix.values.span, rows: 0..<shape.rows,
        columnCount: shape.columns, block: block.span, stride: stride, width: width, into: &span, clone: clone)
      #expect(result == expected)
    }
  }

  @Test func `rows are ranges of entries`() {
    let matrix = SparseRows(
      rowCount: 3, columnCount: 4, offsets: [0, 2, 2, 3], columns: [1, 3, 0], values: [1, 2, 3])
    #expect(matrix.row(0) == 0..<2)
    #expect(matrix.row(1).isEmpty)
    #expect(matrix.row(2) == 2..<3)
    #expect(matrix.replacingValues([4, 5, 6]).values == [4, 5, 6])
  }

  private typealias Entry = (row: Int32, column: Int32, value: Float)

  private static func entries(
    _ shape: (rows: Int, columns: Int, density: Double), _ random: inout TestRandom
  ) -> [Entry] {
    var entries: [Entry] = []
    for row in 0..<shape.rows {
      for column in 0..<shape.columns where Double.random(in: 0..<1, using: &random) < shape.density {
        entries.append((Int32(row), Int32(column), Float.random(in: -5...5, using: &random)))
      }
    }
    return entries
  }

  /// The matrix of entries in order.
  private static func plain(_ entries: [Entry], _ rows: Int, _ columns: Int) -> SparseRows {
    var offsets = [Int](repeating: 0, count: rows + 1)
    for entry in entries { offsets[Int(entry.row) + 1] += 1 }
    for row in 0..<rows { offsets[row + 1] += offsets[row] }
    return SparseRows(
      rowCount: rows, columnCount: columns, offsets: offsets, columns: entries.map(\.column),
      values: entries.map(\.value))
  }
}
