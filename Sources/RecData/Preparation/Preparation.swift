internal import RecAlgebra

/// What is done to the ratings of a dataset before a model learns from them.
///
/// The ratings themselves stay in the units of their file. What is asked for here is fitted when a model is trained, on the
/// rows that it is trained on and on no others: nothing of what is held out can get into it, however the data are split
/// afterwards. Predictions are turned back into the file's units.
package struct Preparation: Sendable, Equatable, Codable {
  package var normalization: Normalization?
  /// What absent entries of the rating matrix stand for; of the normalized values where there is a normalization.
  package var imputation: MatrixImputation?
  /// Whether the stored ratings were changed by what was found in all of them: such data can no longer be parted into what
  /// is trained on and what is held out.
  package var isFittedOnAll = false

  package init() {}

  package var isEmpty: Bool { self == Preparation() }
}

/// A change of scale of the ratings, r ↦ (r − shift)/scale, with a shift and a scale for all, each user or each item.
package struct Normalization: Sendable, Equatable, Codable {
  /// What the ratings become.
  package enum Target: String, Sendable, Codable {
    /// From the lowest to the highest rating linearly onto `lowest...highest`.
    case range
    /// Mean 0 and standard deviation 1, that of the population.
    case zscore
    /// Mean 0.
    case center
  }

  /// Whose ratings have a shift and a scale of their own.
  package enum Axis: String, Sendable, Codable { case all, user, item }

  package let target: Target
  package let axis: Axis
  /// The ends that `range` leads to; 0 and 1 for the others.
  package let lowest: Double
  package let highest: Double

  package init(_ target: Target, by axis: Axis, lowest: Double = 0, highest: Double = 1) {
    precondition(Self.isRange(lowest, highest), "a range has a width")
    self.target = target
    self.axis = axis
    self.lowest = lowest
    self.highest = highest
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    target = try container.decode(Target.self, forKey: .target)
    axis = try container.decode(Axis.self, forKey: .axis)
    lowest = try container.decode(Double.self, forKey: .lowest)
    highest = try container.decode(Double.self, forKey: .highest)
    guard Self.isRange(lowest, highest) else { throw decoder.corrupted("a range has no width") }
  }

  /// Whether two ends make a range that ratings can be brought to without losing them.
  package static func isRange(_ lowest: Double, _ highest: Double) -> Bool {
    highest - lowest >= 1e-6 && max(lowest.magnitude, highest.magnitude) <= 1e6
  }
}

/// What the absent entries of the rating matrix stand for: a number for each user or for each item, never a matrix.
package struct MatrixImputation: Sendable, Equatable, Codable {
  /// Where the number comes from.
  package enum Source: String, Sendable, Codable {
    case mean, median
    case mostFrequent = "most-frequent"
    /// The mean of the user's ratings; of somebody without, that of all.
    case userMean = "user-mean"
    /// The mean of the item's ratings; of one without, that of all.
    case itemMean = "item-mean"
    case constant
  }

  package let source: Source
  /// The number, where the source is `constant`; else 0.
  package let constant: Double

  /// The constants that can be.
  package static let constants = -1e9...1e9

  package init(_ source: Source, constant: Double = 0) {
    precondition(Self.constants.contains(constant), "the constant is a number that ratings may be beside")
    self.source = source
    self.constant = constant
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    source = try container.decode(Source.self, forKey: .source)
    constant = try container.decode(Double.self, forKey: .constant)
    guard Self.constants.contains(constant) else { throw decoder.corrupted("a constant is out of range") }
  }
}
