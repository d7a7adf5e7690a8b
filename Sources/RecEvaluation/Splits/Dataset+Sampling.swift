import RecAlgebra
package import RecData
package import RecKernels

/// What a sample chooses.
package enum SampleRule: String, Sendable { case rating, user, item }

/// How much a sample keeps.
package enum SampleSize: Sendable, Equatable {
  /// From above 0 to 1, met on average.
  case share(Double)
  /// So many, or all where there are fewer.
  case count(Int)
}

extension Dataset {
  /// Whether each interaction is in a sample, in the order of the entries.
  ///
  /// By `xxhash64(user, item, seed, 'sample')` as Spark SQL chains it: below the share, or among the smallest. Independent of
  /// how a split of the same seed decides.
  package func sampledEntries(
    _ size: SampleSize, seed: UInt64, execution: Execution
  ) throws(Cancelled) -> [Bool] {
    let hash = SplitHash(entities, seed: seed)
    let blockSize = 256
    let rows = interactions
    let blocks = execution.workers.map((rows.rowCount + blockSize - 1) / blockSize) { block -> [UInt64] in
      var all: [UInt64] = []
      var hashes: [UInt64] = []
      for user in block * blockSize..<min(rows.rowCount, (block + 1) * blockSize) {
        if execution.cancellation.isCancelled { return all }
        hash.ofEntries(user, rows.columns[rows.row(user)], into: &hashes)
        for hash in hashes { all.append(Self.sampleHash(hash)) }
      }
      return all
    }
    try execution.checkpoint()
    return Self.sampled(Array(blocks.joined()), size)
  }

  /// Whether each user, or each item, is in a sample; a number is of those that have an interaction.
  package func sampledEntities(_ size: SampleSize, users: Bool, seed: UInt64) -> [Bool] {
    let hash = SplitHash(entities, seed: seed)
    let count = users ? entities.users.count : entities.items.count
    let hashes = (0..<count).map { Self.sampleHash(users ? hash.ofUser($0) : hash.ofItem($0)) }
    guard case .count = size else { return Self.sampled(hashes, size) }
    let counts = users ? (0..<count).map { interactions.row($0).count } : ratingCounts
    let active = hashes.indices.filter { counts[$0] > 0 }
    var isKept = [Bool](repeating: false, count: count)
    for (place, isSampled) in zip(active, Self.sampled(active.map { hashes[$0] }, size)) { isKept[place] = isSampled }
    return isKept
  }

  /// The chain of a split's hash with one more column, the text 'sample'.
  private static func sampleHash(_ hash: UInt64) -> UInt64 { XXHash64.hash(bytes: Array("sample".utf8), seed: hash) }

  private static func sampled(_ hashes: [UInt64], _ size: SampleSize) -> [Bool] {
    switch size {
    case .share(let share): return hashes.map { Int($0 >> 33) < Int(share * 0x1p31) }
    case .count(let count):
      if count >= hashes.count { return [Bool](repeating: true, count: hashes.count) }
      var smallest = SmallestHashes(hashes, count: count)
      return hashes.map { smallest.contains($0) }
    }
  }
}
