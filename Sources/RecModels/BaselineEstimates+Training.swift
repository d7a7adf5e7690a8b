internal import RecAlgebra
internal import RecKernels

extension BaselineEstimates {
  /// Biases by alternating least squares; the user biases are those that `userBias` computes.
  ///
  /// In turn b_i = Σ(r − μ − b_u)/(n + itemPenalty) and b_u = Σ(r − μ − b_i)/(n + userPenalty), from b_u = 0: Y. Koren,
  /// "Factor in the neighbors", TKDD 2010, doi:10.1145/1644873.1644874, as MyMediaLite and Surprise do it, whose penalties
  /// and epochs are the defaults. Each sum runs in the order of its entries, on one thread.
  static func alternating(
    _ interactions: SparseRows, userPenalty: Double = 15, itemPenalty: Double = 10, epochs: Int = 10,
    _ training: Training
  ) throws -> BaselineEstimates {
    let workers = training.execution.workers
    let mean = Self.mean(interactions)
    let byItem = interactions.transposed(workers)
    let counts = (0..<byItem.rowCount).map { Int32(byItem.row($0).count) }
    let loop = EpochLoop(label: "baseline", epochCount: epochs, lossName: "rmse", stopsEarly: false, training)
    var kept = [Double](repeating: 0, count: byItem.rowCount)
    let start = [Double](repeating: 0, count: interactions.rowCount)
    _ = try loop.run(from: start, recommender: { _ in preconditionFailure("nothing is held out") }) { biases, _ in
      let itemBiases = Self.damped(byItem, others: biases, mean, penalty: itemPenalty, workers)
      try training.execution.checkpoint()
      biases = Self.damped(interactions, others: itemBiases, mean, penalty: userPenalty, workers)
      kept = itemBiases
      return nil
    }
    return BaselineEstimates(mean: mean, itemBiases: kept, itemCounts: counts, damping: userPenalty)
  }

  /// Biases by stochastic gradient descent over the entries in their order: b += rate (r − μ − b_u − b_i − penalty b).
  ///
  /// The user biases come apart; `userBias` is what ridge regression makes of a newcomer's history.
  static func descended(
    _ interactions: SparseRows, rate: Double, penalty: Double, epochs: Int, _ training: Training
  ) throws -> (estimates: BaselineEstimates, userBiases: [Double]) {
    let mean = Self.mean(interactions)
    var counts = [Int32](repeating: 0, count: interactions.columnCount)
    for column in interactions.columns { counts[Int(column)] += 1 }
    let loop = EpochLoop(label: "baseline", epochCount: epochs, lossName: "rmse", stopsEarly: false, training)
    let start = Biases(
      users: [Double](repeating: 0, count: interactions.rowCount),
      items: [Double](repeating: 0, count: interactions.columnCount))
    let (biases, curve) = try loop.run(
      from: start, recommender: { _ in preconditionFailure("nothing is held out") }
    ) { biases, _ in
      var sum = 0.0
      var sinceCheck = 0
      for user in 0..<interactions.rowCount {
        let row = interactions.row(user)
        sinceCheck += row.count + 1
        if sinceCheck > 1 << 20 {
          try training.execution.checkpoint()
          sinceCheck = 0
        }
        for entry in row {
          let item = Int(interactions.columns[entry])
          let error = Double(interactions.values[entry]) - (mean + biases.users[user] + biases.items[item])
          sum += error * error
          biases.users[user] += rate * (error - penalty * biases.users[user])
          biases.items[item] += rate * (error - penalty * biases.items[item])
        }
      }
      guard sum.isFinite else { throw TrainingError.diverged(rate: rate) }
      return (sum / Double(interactions.entryCount)).squareRoot()
    }
    let estimates = BaselineEstimates(
      mean: mean, itemBiases: biases.items, itemCounts: counts, damping: 1 / (rate * Double(max(1, curve.keptEpoch))))
    return (estimates, biases.users)
  }

  private struct Biases: Sendable {
    var users: [Double]
    var items: [Double]
  }

  private static func mean(_ interactions: SparseRows) -> Double {
    interactions.values.reduce(0) { $0 + Double($1) } / Double(interactions.entryCount)
  }

  /// Σ(r − μ − the other side's bias)/(n + penalty) of each row; 0 where the row is empty.
  private static func damped(
    _ rows: SparseRows, others: [Double], _ mean: Double, penalty: Double, _ workers: Workers
  ) -> [Double] {
    var biases = [Double](repeating: 0, count: rows.rowCount)
    workers.fill(&biases, chunk: 256) { range, biases in
      for row in range where !rows.row(row).isEmpty {
        var sum = 0.0
        for entry in rows.row(row) { sum += Double(rows.values[entry]) - mean - others[Int(rows.columns[entry])] }
        biases[row - range.lowerBound] = sum / (Double(rows.row(row).count) + penalty)
      }
    }
    return biases
  }
}
