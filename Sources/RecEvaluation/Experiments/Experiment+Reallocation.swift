extension Experiment {
  /// The same test with other shares or another coverage, moving no more users than that takes.
  ///
  /// An arm that shrinks gives up the last of its buckets, one that grows takes free buckets first, and then those given
  /// up: who is in an arm that does not shrink stays. So a test whose coverage grows moves nobody. Where the shares of
  /// three arms change, the layout is no longer GrowthBook's, which moves the arms behind one that grows.
  ///
  /// - Parameter weights: A weight for each arm that there is, in order; not negative, sum above 0.
  package func changing(weights: [Double], coverage: Double) -> Experiment {
    precondition(weights.count == arms.count, "a weight for each arm")
    precondition(Self.areSplittable(Array(zip(arms.map(\.name), weights))), "weights of which one is above 0")
    let coverage = min(1, max(0, coverage))
    let total = weights.reduce(0, +)
    let arms = zip(self.arms, weights).map { Arm(name: $0.name, share: $1 / total) }
    let count = GrowthBookHash.bucketCount
    var owners = (0..<count).map(owner)
    let wanted = Self.bucketCounts(arms.map { $0.share * coverage })
    var held = [Int](repeating: 0, count: arms.count)
    for case let owner? in owners { held[owner] += 1 }
    for bucket in owners.indices.reversed() {
      guard let owner = owners[bucket], held[owner] > wanted[owner] else { continue }
      owners[bucket] = nil
      held[owner] -= 1
    }
    // Buckets that nobody had come first, given up are the others; of both those where GrowthBook would put the arm.
    let usual = Experiment(name: name, weights: Array(zip(arms.map(\.name), weights)), coverage: coverage)
    for wasFree in [true, false] {
      let places = owners.indices.filter { owners[$0] == nil && (owner(of: $0) == nil) == wasFree }
      for place in places {
        guard let arm = usual.owner(of: place), held[arm] < wanted[arm] else { continue }
        owners[place] = arm
        held[arm] += 1
      }
      for place in places where owners[place] == nil {
        guard let arm = arms.indices.first(where: { held[$0] < wanted[$0] }) else { break }
        owners[place] = arm
        held[arm] += 1
      }
    }
    return Experiment(name: name, salt: salt, arms: arms, coverage: coverage, ranges: Self.ranges(of: owners))
  }

  /// The arm of a bucket.
  private func owner(of bucket: Int) -> Int? { arm(at: Double(bucket) / Double(GrowthBookHash.bucketCount)) }

  /// Whole buckets for shares of all, the rounding carried on so that they sum to the rounded sum.
  private static func bucketCounts(_ shares: [Double]) -> [Int] {
    var counts: [Int] = []
    var sum = 0.0
    var before = 0
    for share in shares {
      sum += share
      let end = Int((sum * Double(GrowthBookHash.bucketCount)).rounded())
      counts.append(end - before)
      before = end
    }
    return counts
  }

  private static func ranges(of owners: [Int?]) -> [Range] {
    let count = Double(owners.count)
    var ranges: [Range] = []
    var start = 0
    for place in 1...owners.count where place == owners.count || owners[place] != owners[start] {
      if let arm = owners[start] {
        ranges.append(Range(low: Double(start) / count, high: Double(place) / count, arm: arm))
      }
      start = place
    }
    return ranges
  }
}
