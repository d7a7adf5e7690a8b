package import RecKernels

/// How the ridge regressions of rows are solved.
package enum RidgeSolver: Sendable, Equatable {
  /// Steps of conjugate gradients from what there is.
  case gradients(steps: Int)
  /// Cholesky factors.
  case exact
  /// One sweep over blocks of unknowns from what there is.
  case blocks(of: Int)
}

extension SparseRows {
  /// Solves the ridge regressions of all rows on the factors of the columns; see `RidgeKernels`.
  ///
  /// - Parameters:
  ///   - factors: `columnCount × rank`.
  ///   - base: what every row's matrix begins with, (stride × stride,); empty for zero.
  ///   - solution: `rowCount × rank`; where the solver starts, and the result.
  ///   - report: called with the share of the rows that is done, from any thread.
  /// - Returns: the sum of the minimised values, without those parts that no x changes. Cancelled, some rows are left as
  ///   they were, and the sum is of no use.
  package func solveRidge(
    _ problem: RidgeKernels.Problem, solver: RidgeSolver, factors: DenseMatrix, base: [Float],
    into solution: inout DenseMatrix, execution: Execution, report: @escaping @Sendable (Double) -> Void = { _ in }
  ) -> Double {
    check(problem, factors, solution)
    let bounds = ridgeBounds(problem, solver)
    let aligned = AlignedFloats(factors.storage)
    let done = ProgressCounter(
      label: "", total: rowCount,
      Execution(workers: execution.workers, cancellation: execution.cancellation) { report($0.fraction ?? 0) })
    let sums = execution.workers.mapRows(of: &solution.storage, stride: problem.stride, bounds: bounds) {
      rows, solution in
      if execution.cancellation.isCancelled { return 0.0 }
      var objectives = [Double](repeating: 0, count: rows.count)
      var objective = objectives.mutableSpan
      switch solver {
      case .gradients(let steps):
        RidgeKernels.gradients(
          problem, rows: rows, offsets: offsets.span, columns: columns.span, values: values.span,
          factors: aligned.span, base: base.span, steps: steps, into: &solution, objective: &objective)
      case .exact:
        RidgeKernels.exact(
          problem, rows: rows, offsets: offsets.span, columns: columns.span, values: values.span,
          factors: aligned.span, base: base.span, into: &solution, objective: &objective)
      case .blocks(let block):
        RidgeKernels.blocks(
          problem, rows: rows, offsets: offsets.span, columns: columns.span, values: values.span,
          factors: aligned.span, base: base.span, block: block, into: &solution, objective: &objective)
      }
      done.add(rows.count)
      return objectives.reduce(0, +)
    }
    return sums.reduce(0, +)
  }

  /// The exact solutions for all rows, each with the bits that `refinedRidge` gives for it alone.
  ///
  /// - Parameter fallback: solves a row whose system is nearly singular; (rank,).
  /// - Returns: `rowCount × rank`; nil if cancelled.
  package func solveRidgeRefined(
    _ problem: RidgeKernels.Problem, factors: DenseMatrix, base: [Float], execution: Execution,
    fallback: @Sendable (Int) -> [Float]
  ) -> DenseMatrix? {
    var solution = DenseMatrix(rowCount: rowCount, columnCount: problem.rank)
    check(problem, factors, solution)
    let bounds = ridgeBounds(problem, .exact)
    let aligned = AlignedFloats(factors.storage)
    _ = execution.workers.mapRows(of: &solution.storage, stride: problem.stride, bounds: bounds) { rows, solution in
      var next = rows.lowerBound
      while next < rows.upperBound, !execution.cancellation.isCancelled {
        let start = (next - rows.lowerBound) * problem.stride
        var rest = solution._mutatingExtracting(start..<rows.count * problem.stride)
        next = RidgeKernels.refined(
          problem, rows: next..<rows.upperBound, offsets: offsets.span, columns: columns.span, values: values.span,
          factors: aligned.span, base: base.span, into: &rest)
        guard next < rows.upperBound else { break }
        let place = (next - rows.lowerBound) * problem.stride
        for (factor, value) in fallback(next).enumerated() { solution[place + factor] = value }
        next += 1
      }
    }
    return execution.cancellation.isCancelled ? nil : solution
  }

  private func check(_ problem: RidgeKernels.Problem, _ factors: DenseMatrix, _ solution: DenseMatrix) {
    precondition(factors.rowCount == columnCount && solution.rowCount == rowCount, "factors of each row and column")
    precondition(factors.columnCount == problem.rank && solution.columnCount == problem.rank, "all have one rank")
  }

  /// Cuts the rows into stretches of about eight million products each.
  private func ridgeBounds(_ problem: RidgeKernels.Problem, _ solver: RidgeSolver) -> [Int] {
    let rank = problem.stride
    let (entryCost, rowCost) =
      switch solver {
      case .gradients(let steps): (2 * (steps + 1) * rank, (steps + 1) * rank * rank)
      case .exact: (rank * rank / 2, rank * rank * rank / 6 + rank * rank)
      case .blocks(let block): (rank * (block / 2 + 2), rank * block * block / 6 + 2 * rank * rank)
      }
    var bounds = [0]
    var cost = 0
    for row in 0..<rowCount {
      cost += rowCost + self.row(row).count * entryCost
      guard cost >= 1 << 23 else { continue }
      bounds.append(row + 1)
      cost = 0
    }
    if bounds.last != rowCount { bounds.append(rowCount) }
    return bounds
  }
}

extension DenseMatrix {
  /// The sum of the products of rows with themselves, `columnCount × columnCount` in rows of `stride`, both triangles.
  ///
  /// Float within 512 rows, Double between them; the same bits for any number of threads and on every processor.
  package func gram(_ workers: Workers) -> [Float] {
    let size = stride * stride
    guard columnCount > 0 else { return [] }
    // Few chunks, as each has a sum of its own, and fewer of large ones.
    let chunk = max(512, rowCount / (stride < 512 ? 16 : 4) + 1)
    let sums = workers.sum(rowCount, chunk: chunk, elements: size) { rows, sum in
      var part = [Float](repeating: 0, count: size)
      for start in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 512) {
        for place in part.indices { part[place] = 0 }
        var span = part.mutableSpan
        let end = min(rows.upperBound, start + 512)
        RidgeKernels.addGram(
          of: self.rows.extracting(start * stride..<end * stride), rank: columnCount, to: &span)
        for place in part.indices { sum[place] += Double(part[place]) }
      }
    }
    var gram = [Float](repeating: 0, count: size)
    for row in 0..<columnCount {
      for column in row..<columnCount {
        let value = Float(sums[row * stride + column])
        gram[row * stride + column] = value
        gram[column * stride + row] = value
      }
    }
    return gram
  }
}
