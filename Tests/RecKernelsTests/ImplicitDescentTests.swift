import RecKernels
import Testing

@Suite struct ImplicitDescentTests {
  private let rate = 0.03
  private let penalty = 0.05

  @Test(arguments: [1, 15, 16, 17, 33, 48]) func `steps as Koren's equations say`(rank: Int) {
    var random = TestRandom(UInt64(rank))
    for (rows, columns, share) in [(1, 1, 1), (1, 7, 0.8), (6, 1, 1), (8, 11, 0.5), (8, 11, 0)] as [(Int, Int, Float)] {
      let ratings = pattern(rows, columns, share, &random)
      let implicit = pattern(rows, columns, 0.4, &random)
      let values = random.floats(ratings.columns.count)
      let start = factors(rows, columns, rank, &random)
      var result = start
      let sum = result.descend(
        offsets: ratings.offsets.span, columns: ratings.columns.span, values: values.span,
        implicitOffsets: implicit.offsets.span, implicitColumns: implicit.columns.span, rows: 0..<rows,
        rate: Float(rate), regularization: Float(penalty))
      let expected = twin(ratings, values, implicit, start)
      // Some tens of steps, each rounded to 24 bits.
      for row in 0..<rows { #expect(distance(result.rows.row(row), expected.p[row]) < 1e-5) }
      for column in 0..<columns {
        #expect(distance(result.columns.row(column), expected.q[column]) < 1e-5)
        #expect(distance(result.implicit.row(column), expected.y[column]) < 1e-5)
      }
      #expect(distance(result.rowBiases, expected.b) < 1e-5 && distance(result.columnBiases, expected.c) < 1e-5)
      #expect(abs(sum - expected.sum) < 1e-4 * max(1, expected.sum))
      for clone in KernelClone.available {
        var other = start
        _ = other.descend(
          offsets: ratings.offsets.span, columns: ratings.columns.span, values: values.span,
          implicitOffsets: implicit.offsets.span, implicitColumns: implicit.columns.span, rows: 0..<rows,
          rate: Float(rate), regularization: Float(penalty), clone: clone)
        #expect(other == result)
      }
    }
  }

  private typealias Pattern = (offsets: [Int], columns: [Int32])

  private func pattern(_ rows: Int, _ columns: Int, _ share: Float, _ random: inout TestRandom) -> Pattern {
    var pattern: Pattern = ([0], [])
    for _ in 0..<rows {
      for column in 0..<columns where Float.random(in: 0...1, using: &random) <= share {
        pattern.columns.append(Int32(column))
      }
      pattern.offsets.append(pattern.columns.count)
    }
    return pattern
  }

  private func factors(_ rows: Int, _ columns: Int, _ rank: Int, _ random: inout TestRandom) -> ImplicitFactors {
    ImplicitFactors(
      rows: matrix(rows, rank, &random), columns: matrix(columns, rank, &random),
      implicit: matrix(columns, rank, &random))
  }

  /// Every y after every step, in Double, as the equations are written.
  private func twin(
    _ ratings: Pattern, _ values: [Float], _ implicit: Pattern, _ start: ImplicitFactors
  ) -> (p: [[Double]], q: [[Double]], y: [[Double]], b: [Double], c: [Double], sum: Double) {
    func doubles(_ rows: AlignedRows) -> [[Double]] { (0..<rows.rowCount).map { rows.row($0).map(Double.init) } }
    var (p, q, y) = (doubles(start.rows), doubles(start.columns), doubles(start.implicit))
    var (b, c) = ([Double](repeating: 0, count: p.count), [Double](repeating: 0, count: q.count))
    var sum = 0.0
    for row in p.indices {
      let own = implicit.columns[implicit.offsets[row]..<implicit.offsets[row + 1]].map { Int($0) }
      let root = Double(own.count).squareRoot()
      for entry in ratings.offsets[row]..<ratings.offsets[row + 1] {
        let column = Int(ratings.columns[entry])
        let s = p[row].indices.map { place in own.reduce(0) { $0 + y[$1][place] } / max(1, root) }
        let product = p[row].indices.reduce(0) { $0 + q[column][$1] * (p[row][$1] + s[$1]) }
        let error = Double(values[entry]) - (b[row] + c[column] + product)
        sum += error * error
        b[row] += rate * (error - penalty * b[row])
        c[column] += rate * (error - penalty * c[column])
        for place in s.indices {
          let (mine, its) = (p[row][place], q[column][place])
          p[row][place] += rate * (error * its - penalty * mine)
          q[column][place] += rate * (error * (mine + s[place]) - penalty * its)
          for other in own { y[other][place] += rate * (error * its / root - penalty * y[other][place]) }
        }
      }
    }
    return (p, q, y, b, c, sum)
  }
}

@Suite struct MultiplicativeUpdatesTests {
  @Test(arguments: [1, 15, 16, 17, 32, 33, 100], [MultiplicativeUpdates.Loss.squares, .divergence])
  func `multiplies by the ratio of Lee and Seung`(rank: Int, loss: MultiplicativeUpdates.Loss) {
    var random = TestRandom(UInt64(rank))
    for (rows, columns) in [(0, 3), (1, 1), (5, 1), (1, 6), (70, 9)] {
      var offsets = [0]
      var indices: [Int32] = []
      for _ in 0..<rows {
        for column in 0..<columns where Bool.random(using: &random) { indices.append(Int32(column)) }
        offsets.append(indices.count)
      }
      let values = random.floats(indices.count).map { abs($0) }
      let p = positive(rows, rank, &random)
      let q = positive(columns, rank, &random)
      func run(threads: Int, clone: KernelClone?) -> (rows: AlignedRows, squaredErrors: Double) {
        MultiplicativeUpdates.updated(
          p, against: q, offsets: offsets.span, columnIndices: indices.span, values: values.span, loss: loss,
          regularization: 0.1, workers: Workers(threadCount: threads), cancellation: Cancellation(), clone: clone)
      }
      let result = run(threads: 1, clone: nil)
      var sum = 0.0
      for row in 0..<rows {
        let entries = offsets[row]..<offsets[row + 1]
        let mine = p.row(row).map(Double.init)
        var up = [Double](repeating: 0, count: rank)
        var down = mine.map { 0.1 * Double(entries.count) * $0 }
        for entry in entries {
          let its = q.row(Int(indices[entry])).map(Double.init)
          let estimate = zip(mine, its).reduce(0) { $0 + $1.0 * $1.1 }
          let value = Double(values[entry])
          sum += (value - estimate) * (value - estimate)
          for place in 0..<rank {
            up[place] += (loss == .squares ? value : value / estimate) * its[place]
            down[place] += (loss == .squares ? estimate : 1) * its[place]
          }
        }
        let expected = entries.isEmpty ? mine : mine.indices.map { mine[$0] * up[$0] / down[$0] }
        // Sums of a few positive numbers, each rounded to 24 bits.
        #expect(distance(result.rows.row(row), expected) < 1e-5 * max(1, expected.max() ?? 0))
      }
      #expect(abs(result.squaredErrors - sum) < 1e-4 * max(1, sum))
      for clone in KernelClone.available {
        for threads in [1, 2, 7] {
          let other = run(threads: threads, clone: clone)
          #expect(other.rows == result.rows && other.squaredErrors == result.squaredErrors)
        }
      }
    }
  }
}

private func matrix(_ rows: Int, _ rank: Int, _ random: inout TestRandom) -> AlignedRows {
  let values = (0..<rows).map { _ in random.floats(rank) }
  var matrix = AlignedRows(rowCount: rows, columnCount: rank)
  matrix.fill(Workers(threadCount: 1)) { row, span in for place in 0..<rank { span[place] = values[row][place] } }
  return matrix
}

private func positive(_ rows: Int, _ rank: Int, _ random: inout TestRandom) -> AlignedRows {
  var matrix = matrix(rows, rank, &random)
  matrix.fill(Workers(threadCount: 1)) { _, span in for place in 0..<rank { span[place] = abs(span[place]) } }
  return matrix
}

private func distance(_ result: [Float], _ expected: [Double]) -> Double {
  guard result.count == expected.count else { return .infinity }
  return zip(result, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
}
