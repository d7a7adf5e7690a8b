internal import RecAlgebra
internal import RecData
internal import RecKernels

/// The Markov chain over the factors of users and items, what features weigh, and how far ratings scatter.
///
/// An epoch draws, in this order: the items' prior and the weights of their features, the items' rows, the users' prior and
/// weights, the users' rows, the precision of a rating (a gamma distribution with shape and rate 1 before, as in libFM).
/// Every draw is a function of (seed, purpose, epoch, index): the same bits for any number of threads.
struct GibbsSampler: Sendable {
  /// What the sampler works on, the same in every epoch.
  struct Data: Sendable {
    /// Users × items, standardized; for events the value in deviations above an absent one.
    let ratings: SparseRows
    let transposed: SparseRows
    /// What an absent entry is; nil where absent entries say nothing.
    let absent: Double?
    /// What a standardized value of 1 is in the data's units.
    let deviation: Double
    let seed: UInt64
  }

  private(set) var users: FactorSide
  private(set) var items: FactorSide
  /// The precision of a rating.
  private(set) var noise = 1.0
  /// What the users' rows were drawn by last.
  private(set) var userSetting: GibbsKernels.Setting
  /// The predictions of the training ratings, summed over the epochs since the burn-in.
  private var sums: [Float]
  private var summedCount = 0

  init(_ data: Data, rank: Int, userGroups: [SparseRows], itemGroups: [SparseRows]) {
    users = FactorSide(
      name: "users", rowCount: data.ratings.rowCount, rank: rank, groups: userGroups, seed: data.seed)
    items = FactorSide(
      name: "items", rowCount: data.ratings.columnCount, rank: rank, groups: itemGroups, seed: data.seed)
    sums = [Float](repeating: 0, count: data.absent == nil ? data.ratings.entryCount : 0)
    userSetting = Self.setting(users.prior, others: nil, absent: nil, noise: 1, rank: rank)
  }

  /// One round of draws; gives the root mean square error on the training ratings, in their units.
  ///
  /// - Parameter averages: Whether the error is that of the mean prediction since the first such epoch.
  mutating func advance(
    _ data: Data, epoch: Int, averages: Bool, _ execution: Execution, report: (Double) -> Void
  ) throws(Cancelled) -> Double {
    if epoch > 0 { try items.drawPrior(epoch: epoch, seed: data.seed, execution) }
    let itemSetting = setting(items, others: users, data, execution.workers)
    try items.drawRows(data.transposed, others: users, itemSetting, epoch: epoch, seed: data.seed, execution)
    report(0.45)
    if epoch > 0 { try users.drawPrior(epoch: epoch, seed: data.seed, execution) }
    userSetting = setting(users, others: items, data, execution.workers)
    try users.drawRows(data.ratings, others: items, userSetting, epoch: epoch, seed: data.seed, execution)
    report(0.9)
    let (square, averaged, count) = try squaredErrors(data, averages: averages, execution)
    noise =
      CounterRandom.gamma(
        shape: 1 + count / 2, seed: data.seed, purpose: CounterRandom.Purpose("bpmf noise"), UInt64(epoch))
      / (1 + square / 2)
    return (averaged / count).squareRoot() * data.deviation
  }

  // MARK: What rows are drawn by

  private func setting(
    _ side: FactorSide, others: FactorSide, _ data: Data, _ workers: Workers
  ) -> GibbsKernels.Setting {
    Self.setting(
      side.prior, others: data.absent == nil ? nil : others.scatter(workers), absent: data.absent, noise: noise,
      rank: side.rank)
  }

  /// - Parameters:
  ///   - others: Where absent entries count: the scatter of the other side, which is the Gram matrix of every row.
  ///   - absent: What they are.
  private static func setting(
    _ prior: FactorPrior, others: FactorPrior.Scatter?, absent: Double?, noise: Double, rank: Int
  ) -> GibbsKernels.Setting {
    let stride = prior.stride
    var base = prior.precision
    var right = [Double](repeating: 0, count: stride)
    if let others, let absent {
      // The regressors are the factors and 1; the rows hold the factors and the bias.
      for row in 0...rank {
        for column in row...rank {
          let product =
            column < rank
            ? others.gram[row * stride + column] : row < rank ? others.sums[row] : others.count
          base[row * stride + column] += noise * product
        }
        let (sum, withBias) =
          row < rank
          ? (others.sums[row], others.gram[row * stride + rank]) : (others.count, others.sums[rank])
        right[row] = noise * (absent * sum - withBias)
      }
    }
    return GibbsKernels.Setting(
      rank: rank, stride: stride, base: base, baseRight: right, prior: prior.precision, noise: noise,
      addsGram: others == nil)
  }

  // MARK: Errors

  /// The sum of squared errors of the draws, that of the mean prediction if asked for, and how many cells there are.
  private mutating func squaredErrors(
    _ data: Data, averages: Bool, _ execution: Execution
  ) throws(Cancelled) -> (draws: Double, averaged: Double, count: Double) {
    let ratings = data.ratings
    let (users, items) = (users, items)
    let rowChunk = 64
    let predictions = execution.workers.map((ratings.rowCount + rowChunk - 1) / rowChunk) { chunk -> [Float] in
      if execution.cancellation.isCancelled { return [] }
      let rows = chunk * rowChunk..<min(ratings.rowCount, (chunk + 1) * rowChunk)
      var values = [Float](repeating: 0, count: ratings.offsets[rows.upperBound] - ratings.offsets[rows.lowerBound])
      var output = values.mutableSpan
      GibbsKernels.values(
        offsets: ratings.offsets.span, columns: ratings.columns.span, rows: rows, factors: users.samples.span,
        others: items.samples.span, rank: users.rank, stride: users.stride, into: &output)
      return values
    }
    try execution.checkpoint()
    var square = 0.0
    if let absent = data.absent {
      square = squaredError(ofAbsent: absent, execution.workers)
      var entry = 0
      for values in predictions {
        for value in values {
          let rest = absent - Double(value)
          let target = Double(ratings.values[entry])
          square += target * (target + 2 * rest)
          entry += 1
        }
      }
      return (square, square, Double(ratings.rowCount) * Double(ratings.columnCount))
    }
    if averages { summedCount += 1 }
    var averaged = 0.0
    var entry = 0
    for values in predictions {
      for value in values {
        let error = Double(ratings.values[entry] - value)
        square += error * error
        if averages {
          sums[entry] += value
          let error = Double(ratings.values[entry] - sums[entry] / Float(summedCount))
          averaged += error * error
        }
        entry += 1
      }
    }
    return (square, averages ? averaged : square, Double(ratings.entryCount))
  }

  /// Σ (absent − prediction)² over all cells, from the products of the rows of both sides.
  private func squaredError(ofAbsent absent: Double, _ workers: Workers) -> Double {
    let (mine, theirs) = (users.scatter(workers), items.scatter(workers))
    let (rank, stride) = (users.rank, users.stride)
    // Σ over cells of (p·q + a·1 + 1·(b − absent))² is the sum of products of the elements of two Gram matrices.
    var sum = 0.0
    for row in 0..<rank {
      let diagonal = row * stride + row
      sum += mine.gram[diagonal] * theirs.gram[diagonal]
      for column in row + 1..<max(rank, row + 1) {
        sum += 2 * mine.gram[row * stride + column] * theirs.gram[row * stride + column]
      }
      sum += 2 * mine.gram[row * stride + rank] * theirs.sums[row]
      sum += 2 * mine.sums[row] * (theirs.gram[row * stride + rank] - absent * theirs.sums[row])
    }
    let squares = (mine.gram[rank * stride + rank], theirs.gram[rank * stride + rank])
    let biases = theirs.sums[rank] - absent * theirs.count
    sum += squares.0 * theirs.count + 2 * mine.sums[rank] * biases
    sum += mine.count * (squares.1 - 2 * absent * theirs.sums[rank] + absent * absent * theirs.count)
    return max(0, sum)
  }
}
