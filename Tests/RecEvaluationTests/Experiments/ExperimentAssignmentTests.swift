import RecData
import RecEvaluation
import Testing

/// Which user sees which arm.
struct ExperimentAssignmentTests {
  /// The vectors of `hashVersion` 2 that GrowthBook publishes with its SDKs (cases.json, specification 0.5.4).
  @Test(
    arguments: [
      ("seed", "a", 0.0505), ("seed", "b", 0.2696), ("foo", "ab", 0.2575), ("foo", "def", 0.2019),
      ("89123klj", "8952klfjas09ujkasdf", 0.124), ("90850943850283058242805", "123", 0.7516),
      ("()**(%$##$%#$#", "___)((*\":&", 0.0128), ("feature", "123", 0.5231),
    ])
  func `hashes as GrowthBook's published vectors do`(seed: String, value: String, place: Double) {
    #expect(GrowthBookHash.place(seed: seed, of: value) == place)
  }

  /// The bucket ranges of the same file.
  @Test(
    arguments: [
      ([1, 1], 1, [(0, 0.5), (0.5, 1)]), ([1, 1], 0.5, [(0, 0.25), (0.5, 0.75)]), ([1, 1], 0, [(0, 0), (0.5, 0.5)]),
      ([1, 1, 1, 1], 1, [(0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1)]), ([0.4, 0.6], 1, [(0, 0.4), (0.4, 1)]),
      ([0.2, 0.3, 0.5], 1, [(0, 0.2), (0.2, 0.5), (0.5, 1)]),
      ([0.2, 0.3, 0.5], 0.2, [(0, 0.04), (0.2, 0.26), (0.5, 0.6)]), ([1, 1], -0.2, [(0, 0), (0.5, 0.5)]),
      ([1, 1], 1.5, [(0, 0.5), (0.5, 1)]),
    ] as [([Double], Double, [(Double, Double)])])
  func `lays arms out as GrowthBook does`(weights: [Double], coverage: Double, ranges: [(Double, Double)]) {
    let arms = weights.enumerated().map { ("arm \($0)", $1) }
    let test = Experiment(name: "t", weights: arms, coverage: coverage)
    for (range, expected) in zip(test.ranges, ranges) {
      #expect(abs(range.low - expected.0) < 1e-12 && abs(range.high - expected.1) < 1e-12)
    }
    #expect(test.ranges.count == ranges.count && test.ranges.map(\.arm) == Array(weights.indices))
  }

  @Test func `sends users to the arms by their shares, and other tests split them anew`() {
    let users = (0..<20_000).map { UserID(String($0)) }
    let test = Experiment(name: "hybrid2", weights: [("a", 30), ("b", 70)])
    let arms = users.map { test.arm(of: $0) }
    let ratio = SampleRatioTest(counts: [arms.count { $0 == 0 }, arms.count { $0 == 1 }], shares: [0.3, 0.7])
    #expect(ratio.counts.reduce(0, +) == users.count && ratio.p > 0.001)
    let other = Experiment(name: "another", weights: [("a", 30), ("b", 70)])
    let both = zip(arms, users).filter { $0.0 == 0 && other.arm(of: $0.1) == 0 }
    // 0.3 · 0.3 of them, with five standard deviations of a binomial.
    let deviation: Double = (20_000 * 0.09 * 0.91).squareRoot()
    #expect(abs(both.count - 1800) < Int(5 * deviation))
  }

  @Test func `a growing coverage moves nobody`() {
    let users = (0..<5000).map { UserID("u\($0)") }
    var test = Experiment(name: "slow", weights: [("a", 1), ("b", 1), ("c", 1)], coverage: 0.1)
    var before = users.map { test.arm(of: $0) }
    for coverage in [0.25, 0.5, 1] {
      test = test.changing(weights: [1, 1, 1], coverage: coverage)
      let after = users.map { test.arm(of: $0) }
      #expect(zip(before, after).allSatisfy { $0 == nil || $0 == $1 })
      let covered = Double(after.count { $0 != nil }) / 5000
      #expect(abs(covered - coverage) < 0.03)
      before = after
    }
    // The same users as with GrowthBook's own layout of the last coverage, up to the rounding of thirds to buckets.
    let whole = Experiment(name: "slow", weights: [("a", 1), ("b", 1), ("c", 1)])
    #expect(zip(users, before).count { whole.arm(of: $0) == $1 } >= 4995)
  }

  @Test(arguments: [([50.0, 30, 20], [60.0, 20, 20]), ([10, 80, 10], [45, 10, 45]), ([1, 1, 1], [0, 1, 3])])
  func `changed shares move only who has to move`(old: [Double], new: [Double]) {
    let test = Experiment(name: "t", weights: [("a", old[0]), ("b", old[1]), ("c", old[2])])
    let changed = test.changing(weights: new, coverage: 1)
    let count = GrowthBookHash.bucketCount
    let places = (0..<count).map { Double($0) / Double(count) }
    let moved = places.count { test.arm(at: $0) != changed.arm(at: $0) }
    let totals = (old.reduce(0, +), new.reduce(0, +))
    let needed = zip(old, new).reduce(0.0) { sum, pair in sum + max(0, pair.0 / totals.0 - pair.1 / totals.1) }
    // Shares are whole buckets.
    let least = Int((needed * Double(count)).rounded())
    #expect(abs(moved - least) <= 3)
    for (arm, share) in new.enumerated() {
      let held = places.count { changed.arm(at: $0) == arm }
      let wanted = Int((share / totals.1 * Double(count)).rounded())
      #expect(abs(held - wanted) <= 1)
    }
  }
}
