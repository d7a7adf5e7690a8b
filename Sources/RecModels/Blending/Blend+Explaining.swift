internal import RecData

extension Blend.Part {
  /// What the part adds to a mixed score, split as the part splits its own.
  func share(
    of score: Float, on scale: BlendScale, isCandidate: Bool, explanation: Explanation?
  ) -> Explanation.Part {
    let reason = Explanation.Part.Reason.model(name: name, weight: weight)
    guard case .standardized(let mean, let deviation) = scale, let explanation, deviation > 0 else {
      // A rank has no parts.
      return .init(reason, weight * scale.value(score, isCandidate: isCandidate))
    }
    let factor = weight / deviation
    // What all of the user's items have alike says nothing once their mean is taken off.
    let level = explanation.parts.filter(\.isSameForAllItems)
    let remainder = level.reduce(-mean) { $0 + $1.value }
    let words = level.isEmpty ? "less the mean of the candidates" : "the user's level less the mean of the candidates"
    return .init(
      reason, (explanation.score - mean) * factor,
      parts: explanation.parts.filter { !$0.isSameForAllItems }.map { $0.scaled(by: factor) }
        + [.init(.other(words), remainder * factor)])
  }
}

extension Explanation.Part {
  /// Whether every item of the user has it alike.
  fileprivate var isSameForAllItems: Bool { reason == .mean || reason == .userBias }

  /// The part, and the parts of it, times a factor.
  func scaled(by factor: Double) -> Self {
    Self(reason, value * factor, parts: parts.map { $0.scaled(by: factor) })
  }
}
