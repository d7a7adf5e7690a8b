import RecKernels

/// The leading eigenpairs of `B = Aᵀ A`, by block Lanczos with full re-orthogonalisation and thick restarts.
///
/// The eigenpairs of `B` within a block Krylov space (its Ritz pairs) converge to the leading ones of `B`. G. H. Golub &
/// R. Underwood, "The block Lanczos method for computing eigenvalues", 1977, doi:10.1016/B978-0-12-587260-7.50018-2; restarts
/// after K. Wu & H. Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems", 2000,
/// doi:10.1137/S0895479898334605. Here the projection of `B` is taken from the products themselves, not from the block
/// recurrence, so that dropped directions, fresh blocks and restarts need no special case.
struct KrylovSVD<Operator: LinearOperator> {
  /// The leading Ritz vectors, which are right singular vectors of `A`; some may belong to the value zero.
  struct Outcome {
    /// `columnCount × number`, row-major, by descending value.
    let vectors: [Double]
    /// The singular value that belongs to each; (number,).
    let values: [Double]
    let number: Int
    let iterations: Int
    let residual: Double
  }

  private let matrix: Operator
  private let rank: Int
  private let accuracy: SVDAccuracy
  private let seed: UInt64
  private let execution: Execution
  private let blockWidth: Int
  private let capacity: Int

  /// For an operator with `columnCount <= rowCount` and a rank of at least 1.
  init(_ matrix: Operator, rank: Int, accuracy: SVDAccuracy, seed: UInt64, execution: Execution) {
    let length = matrix.columnCount
    self.matrix = matrix
    self.rank = min(rank, length)
    self.accuracy = accuracy
    self.seed = seed
    self.execution = execution
    blockWidth = min(length, accuracy == .fast || length >= 8000 ? 16 : 8)
    capacity = min(length, 3 * self.rank + 24 * blockWidth)
  }

  /// The basis from which a fast decomposition is taken, without testing it.
  ///
  /// A block Krylov space is exact to 1 + ε after log(n) / √ε steps (C. Musco & C. Musco, "Randomized block Krylov methods
  /// for stronger and faster approximate singular value decomposition", 2015, arXiv:1504.05477). Three times the rank and a block made
  /// the values better than those of scikit-learn's `randomized_svd` on all data that were tried.
  private var fastCount: Int { min(length, (3 * rank / blockWidth + 2) * blockWidth) }
  private var length: Int { matrix.columnCount }

  /// Iterates until each singular value's estimated relative error is within the tolerance, or nothing is left to find.
  func run() throws(Cancelled) -> Outcome {
    let workers = execution.workers
    let tolerance = accuracy.tolerance
    var basis = KrylovBasis(length: length, capacity: capacity)
    var schedule = ConvergenceSchedule(firstCount: rank + 4 * blockWidth, tolerance: tolerance)
    var leadingAtBreakdown: [Double]?
    var largest = 0.0
    var iterations = 0
    var (block, width) = orthonormalBlock(startingBlock(), width: blockWidth, floor: 0, against: basis)
    try execution.checkpoint()
    while true {
      if width == 0 {
        // The basis spans an invariant space. A fresh random block looks for what that space misses (further copies of a
        // multiple value, say); once such a block has changed nothing, there is nothing left.
        let ritz = try ritzPairs(basis, remainder: [], width: 0)
        let leading = ritz.leading(rank)
        let room = min(blockWidth, length - basis.count, capacity - basis.count)
        if let before = leadingAtBreakdown, zip(before, leading).allSatisfy({ abs($0 - $1) <= 1e-12 * largest }) {
          return outcome(ritz, basis, iterations, residual: 0)
        }
        leadingAtBreakdown = leading
        if room > 0 {
          (block, width) = orthonormalBlock(
            randomBlock(length, room, round: iterations + 1), width: room, floor: 0, against: basis)
        }
        if width == 0 { return outcome(ritz, basis, iterations, residual: 0) }
      }
      basis.append(block, width: width)
      iterations += 1

      var product = [Double](repeating: 0, count: matrix.rowCount * width)
      matrix.apply(block, width: width, into: &product, execution: execution)
      matrix.applyTransposed(product, width: width, into: &block, execution: execution)
      try execution.checkpoint()
      let coefficients = basis.project(&block, width: width, workers: workers)
      basis.setLastColumns(coefficients, width: width)
      largest = max(largest, basis.largestDiagonal)
      let remainder = gramMatrix(block, width: width, workers: workers)
      try execution.checkpoint()

      let isFull = basis.count + blockWidth > capacity
      if basis.count == length {
        let ritz = try ritzPairs(basis, remainder: remainder, width: width)
        return outcome(ritz, basis, iterations, residual: 0)
      }
      if accuracy == .fast, basis.count >= fastCount {
        let ritz = try ritzPairs(basis, remainder: remainder, width: width)
        return outcome(ritz, basis, iterations, residual: ritz.relativeError(rank))
      }
      if accuracy != .fast || isFull, basis.count >= rank, isFull || schedule.isDue(at: basis.count) {
        let ritz = try ritzPairs(basis, remainder: remainder, width: width)
        let error = ritz.relativeError(rank)
        if error <= tolerance { return outcome(ritz, basis, iterations, residual: error) }
        schedule.record(error, at: basis.count, step: blockWidth)
        if isFull {
          basis.restart(ritz, number: min(rank + 2 * blockWidth, capacity - 2 * blockWidth), workers: workers)
          schedule.restart(at: basis.count)
        }
      }
      execution.report(Progress(label: "svd", fraction: schedule.fraction(at: basis.count)))
      (block, width) = orthonormalBlock(
        block, width: width, gram: remainder, floor: 1e-24 * largest * largest, against: basis)
      try execution.checkpoint()
    }
  }

  /// A large eigenproblem takes long and cannot be interrupted: it is left to finish elsewhere if the work is cancelled.
  private func ritzPairs(_ basis: KrylovBasis, remainder: [Double], width: Int) throws(Cancelled) -> RitzPairs {
    let (matrix, order) = (basis.matrix, basis.count)
    if order <= 400 { return RitzPairs(matrix, order: order, remainder: remainder, width: width) }
    return try execution.abandonable { RitzPairs(matrix, order: order, remainder: remainder, width: width) }
  }

  private func outcome(_ ritz: RitzPairs, _ basis: KrylovBasis, _ iterations: Int, residual: Double) -> Outcome {
    let number = min(rank, basis.count)
    let vectors = basis.combined(ritz.coordinates(number), number: number, workers: execution.workers)
    let values = ritz.leading(number).map { max(0, $0).squareRoot() }
    return Outcome(vectors: vectors, values: values, number: number, iterations: iterations, residual: residual)
  }

  /// An orthonormal block, orthogonal to the basis, from one that was projected once: what that pass left of the basis is
  /// magnified by the scaling, so that a second pass follows. "Twice is enough" (Parlett 1998, section 6.9).
  private func orthonormalBlock(
    _ block: [Double], width: Int, gram: [Double]? = nil, floor: Double, against basis: KrylovBasis
  ) -> (block: [Double], width: Int) {
    let workers = execution.workers
    let gram = gram ?? gramMatrix(block, width: width, workers: workers)
    var (once, kept) = orthonormalized(block, width: width, gram: gram, floor: floor, workers: workers)
    guard kept > 0 else { return ([], 0) }
    // One pass leaves some 10⁻¹⁰ of the basis, which is nothing to an approximation.
    if accuracy != .fast { _ = basis.project(&once, width: kept, workers: workers) }
    let second = gramMatrix(once, width: kept, workers: workers)
    return orthonormalized(once, width: kept, gram: second, floor: 0.01, workers: workers)
  }

  /// `Aᵀ` times a random block: one product further along than a random block itself.
  private func startingBlock() -> [Double] {
    let random = randomBlock(matrix.rowCount, blockWidth, round: 0)
    var block = [Double](repeating: 0, count: matrix.columnCount * blockWidth)
    matrix.applyTransposed(random, width: blockWidth, into: &block, execution: execution)
    return block
  }

  /// Numbers between -1 and 1; `length × width`.
  private func randomBlock(_ length: Int, _ width: Int, round: Int) -> [Double] {
    var block = [Double](repeating: 0, count: length * width)
    let (seed, purpose) = (seed, CounterRandom.Purpose("svd block"))
    execution.workers.fill(&block, chunk: 8192) { range, chunk in
      var index = 0
      while index < range.count {
        let position = UInt64(range.lowerBound + index)
        let bits = CounterRandom.four(seed: seed, purpose: purpose, UInt64(round), position)
        for lane in 0..<min(4, range.count - index) {
          chunk[index + lane] = 2 * CounterRandom.unit(bits[lane]) - 1
        }
        index += 4
      }
    }
    return block
  }
}
