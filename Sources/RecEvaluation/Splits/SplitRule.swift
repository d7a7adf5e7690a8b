package import RecData
package import RecKernels

/// A way to hold ratings out, as one self-describing value.
package struct SplitRule: Sendable {
  /// What it is told.
  package struct Request: Sendable {
    /// The share to hold out for testing, in 0..<1.
    package let test: Double
    /// The share to hold out for validation, in 0..<1.
    package let valid: Double
    /// Seconds since 1970 (UTC) at which testing begins; only `time` takes it.
    package let moment: Int64?
    package let seed: UInt64

    package init(test: Double, valid: Double = 0, moment: Int64? = nil, seed: UInt64) {
      self.test = test
      self.valid = valid
      self.moment = moment
      self.seed = seed
    }
  }

  /// The word in `by=`.
  package let name: String
  /// One line without a full stop.
  package let summary: String
  /// The exact rule, for `help`.
  package let definition: String
  /// Whether it takes a moment in place of a share.
  package let takesMoment: Bool
  /// Whether it goes by the size of the share, or only by whether one is asked for.
  package let takesShare: Bool
  /// Whether it needs the times of the ratings.
  package let needsTimes: Bool
  /// The side of every entry, in the order of `interactions`; only `train`, `valid` and `test`.
  package let assign: @Sendable (Dataset, Request, Execution) throws -> [DatasetRole]

  package init(
    _ name: String, summary: String, definition: String, takesMoment: Bool = false, takesShare: Bool = true,
    needsTimes: Bool = false, assign: @escaping @Sendable (Dataset, Request, Execution) throws -> [DatasetRole]
  ) {
    self.name = name
    self.summary = summary
    self.definition = definition
    self.takesMoment = takesMoment
    self.takesShare = takesShare
    self.needsTimes = needsTimes
    self.assign = assign
  }
}

/// Why ratings cannot be split.
package enum SplitError: Error, Sendable, Equatable {
  /// The dataset is empty.
  case nothingToSplit
  /// A share below 0, at 1 or above, or no number; the option's name and the value.
  case shareOutOfBounds(option: String, share: Double)
  /// Test and valid together leave nothing to train on.
  case sharesTooLarge(test: Double, valid: Double)
  /// Both shares are 0.
  case nothingHeldOut
  /// The rule goes by time and the ratings have none.
  case noTimes(rule: String)
  /// A moment was given to a rule that does not cut at one.
  case momentNotTaken(rule: String)
  /// No rating lies before the moment, or none at or after it.
  case momentOutside(moment: Int64, earliest: Int64, latest: Int64)
  /// A side would have no rating.
  case emptySide(DatasetRole, ratings: Int)
}
