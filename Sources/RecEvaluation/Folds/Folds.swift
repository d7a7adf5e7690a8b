import RecAlgebra
package import RecData
package import RecKernels

/// Ratings parted into folds: which side each falls on depends on the rule, the seed and the ids alone (and on times where
/// the rule goes by them).
///
/// Of `random`, `cold-user` and `cold-item` the fold is floor(h · folds), h being the upper 31 bits of the hash of `split`
/// as a number in [0, 1). `user` sorts each user's ratings by hash and deals them out in turn, beginning with a fold that
/// the user's own hash chooses; a single rating is never held out. `time` cuts the ratings, from the oldest to the newest, into
/// folds + 1 stretches of equal size, without parting equal times; fold i trains on the first i stretches and is tested on
/// the next (rolling origin: Tashman 2000, doi:10.1016/S0169-2070(00)00065-0).
package struct Folds: Sendable {
  /// A training and a test side, in the index space of all.
  package struct Fold: Sendable {
    package let train: Dataset
    package let test: Dataset
  }

  private let dataset: Dataset
  private let isRolling: Bool
  /// The fold in which each entry is held out, -1 for none; (entries,).
  private let places: [Int32]
  package let count: Int

  /// - Parameters:
  ///   - count: at least 2.
  ///   - seed: what `random` and the others by hash are keyed by, together with `repetition`.
  /// - Throws: `SplitError`, `Cancelled`.
  package init(
    _ dataset: Dataset, count: Int, by rule: FoldRule, seed: UInt64, repetition: Int = 0, execution: Execution
  ) throws {
    precondition(count >= 2, "something to train on and something to test on")
    guard dataset.count > 0 else { throw SplitError.nothingToSplit }
    self.dataset = dataset
    self.count = count
    isRolling = rule.isRolling
    // Not the hash of `split`: what is left of a split by it would have no rating in some folds.
    let key = CounterRandom.random(seed: seed, purpose: Self.purpose, UInt64(repetition))
    switch rule {
    case .random: places = try Self.byEntry(dataset, count, key, execution)
    case .user: places = try Self.byUser(dataset, count, key, execution)
    case .time: places = try Self.byTime(dataset, count)
    case .coldUser:
      let hash = SplitHash(dataset.entities, seed: key)
      places = (0..<dataset.interactions.rowCount).flatMap { user in
        let fold = Self.fold(of: hash.ofUser(user), count)
        return [Int32](repeating: fold, count: dataset.interactions.row(user).count)
      }
    case .coldItem:
      let hash = SplitHash(dataset.entities, seed: key)
      let folds = dataset.entities.items.indices.map { Self.fold(of: hash.ofItem($0), count) }
      places = dataset.interactions.columns.map { folds[Int($0)] }
    }
    var sizes = [Int](repeating: 0, count: count)
    for place in places where place >= 0 { sizes[Int(place)] += 1 }
    for (fold, size) in sizes.enumerated() {
      let trained = isRolling ? places.count { $0 < Int32(fold) } : places.count - size
      if size == 0 { throw SplitError.emptySide(.test, ratings: dataset.count) }
      if trained == 0 { throw SplitError.emptySide(.train, ratings: dataset.count) }
    }
  }

  /// The sides of a fold, from 0.
  package func fold(_ index: Int, execution: Execution) throws(Cancelled) -> Fold {
    let fold = Int32(index)
    return Fold(
      train: try dataset.part(.train, execution: execution) { entry in
        isRolling ? places[entry] < fold : places[entry] != fold
      },
      test: try dataset.part(.test, execution: execution) { places[$0] == fold })
  }

  // MARK: Rules

  private static let purpose = CounterRandom.Purpose("folds")

  private static func fold(of hash: UInt64, _ count: Int) -> Int32 { Int32((Int(hash >> 33) * count) >> 31) }

  private static func byEntry(
    _ dataset: Dataset, _ count: Int, _ key: UInt64, _ execution: Execution
  ) throws(Cancelled) -> [Int32] {
    try places(dataset, key, execution) { user, hash, hashes, places in
      hash.ofEntries(user, dataset.interactions.columns[dataset.interactions.row(user)], into: &hashes)
      for hash in hashes { places.append(fold(of: hash, count)) }
    }
  }

  private static func byUser(
    _ dataset: Dataset, _ count: Int, _ key: UInt64, _ execution: Execution
  ) throws(Cancelled) -> [Int32] {
    try places(dataset, key, execution) { user, hash, hashes, places in
      hash.ofEntries(user, dataset.interactions.columns[dataset.interactions.row(user)], into: &hashes)
      guard hashes.count > 1 else {
        if hashes.count == 1 { places.append(-1) }
        return
      }
      let first = Int(fold(of: hash.ofUser(user), count))
      var own = [Int32](repeating: 0, count: hashes.count)
      for (rank, entry) in hashes.indices.sorted(by: { (hashes[$0], $0) < (hashes[$1], $1) }).enumerated() {
        own[entry] = Int32((first + rank) % count)
      }
      places += own
    }
  }

  /// The places that are appended user by user, in parallel.
  private static func places(
    _ dataset: Dataset, _ key: UInt64, _ execution: Execution,
    _ append: @Sendable (_ user: Int, SplitHash, _ hashes: inout [UInt64], _ places: inout [Int32]) -> Void
  ) throws(Cancelled) -> [Int32] {
    let hash = SplitHash(dataset.entities, seed: key)
    let size = 256
    let rowCount = dataset.interactions.rowCount
    let blocks = execution.workers.map((rowCount + size - 1) / size) { block in
      var hashes: [UInt64] = []
      var places: [Int32] = []
      for user in block * size..<min(rowCount, (block + 1) * size) where !execution.cancellation.isCancelled {
        append(user, hash, &hashes, &places)
      }
      return places
    }
    try execution.checkpoint()
    return blocks.flatMap { $0 }
  }

  private static func byTime(_ dataset: Dataset, _ count: Int) throws(SplitError) -> [Int32] {
    guard !dataset.times.isEmpty else { throw .noTimes(rule: "time") }
    let sorted = dataset.times.sorted()
    // Where each stretch but the first begins; of equal times all belong to the later one.
    let starts = (1...count).map { sorted[sorted.count * $0 / (count + 1)] }
    return dataset.times.map { time in Int32(starts.count { $0 <= time }) - 1 }
  }
}
