internal import RecAlgebra
internal import RecKernels

/// The regression of a user's signals on the factors of the items, which a user's factors are the solution of.
///
/// A user who was trained on is solved by it too, as the last half step of the training, so that the same history always
/// has the same bits. Saved without the items' products, which are made again.
struct ItemRegression: Sendable, Codable {
  let objective: ALSObjective
  let scorer: BilinearScorer
  /// What every user's matrix begins with, (stride × stride,): Σ y yᵀ over all items where implicit, else empty.
  private let base: [Float]

  private enum CodingKeys: String, CodingKey { case objective, scorer }

  init(_ objective: ALSObjective, _ scorer: BilinearScorer, _ workers: Workers = Workers(threadCount: 1)) {
    self.objective = objective
    self.scorer = scorer
    base = objective.isImplicit ? scorer.itemFactors.gram(workers) : []
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(ALSObjective.self, forKey: .objective),
      try container.decode(BilinearScorer.self, forKey: .scorer))
    guard scorer.rank > 0 else { throw decoder.corrupted("there are no factors") }
  }

  private var rank: Int { scorer.rank }

  /// The factors of users with these signals, one row each; nil if cancelled.
  func solve(_ rows: SparseRows, _ execution: Execution) -> DenseMatrix? {
    rows.solveRidgeRefined(
      objective.problem(rank: rank), factors: scorer.itemFactors, base: base, execution: execution
    ) { row in
      let entries = rows.row(row)
      let (items, signals) = (Array(rows.columns[entries]), Array(rows.values[entries]))
      let right = (0..<rank).map { factor in
        zip(items, signals).reduce(0) {
          $0 + objective.terms($1.1).target * Double(scorer.itemFactors[Int($1.0), factor])
        }
      }
      return solve(items, signals, right: right).map { Float($0) }
    }
  }

  /// The factors of one user, (rank,).
  func solve(_ items: [Int32], _ signals: [Float]) -> ArraySlice<Float> {
    let row = SparseRows(
      rowCount: 1, columnCount: scorer.itemCount, offsets: [0, items.count], columns: items, values: signals)
    let execution = Execution(threadCount: 1)
    return solve(row, execution)?.row(0) ?? []
  }

  /// What each of a user's signals adds to the product of factors for an item: t yᵀ A⁻¹ y, in Double (Hu et al., section 5).
  func shares(of items: [Int32], _ signals: [Float], in item: Int) -> [Double] {
    let solved = solve(items, signals, right: scorer.itemFactors.row(item).map { Double($0) })
    return zip(items, signals).map { rated, signal in
      objective.terms(signal).target
        * zip(scorer.itemFactors.row(Int(rated)), solved).reduce(0) {
          $0 + Double($1.0) * $1.1
        }
    }
  }

  /// The solution of a user's system for another right side, in Double; of a singular one the shortest.
  private func solve(_ items: [Int32], _ signals: [Float], right: [Double]) -> [Double] {
    let ridge = objective.ridge(signals)
    var scaled = [Double](repeating: 0, count: items.count * rank)
    for (place, item) in items.enumerated() {
      let root = objective.terms(signals[place]).weight.squareRoot()
      for (factor, value) in scorer.itemFactors.row(Int(item)).enumerated() {
        scaled[place * rank + factor] = root * Double(value)
      }
    }
    var matrix = [Double](repeating: 0, count: rank * rank)
    let stride = scorer.itemFactors.stride
    for row in 0..<rank {
      for column in 0..<rank {
        matrix[row * rank + column] = base.isEmpty ? 0 : Double(base[row * stride + column])
      }
      matrix[row * rank + row] += ridge
    }
    var output = matrix.mutableSpan
    DenseAlgebra.gram(scaled.span, stride: rank, order: rank, inner: items.count, beta: 1, into: &output)
    var factor = matrix
    var solution = right
    var factorSpan = factor.mutableSpan
    var solutionSpan = solution.mutableSpan
    if DenseAlgebra.solvePositiveDefinite(&factorSpan, order: rank, right: &solutionSpan) { return solution }
    guard let (values, vectors) = DenseAlgebra.symmetricEigen(matrix, order: rank), let largest = values.last else {
      return [Double](repeating: 0, count: rank)
    }
    var shortest = [Double](repeating: 0, count: rank)
    for (index, value) in values.enumerated() where value > 1e-12 * largest {
      let vector = vectors[index * rank..<(index + 1) * rank]
      let share = zip(vector, right).reduce(0) { $0 + $1.0 * $1.1 } / value
      for (place, entry) in vector.enumerated() { shortest[place] += share * entry }
    }
    return shortest
  }
}
