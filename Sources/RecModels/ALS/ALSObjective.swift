internal import RecKernels

/// What alternating least squares minimises, the same in training and in folding in.
///
/// Explicit: Σ (r − x·y)² over the ratings. Implicit: Σ c (p − x·y)² over all pairs, where preference p is 1 for a positive
/// value and else 0, and confidence c grows with the value's magnitude from 1, which it is where there is none. To both is
/// added λ‖x‖² for each user and λ‖y‖² for each item, times the counts of their ratings if those weigh.
struct ALSObjective: Sendable, Equatable, Codable {
  /// How confidence grows with a value r.
  enum Confidence: String, Sendable, Codable {
    /// 1 + α|r|.
    case linear
    /// 1 + α log(1 + |r|).
    case log
  }

  let isImplicit: Bool
  /// λ.
  let regularization: Double
  /// Whether λ is multiplied by the count of ratings (of positive ones where implicit).
  let countsRatings: Bool
  /// α.
  let alpha: Double
  let confidence: Confidence

  /// A value as the kernels take it: explicit as it is; implicit the confidence beyond 1 with the sign of the value.
  func signal(_ value: Float) -> Float {
    if !isImplicit { return value }
    let magnitude = confidence == .linear ? Double(value.magnitude) : RealFunctions.log(1 + Double(value.magnitude))
    return Float(value > 0 ? alpha * magnitude : -alpha * magnitude)
  }

  /// What a signal weighs in a row's matrix, and what it adds to its right side.
  func terms(_ signal: Float) -> (weight: Double, target: Double) {
    if !isImplicit { return (1, Double(signal)) }
    return (Double(signal.magnitude), signal > 0 ? Double(1 + signal) : 0)
  }

  /// λ for a row with these signals.
  func ridge(_ signals: some Sequence<Float>) -> Double {
    // The kernels' product, in Float.
    let count = signals.reduce(0) { $0 + (isImplicit && $1 <= 0 ? 0 : 1) }
    return Double(countsRatings ? Float(regularization) * Float(count) : Float(regularization))
  }

  func problem(rank: Int) -> RidgeKernels.Problem {
    RidgeKernels.Problem(
      rank: rank, ridge: Float(regularization), countsEntries: countsRatings, isImplicit: isImplicit)
  }
}
