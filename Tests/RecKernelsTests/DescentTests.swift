import RecKernels
import Testing

/// Entries by chance, at most one for each row and column.
private struct Entries {
  var offsets = [0]
  var columns: [Int32] = []
  var values: [Float] = []
  var count: Int { values.count }

  init(rows: Int, columns columnCount: Int, _ random: inout TestRandom, share: Float = 0.3) {
    for _ in 0..<rows {
      for column in 0..<columnCount where Float.random(in: 0...1, using: &random) < share {
        columns.append(Int32(column))
        values.append(Float.random(in: -2...2, using: &random))
      }
      offsets.append(columns.count)
    }
  }

  func grid(_ columnCount: Int, blocks: Int) -> EntryGrid {
    EntryGrid(offsets: offsets, columns: columns, values: values, columnCount: columnCount, blockCount: blocks)
  }
}

private func factors(
  _ rows: Int, _ columns: Int, rank: Int, hasBiases: Bool, _ random: inout TestRandom
) -> DescentFactors {
  func matrix(_ count: Int) -> AlignedRows {
    let values = (0..<count).map { _ in random.floats(rank) }
    var matrix = AlignedRows(rowCount: count, columnCount: rank)
    matrix.fill(Workers(threadCount: 1)) { row, span in
      for place in 0..<rank { span[place] = values[row][place] }
    }
    return matrix
  }
  return DescentFactors(rows: matrix(rows), columns: matrix(columns), hasBiases: hasBiases)
}

@Suite struct DescentTests {
  private let step = DescentStep(rate: 0.05, regularization: 0.1)

  @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 33, 48, 100], [true, false])
  func `steps as the equations say`(rank: Int, hasBiases: Bool) {
    var random = TestRandom(UInt64(rank))
    for (rows, columns) in [(1, 1), (1, 5), (7, 1), (9, 12)] {
      let entries = Entries(rows: rows, columns: columns, &random, share: 0.6)
      if entries.count == 0 { continue }
      let start = factors(rows, columns, rank: rank, hasBiases: hasBiases, &random)
      var result = start
      let sum = pass(entries.grid(columns, blocks: 1), &result)
      let (expected, expectedSum) = twin(entries, start)
      // Some thirty steps, each rounded to 24 bits.
      for row in 0..<rows { #expect(distance(result.rows.row(row), expected.rows[row]) < 1e-5) }
      for column in 0..<columns { #expect(distance(result.columns.row(column), expected.columns[column]) < 1e-5) }
      #expect(distance(result.rowBiases.column(0), hasBiases ? expected.rowBiases : []) < 1e-5)
      #expect(distance(result.columnBiases.column(0), hasBiases ? expected.columnBiases : []) < 1e-5)
      #expect(abs(sum - expectedSum) < 1e-4 * max(1, expectedSum))
    }
  }

  @Test(arguments: [1, 16, 20, 100]) func `gives the same bits with every clone and any number of threads`(rank: Int) {
    var random = TestRandom(5)
    let entries = Entries(rows: 70, columns: 90, &random)
    let start = factors(70, 90, rank: rank, hasBiases: true, &random)
    for blocks in [1, 2, 16] {
      let grid = entries.grid(90, blocks: blocks)
      var expected = start
      let expectedSum = pass(grid, &expected)
      for clone in KernelClone.available {
        for threads in [1, 2, 7] {
          var other = start
          #expect(pass(grid, &other, threads: threads, clone: clone) == expectedSum)
          #expect(other == expected)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 4, 16]) func `passes over every entry once`(blocks: Int) {
    var random = TestRandom(3)
    for (rows, columns) in [(0, 3), (1, 40), (50, 1), (40, 33)] {
      let entries = Entries(rows: rows, columns: columns, &random)
      let grid = entries.grid(columns, blocks: blocks)
      // Where nothing is learned and nothing is predicted, an error is the value.
      var still = DescentFactors(
        rows: AlignedRows(rowCount: rows, columnCount: 3), columns: AlignedRows(rowCount: columns, columnCount: 3),
        hasBiases: false)
      let expected = entries.values.reduce(0) { $0 + Double($1) * Double($1) }
      let sum = pass(grid, &still, step: DescentStep(rate: 0, regularization: 0))
      #expect(abs(sum - expected) < 1e-9 * max(1, expected))
      #expect(grid.entryCount == entries.count)
    }
  }

  @Test func `ends early when cancelled`() {
    var random = TestRandom(4)
    let grid = Entries(rows: 20, columns: 20, &random).grid(20, blocks: 4)
    let start = factors(20, 20, rank: 4, hasBiases: true, &random)
    var factors = start
    let cancellation = Cancellation()
    cancellation.cancel()
    let sum = grid.descend(
      &factors, part: 0, step, workers: Workers(threadCount: 2), cancellation: cancellation)
    #expect(sum == 0 && factors == start)
  }

  private func pass(
    _ grid: EntryGrid, _ factors: inout DescentFactors, step: DescentStep? = nil, threads: Int = 1,
    clone: KernelClone? = nil
  ) -> Double {
    let workers = Workers(threadCount: threads)
    let cancellation = Cancellation()
    return (0..<grid.partCount).reduce(0) { sum, part in
      sum
        + grid.descend(
          &factors, part: part, step ?? self.step, workers: workers, cancellation: cancellation, clone: clone)
    }
  }

  /// The same in Double and one line a rule.
  private func twin(_ entries: Entries, _ start: DescentFactors) -> (
    factors: (rows: [[Double]], columns: [[Double]], rowBiases: [Double], columnBiases: [Double]), sum: Double
  ) {
    let (rate, penalty) = (Double(step.rate), Double(step.regularization))
    let hasBiases = start.rowBiases.columnCount > 0
    var p = (0..<start.rows.rowCount).map { start.rows.row($0).map(Double.init) }
    var q = (0..<start.columns.rowCount).map { start.columns.row($0).map(Double.init) }
    var (b, c) = ([Double](repeating: 0, count: p.count), [Double](repeating: 0, count: q.count))
    var sum = 0.0
    for row in p.indices {
      for entry in entries.offsets[row]..<entries.offsets[row + 1] {
        let column = Int(entries.columns[entry])
        let product = zip(p[row], q[column]).reduce(0) { $0 + $1.0 * $1.1 }
        let error = Double(entries.values[entry]) - (b[row] + c[column] + product)
        sum += error * error
        if hasBiases {
          b[row] += rate * (error - penalty * b[row])
          c[column] += rate * (error - penalty * c[column])
        }
        for place in p[row].indices {
          let (mine, its) = (p[row][place], q[column][place])
          p[row][place] += rate * (error * its - penalty * mine)
          q[column][place] += rate * (error * mine - penalty * its)
        }
      }
    }
    return ((p, q, b, c), sum)
  }

  private func distance(_ result: [Float], _ expected: [Double]) -> Double {
    guard result.count == expected.count else { return .infinity }
    return zip(result, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  }
}

@Suite struct AlignedRowsTests {
  @Test func `a copy keeps its numbers when the other is written`() {
    var matrix = AlignedRows(rowCount: 3, columnCount: 5)
    let copy = matrix
    matrix.fill(Workers(threadCount: 2), chunk: 1) { row, values in
      for place in 0..<5 { values[place] = Float(10 * row + place) }
    }
    #expect(copy.elements == [Float](repeating: 0, count: 48))
    #expect(matrix.row(2) == [20, 21, 22, 23, 24] && matrix != copy)
    #expect(matrix.column(1) == [1, 11, 21] && matrix.column(5).isEmpty)
    // The padding stays zero.
    #expect(matrix.elements[21..<32].allSatisfy { $0 == 0 } && matrix.stride == 16)
  }

  @Test func `holds nothing where there are no rows or no columns`() {
    #expect(AlignedRows(rowCount: 0, columnCount: 7).elements.isEmpty)
    #expect(AlignedRows(rowCount: 4, columnCount: 0).row(3).isEmpty)
  }
}
