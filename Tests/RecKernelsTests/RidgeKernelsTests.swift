import RecAlgebra
import RecKernels
import Testing

/// The kernels of alternating least squares against sums written out and Gaussian elimination in Double.
@Suite struct RidgeKernelsTests {
  /// Rows of 0, 1, 3, 16, 17 and more entries; ranks around 16; more entries in a row than fit the gathered ones.
  struct Case: Sendable, CustomTestStringConvertible {
    let rank: Int
    let isImplicit: Bool
    let countsEntries: Bool
    var testDescription: String {
      "k=\(rank) \(isImplicit ? "implicit" : "explicit") \(countsEntries ? "by count" : "plain")"
    }
  }

  static let cases: [Case] = [1, 2, 4, 15, 16, 17, 31, 33, 50, 64].flatMap { rank in
    [(false, true), (true, false), (true, true)].map {
      Case(rank: rank, isImplicit: $0.0, countsEntries: $0.1)
    }
  }
  private static let lengths = [0, 1, 3, 4, 5, 8, 12, 16, 17, 31, 32, 33, 70, 90]

  private struct System {
    let rows: SparseRows
    let factors: DenseMatrix
    let base: [Float]
    let problem: RidgeKernels.Problem
    /// A and b of each row, in Double; (rank × rank,) and (rank,).
    let plain: [(matrix: [[Double]], right: [Double])]
  }

  private func system(_ edge: Case) -> System {
    var random = TestRandom(UInt64(edge.rank))
    let items = 90
    let factors = DenseMatrix(rows: (0..<items).map { _ in random.floats(edge.rank) })
    var entries: [(row: Int32, column: Int32, value: Float)] = []
    for (row, length) in Self.lengths.enumerated() {
      for column in (0..<items).shuffled(using: &random).prefix(length).sorted() {
        let value = edge.isImplicit ? Float(Int.random(in: -2...5, using: &random)) : random.floats(1)[0]
        entries.append((Int32(row), Int32(column), value))
      }
    }
    let rows = SparseRows.counting(
      rows: entries.map(\.row), columns: entries.map(\.column), values: entries.map(\.value),
      rowCount: Self.lengths.count, columnCount: items)
    let problem = RidgeKernels.Problem(
      rank: edge.rank, ridge: 0.5, countsEntries: edge.countsEntries, isImplicit: edge.isImplicit)
    let base = edge.isImplicit ? factors.gram(Workers(threadCount: 1)) : []
    let plain = (0..<rows.rowCount).map { row in
      var matrix = (0..<edge.rank).map { i in
        (0..<edge.rank).map { j in base.isEmpty ? 0 : Double(base[i * factors.stride + j]) }
      }
      var right = [Double](repeating: 0, count: edge.rank)
      var count = 0.0
      for entry in rows.row(row) {
        let value = Double(rows.values[entry])
        let y = factors.row(Int(rows.columns[entry])).map { Double($0) }
        let weight = edge.isImplicit ? abs(value) : 1
        let target = edge.isImplicit ? (value > 0 ? 1 + value : 0) : value
        if !edge.isImplicit || value > 0 { count += 1 }
        for i in 0..<edge.rank {
          right[i] += target * y[i]
          for j in 0..<edge.rank { matrix[i][j] += weight * y[i] * y[j] }
        }
      }
      for i in 0..<edge.rank { matrix[i][i] += edge.countsEntries ? 0.5 * count : 0.5 }
      return (matrix, right)
    }
    return System(rows: rows, factors: factors, base: base, problem: problem, plain: plain)
  }

  @Test(arguments: cases) func `solves each row exactly`(edge: Case) {
    let system = system(edge)
    var solution = DenseMatrix(rowCount: system.rows.rowCount, columnCount: edge.rank)
    let objective = system.rows.solveRidge(
      system.problem, solver: .exact, factors: system.factors, base: system.base, into: &solution,
      execution: Execution(threadCount: 1))
    expect(solution, solves: system, objective: objective, within: 2e-5)
  }

  @Test(arguments: cases) func `refines solutions to the last digits of a Float`(edge: Case) throws {
    let system = system(edge)
    let solution = try #require(
      system.rows.solveRidgeRefined(
        system.problem, factors: system.factors, base: system.base, execution: Execution(threadCount: 1)
      ) { row in
        // Only a row in which nothing is positive has no ridge, and then nothing at all to fit where k is larger.
        #expect(edge.countsEntries, "row \(row) needs no fallback")
        return [Float](repeating: 0, count: edge.rank)
      })
    expect(solution, solves: system, objective: nil, within: 2.5e-7)
  }

  @Test(arguments: cases) func `conjugate gradients come to the exact solution`(edge: Case) {
    let system = system(edge)
    var solution = start(system)
    // In exact arithmetic k steps are enough.
    let objective = system.rows.solveRidge(
      system.problem, solver: .gradients(steps: 4 * edge.rank + 10), factors: system.factors, base: system.base,
      into: &solution, execution: Execution(threadCount: 1))
    expect(solution, solves: system, objective: objective, within: 2e-4)
  }

  @Test(arguments: cases) func `sweeps over blocks come to the exact solution`(edge: Case) {
    let system = system(edge)
    var solution = start(system)
    var objective = 0.0
    for _ in 0..<(edge.rank <= 16 ? 1 : 200) {
      objective = system.rows.solveRidge(
        system.problem, solver: .blocks(of: 16), factors: system.factors, base: system.base, into: &solution,
        execution: Execution(threadCount: 1))
    }
    expect(solution, solves: system, objective: objective, within: 2e-4)
  }

  @Test(arguments: [RidgeSolver.gradients(steps: 3), .blocks(of: 16)], [1, 17, 40])
  func `no step makes the minimised value larger`(solver: RidgeSolver, rank: Int) {
    let system = system(Case(rank: rank, isImplicit: true, countsEntries: false))
    var solution = start(system)
    var values: [Double] = []
    for _ in 0..<6 {
      values.append(
        system.rows.solveRidge(
          system.problem, solver: solver, factors: system.factors, base: system.base, into: &solution,
          execution: Execution(threadCount: 1)))
      #expect(abs(values[values.count - 1] - value(of: solution, in: system)) < 1e-4 * abs(values[0]))
    }
    #expect(zip(values, values.dropFirst()).allSatisfy { $1 <= $0 + 1e-6 * abs($0) })
  }

  @Test(arguments: cases) func `gives the same bits in each clone and for any cut of the rows`(edge: Case) {
    let system = system(edge)
    let (rows, stride, count) = (system.rows, system.problem.stride, system.rows.rowCount)
    func run(_ cuts: [Int], _ clone: KernelClone?) -> [[UInt32]] {
      var results: [[Float]] = []
      for kind in 0..<4 {
        var solution = start(system)
        for (first, last) in zip(cuts, cuts.dropFirst()) {
          var values = [Double](repeating: 0, count: last - first)
          var all = solution.storage.mutableSpan
          var own = all._mutatingExtracting(first * stride..<last * stride)
          var objective = values.mutableSpan
          switch kind {
          case 0:
            RidgeKernels.gradients(
              system.problem, rows: first..<last, offsets: rows.offsets.span, columns: rows.columns.span,
              values: rows.values.span, factors: system.factors.rows, base: system.base.span, steps: 3, into: &own,
              objective: &objective, clone: clone)
          case 1:
            RidgeKernels.exact(
              system.problem, rows: first..<last, offsets: rows.offsets.span, columns: rows.columns.span,
              values: rows.values.span, factors: system.factors.rows, base: system.base.span, into: &own,
              objective: &objective, clone: clone)
          case 2:
            RidgeKernels.blocks(
              system.problem, rows: first..<last, offsets: rows.offsets.span, columns: rows.columns.span,
              values: rows.values.span, factors: system.factors.rows, base: system.base.span, block: 16, into: &own,
              objective: &objective, clone: clone)
          default:
            _ = RidgeKernels.refined(
              system.problem, rows: first..<last, offsets: rows.offsets.span, columns: rows.columns.span,
              values: rows.values.span, factors: system.factors.rows, base: system.base.span, into: &own, clone: clone)
          }
        }
        results.append(solution.storage)
      }
      return results.map { $0.map(\.bitPattern) }
    }
    let expected = run([0, count], nil)
    for clone in KernelClone.available { #expect(run([0, count], clone) == expected) }
    // A row that cannot be refined ends its cut, so that those behind it are done only where they are cut off.
    if !edge.countsEntries { #expect(run([0, 1, 2, 5, count], nil) == expected) }
  }

  @Test(arguments: [0, 1, 5, 16, 511, 512, 1100], [1, 4, 16, 23])
  func `the product of factors with themselves is the sum over rows`(count: Int, rank: Int) {
    var random = TestRandom(UInt64(count))
    var matrix = DenseMatrix(rowCount: count, columnCount: rank)
    for row in 0..<count { for column in 0..<rank { matrix[row, column] = random.floats(1)[0] } }
    let gram = matrix.gram(Workers(threadCount: 1))
    for i in 0..<rank {
      for j in 0..<rank {
        let terms = (0..<count).map { Double(matrix[$0, i]) * Double(matrix[$0, j]) }
        // In Float: 32 sums within a block, 16 blocks, the products and the result.
        let bound = 50 * 0x1p-24 * terms.reduce(0) { $0 + abs($1) }
        #expect(abs(Double(gram[i * matrix.stride + j]) - terms.reduce(0, +)) <= bound)
      }
    }
    #expect(matrix.gram(Workers(threadCount: 7)) == gram)
  }

  // MARK: Plain twins

  private func start(_ system: System) -> DenseMatrix {
    var random = TestRandom(5)
    return DenseMatrix(rows: (0..<system.rows.rowCount).map { _ in random.floats(system.problem.rank) })
  }

  private func expect(
    _ solution: DenseMatrix, solves system: System, objective: Double?, within tolerance: Double
  ) {
    var minimum = 0.0
    for (row, plain) in system.plain.enumerated() {
      // A system without ridge and with too few entries is open; nothing is promised of its solution here.
      guard plain.matrix[0][0] > 0, !system.problem.countsEntries || hasPositive(system, row) else {
        #expect(system.rows.row(row).isEmpty ? solution.row(row).allSatisfy { $0 == 0 } : true)
        continue
      }
      let exact = eliminate(plain.matrix, plain.right)
      // Where nothing is liked the solution is zero, up to the digits of the numbers that the steps start from.
      let largest = max(1e-2, exact.map { abs($0) }.max() ?? 0)
      for (mine, its) in zip(solution.row(row), exact) { #expect(abs(Double(mine) - its) <= tolerance * largest) }
      minimum -= zip(plain.right, exact).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for row in 0..<solution.rowCount {
      let padding = solution.storage[solution.rowRange(row).upperBound..<(row + 1) * solution.stride]
      #expect(padding.allSatisfy { $0 == 0 })
    }
    if let objective { #expect(abs(objective - minimum) <= 2e-4 * abs(minimum)) }
  }

  private func hasPositive(_ system: System, _ row: Int) -> Bool {
    !system.problem.isImplicit
      ? !system.rows.row(row).isEmpty : system.rows.row(row).contains { system.rows.values[$0] > 0 }
  }

  /// Σ xᵀAx − 2bᵀx.
  private func value(of solution: DenseMatrix, in system: System) -> Double {
    system.plain.enumerated().reduce(0) { sum, own in
      if system.rows.row(own.offset).isEmpty { return sum }
      let x = solution.row(own.offset).map { Double($0) }
      let image = own.element.matrix.map { zip($0, x).reduce(0) { $0 + $1.0 * $1.1 } }
      return sum + zip(x, zip(image, own.element.right)).reduce(0) { $0 + $1.0 * ($1.1.0 - 2 * $1.1.1) }
    }
  }

  /// Gaussian elimination with pivots.
  private func eliminate(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    let n = right.count
    var rows = (0..<n).map { matrix[$0] + [right[$0]] }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let share = rows[row][column] / rows[column][column]
        for place in column...n { rows[row][place] -= share * rows[column][place] }
      }
    }
    return (0..<n).map { rows[$0][n] / rows[$0][$0] }
  }
}
