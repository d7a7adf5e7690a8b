import RecAlgebra
internal import RecKernels

/// The bootstrap over users: each draw counts every user a Poisson(1) number of times.
///
/// Draws are keyed by (seed, user, draw) alone: the same for every model and metric, so that differences between models
/// are paired, and for any number of threads. Hanley & MacGibbon, Creating non-parametric bootstrap samples using Poisson
/// frequencies, 2006, doi:10.1016/j.cmpb.2006.04.006.
struct Resampling: Sendable {
  static let drawCount = 1000
  /// Fewer users than this have no interval.
  static let leastUsers = 10
  private static let purpose = CounterRandom.Purpose("bootstrap over users")
  /// Draws are made in chunks of so many, each by one thread.
  private static let chunk = ResamplingKernels.drawCount
  /// Users between two looks at the cancellation.
  private static let usersAtOnce = 4096

  /// A number for each user that depends on the id alone, (userCount,).
  let keys: [UInt64]
  let seed: UInt64

  /// `finish(Σ w sums / Σ w weights)` in each draw for each column, NaN where the weights sum to 0.
  ///
  /// - Parameter columns: Values of the users of `keys`, and the last step of their metric.
  func draws(
    of columns: [(users: UserValues, finish: @Sendable (Double) -> Double)], execution: Execution
  ) throws(Cancelled) -> [[Double]] {
    // Most columns share their weights: those of distinct ones are summed once.
    var weights: [[Double]] = []
    var weightsOfColumn: [Int] = []
    for column in columns {
      let place = weights.firstIndex(of: column.users.weights) ?? weights.count
      if place == weights.count { weights.append(column.users.weights) }
      weightsOfColumn.append(place)
    }
    let terms = columns.map(\.users.sums) + weights
    // Users × terms.
    let values = keys.indices.flatMap { user in terms.map { $0[user] } }
    let thresholds = PoissonTable.thresholds
    let chunks = execution.workers.map(Self.drawCount / Self.chunk) { index in
      sums(
        of: values, termCount: terms.count, firstDraw: index * Self.chunk, thresholds: thresholds, execution: execution)
    }
    try execution.checkpoint()
    return columns.indices.map { column in
      let weight = columns.count + weightsOfColumn[column]
      return chunks.flatMap { sums in
        (0..<Self.chunk).map { draw in
          let total = sums[weight * Self.chunk + draw]
          return total > 0 ? columns[column].finish(sums[column * Self.chunk + draw] / total) : .nan
        }
      }
    }
  }

  /// The sum of each term over the users of each draw of a chunk, in the order of the users: (terms × chunk).
  private func sums(
    of values: [Double], termCount: Int, firstDraw: Int, thresholds: [UInt32], execution: Execution
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: termCount * Self.chunk)
    var output = sums.mutableSpan
    for start in stride(from: 0, to: keys.count, by: Self.usersAtOnce) where !execution.cancellation.isCancelled {
      let users = start..<min(keys.count, start + Self.usersAtOnce)
      ResamplingKernels.resample(
        keys: keys.span.extracting(users),
        values: values.span.extracting(users.lowerBound * termCount..<users.upperBound * termCount), seed: seed,
        purpose: Self.purpose.rawValue, firstDraw: firstDraw, thresholds: thresholds.span, into: &output)
    }
    return sums
  }

  /// The 2.5th and 97.5th percentiles of draws, interpolated linearly (NumPy's default); empty draws are left out.
  static func interval(of draws: [Double]) -> (low: Double, high: Double)? {
    let sorted = draws.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return nil }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    return (quantile(0.025), quantile(0.975))
  }
}
