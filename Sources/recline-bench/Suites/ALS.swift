import RecAlgebra
import RecKernels

extension Suite {
  static let als = Suite("als", "half steps of alternating least squares, users and items of 6,040 × 3,706, one thread")
  {
    for count in [500_000, 1_000_000] {
      let matrix = SyntheticRatings.matrix(users: 6040, items: 3706, count: count)
      let sides = SparseOperator(matrix)
      print("  \(matrix.entryCount) ratings")
      for (name, solver, rank, isImplicit) in cases {
        let (users, items) = (factors(matrix.rowCount, rank, seed: 1), factors(matrix.columnCount, rank, seed: 2))
        let problem = RidgeKernels.Problem(rank: rank, ridge: 0.1, countsEntries: !isImplicit, isImplicit: isImplicit)
        let execution = Execution(threadCount: 1)
        var (userSide, itemSide) = (users, items)
        let seconds = bestTime(runs: 5) {
          _ = sides.matrix.solveRidge(
            problem, solver: solver, factors: items, base: isImplicit ? items.gram(execution.workers) : [],
            into: &userSide, execution: execution)
          _ = sides.transpose.solveRidge(
            problem, solver: solver, factors: users, base: isImplicit ? users.gram(execution.workers) : [],
            into: &itemSide, execution: execution)
        }
        report(
          "\(name), k = \(rank)", seconds: seconds, operations: operations(sides, solver, rank, isImplicit))
      }
    }
  }

  private static let cases: [(String, RidgeSolver, rank: Int, isImplicit: Bool)] = [
    ("explicit, exact", .exact, 50, false),
    ("implicit, three steps of gradients", .gradients(steps: 3), 64, true),
    ("implicit, three steps of gradients", .gradients(steps: 3), 128, true),
    ("implicit, exact", .exact, 64, true),
    ("implicit, exact", .exact, 128, true),
    ("implicit, blocks of 64", .blocks(of: 64), 128, true),
    ("implicit, blocks of 64", .blocks(of: 64), 256, true),
  ]

  /// Products and sums that the work needs at least: symmetric matrices by half, no padding.
  private static func operations(
    _ sides: SparseOperator, _ solver: RidgeSolver, _ rank: Int, _ isImplicit: Bool
  ) -> Double {
    let (k, base) = (Double(rank), isImplicit ? 1.0 : 0)
    return [sides.matrix, sides.transpose].reduce(0) { sum, rows in
      let (entries, count) = (Double(rows.entryCount), Double(rows.rowCount))
      switch solver {
      case .gradients(let steps):
        return sum + 2 * Double(steps + 1) * (2 * entries * k + base * count * k * k)
      case .exact: return sum + entries * k * (k + 1) + count * k * k * k / 3
      case .blocks(let block):
        let b = Double(block)
        return sum + entries * k * (b + 5) + count * k * (b * b / 3 + base * 4 * k)
      }
    }
  }

  private static func factors(_ rows: Int, _ columns: Int, seed: UInt64) -> DenseMatrix {
    let purpose = CounterRandom.Purpose("bench factors")
    var matrix = DenseMatrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        matrix[row, column] =
          Float(CounterRandom.uniform(seed: seed, purpose: purpose, UInt64(row), UInt64(column))) - 0.5
      }
    }
    return matrix
  }
}
