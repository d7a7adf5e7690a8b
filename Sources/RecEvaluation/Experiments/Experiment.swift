package import RecData

/// An A/B test as a value: its arms, their shares, and which user sees which; the same on every machine.
///
/// Assignment is a function of (salt, user) alone, so nothing needs to be stored to give a user the same arm again, and
/// GrowthBook's SDKs with `seed` = salt and `hashVersion` 2 give the same.
package struct Experiment: Sendable, Equatable, Codable {
  /// What is shown to some of the users.
  package struct Arm: Sendable, Equatable, Codable {
    package let name: String
    /// Its part of the users of the test, in [0, 1]; those of all arms sum to 1.
    package let share: Double
  }

  /// Places from `low` up to but not `high` belong to an arm.
  package struct Range: Sendable, Equatable, Codable {
    package let low: Double
    package let high: Double
    /// The index of the arm.
    package let arm: Int
  }

  package let name: String
  /// What is hashed before the user, so that tests split users independently; the name unless it is given.
  package let salt: String
  /// The first is the control.
  package let arms: [Arm]
  /// The part of all users that is in the test, in [0, 1].
  package let coverage: Double
  /// Ascending, apart; places between them see no arm.
  package let ranges: [Range]

  /// Splits users into arms by weights of any scale, such as 50 and 50.
  ///
  /// Ranges are laid out as GrowthBook does: each arm starts where the shares before it end, and `coverage` of it is used,
  /// so that a growing coverage moves nobody.
  ///
  /// - Parameter weights: Names and weights; at least two names, all different, weights not negative, sum above 0.
  package init(name: String, salt: String? = nil, weights: [(arm: String, weight: Double)], coverage: Double = 1) {
    precondition(Self.areSplittable(weights), "two arms with names of their own, and weights of which one is above 0")
    let total = weights.reduce(0) { $0 + $1.weight }
    let arms = weights.map { Arm(name: $0.arm, share: $0.weight / total) }
    let coverage = min(1, max(0, coverage))
    var start = 0.0
    var ranges: [Range] = []
    for (place, arm) in arms.enumerated() {
      ranges.append(Range(low: start, high: start + coverage * arm.share, arm: place))
      start += arm.share
    }
    self.init(name: name, salt: salt ?? name, arms: arms, coverage: coverage, ranges: ranges)
  }

  init(name: String, salt: String, arms: [Arm], coverage: Double, ranges: [Range]) {
    self.name = name
    self.salt = salt
    self.arms = arms
    self.coverage = coverage
    self.ranges = ranges
  }

  /// Whether users can be split by these names and weights.
  package static func areSplittable(_ weights: [(arm: String, weight: Double)]) -> Bool {
    weights.count >= 2 && Set(weights.map(\.arm)).count == weights.count
      && weights.allSatisfy { $0.weight >= 0 && !$0.arm.isEmpty }
      && (Double.leastNormalMagnitude...Double.greatestFiniteMagnitude).contains(weights.reduce(0) { $0 + $1.weight })
  }

  /// The place of a user between 0 and 1.
  package func place(of user: UserID) -> Double { GrowthBookHash.place(seed: salt, of: user.text) }

  /// The index of the arm that a user sees; nil for who is not in the test.
  package func arm(of user: UserID) -> Int? { arm(at: place(of: user)) }

  /// The index of the arm of a place.
  package func arm(at place: Double) -> Int? { ranges.first { place >= $0.low && place < $0.high }?.arm }
}
