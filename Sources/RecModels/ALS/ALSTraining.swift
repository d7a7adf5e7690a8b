package import RecAlgebra
internal import RecKernels

/// Factors of users and items, the state of alternating least squares.
package struct ALSFactors: Sendable {
  /// users × k.
  package var users: DenseMatrix
  /// items × k.
  package var items: DenseMatrix

  package init(users: DenseMatrix, items: DenseMatrix) {
    self.users = users
    self.items = items
  }

  /// Where a training starts by chance: the side that is solved first from zero, which exact solutions do not look at.
  ///
  /// The other side, explicit as in LensKit: directions on a sphere; its radius is the root of a quarter of the scale's
  /// width, so that all is in proportion on every scale. Implicit (without a radius) as in implicit: uniform up to 0.01.
  init(users: Int, items: Int, rank: Int, beginsWithItems: Bool, seed: UInt64, radius: Double?, _ workers: Workers) {
    func random(_ rows: Int) -> DenseMatrix {
      var matrix = DenseMatrix(rowCount: rows, columnCount: rank)
      let purpose = CounterRandom.Purpose("als start")
      let stride = matrix.stride
      workers.fill(&matrix.storage, chunk: 64 * stride) { range, storage in
        for start in Swift.stride(from: 0, to: range.count, by: stride) {
          Self.fill(
            &storage, start..<start + rank, row: UInt64((range.lowerBound + start) / stride), seed: seed, purpose,
            radius: radius)
        }
      }
      return matrix
    }
    self.init(
      users: beginsWithItems ? random(users) : DenseMatrix(rowCount: users, columnCount: rank),
      items: beginsWithItems ? DenseMatrix(rowCount: items, columnCount: rank) : random(items))
  }

  private static func fill(
    _ storage: inout MutableSpan<Float>, _ range: Range<Int>, row: UInt64, seed: UInt64,
    _ purpose: CounterRandom.Purpose, radius: Double?
  ) {
    var squares = 0.0
    for (factor, place) in range.enumerated() {
      guard radius != nil else {
        let bits = CounterRandom.four(seed: seed, purpose: purpose, row, UInt64(factor / 4))
        storage[place] = Float(CounterRandom.unit(bits[factor % 4]) * 0.01)
        continue
      }
      let value = CounterRandom.normal(seed: seed, purpose: purpose, row, UInt64(factor))
      storage[place] = Float(value)
      squares += value * value
    }
    guard let radius, squares > 0 else { return }
    let scale = radius / squares.squareRoot()
    for place in range { storage[place] = Float(Double(storage[place]) * scale) }
  }
}

/// The half steps of alternating least squares, and what they minimise.
struct ALSTraining: Sendable {
  let objective: ALSObjective
  let solver: RidgeSolver
  /// Whether an epoch begins with the items, as Spark's do.
  let beginsWithItems: Bool
  /// Signals, users × items and items × users.
  let signals: SparseOperator
  private let problem: RidgeKernels.Problem
  private let execution: Execution
  /// Σ r² where explicit, Σ c p² where implicit: the part of the objective that no factor changes.
  private let constant: Double
  /// What the objective is divided by where implicit: Σ c over all pairs.
  private let totalConfidence: Double

  init(
    _ objective: ALSObjective, _ solver: RidgeSolver, _ signals: SparseOperator, rank: Int, beginsWithItems: Bool,
    _ execution: Execution
  ) {
    self.objective = objective
    self.solver = solver
    self.beginsWithItems = beginsWithItems
    self.signals = signals
    self.execution = execution
    problem = objective.problem(rank: rank)
    var constant = 0.0
    var weights = 0.0
    for signal in signals.matrix.values {
      let (weight, target) = objective.terms(signal)
      constant += objective.isImplicit ? target : target * target
      weights += weight
    }
    self.constant = constant
    totalConfidence = weights + Double(signals.rowCount) * Double(signals.columnCount)
  }

  /// Solves for one side and then for the other; gives the RMSE (explicit) or the objective per confidence (implicit).
  func epoch(_ factors: inout ALSFactors, report: @escaping @Sendable (Double) -> Void) throws(Cancelled) -> Double {
    if beginsWithItems {
      _ = half(signals.transpose, from: factors.users, into: &factors.items) { report($0 / 2) }
      try execution.checkpoint()
      let value = half(signals.matrix, from: factors.items, into: &factors.users) { report(0.5 + $0 / 2) }
      try execution.checkpoint()
      return loss(value, penalty(signals.transpose, factors.items), penalty(signals.matrix, factors.users))
    }
    _ = half(signals.matrix, from: factors.items, into: &factors.users) { report($0 / 2) }
    try execution.checkpoint()
    let value = half(signals.transpose, from: factors.users, into: &factors.items) { report(0.5 + $0 / 2) }
    try execution.checkpoint()
    return loss(value, penalty(signals.matrix, factors.users), penalty(signals.transpose, factors.items))
  }

  private func half(
    _ rows: SparseRows, from given: DenseMatrix, into solution: inout DenseMatrix,
    report: @escaping @Sendable (Double) -> Void
  ) -> Double {
    rows.solveRidge(
      problem, solver: solver, factors: given, base: objective.isImplicit ? given.gram(execution.workers) : [],
      into: &solution, execution: execution, report: report)
  }

  /// The loss by what the last half step minimised: that holds the penalty of its own side, not that of the other.
  private func loss(_ value: Double, _ other: Double, _ own: Double) -> Double {
    if objective.isImplicit { return (constant + value + other) / totalConfidence }
    return (max(0, constant + value - own) / Double(max(1, signals.matrix.entryCount))).squareRoot()
  }

  /// Σ λ‖x‖² over the rows of one side.
  private func penalty(_ rows: SparseRows, _ factors: DenseMatrix) -> Double {
    execution.workers.sum(rows.rowCount, chunk: 4096) { chunk in
      chunk.reduce(0) { sum, row in
        let own = factors.rows.extracting(row * factors.stride..<(row + 1) * factors.stride)
        let ridge = objective.countsRatings ? objective.ridge(rows.values[rows.row(row)]) : objective.regularization
        return sum + ridge * Double(VectorKernels.dot(own, own))
      }
    }
  }
}
