/// What a trial of a search got on the held-out rows.
package struct TrialScore: Sendable {
  /// nil where the metric is undefined for the model.
  package let value: Double?
  package let low: Double?
  package let high: Double?
  /// The epoch that the held-out rows chose, where the training let them choose one.
  package let keptEpoch: Int?
  /// The value in each resampling of users, the same ones for every trial on the same rows.
  private let draws: [Double]

  package init(_ report: EvaluationReport, keptEpoch: Int?) {
    let judgement = report.judgements[0][0]
    let interval = judgement.interval
    value = judgement.value
    low = interval?.low
    high = interval?.high
    draws = judgement.draws
    self.keptEpoch = keptEpoch
  }

  /// How far it is from another on the same rows, by the same resamplings; nil where either has no value.
  package func difference(to other: TrialScore) -> (value: Double, low: Double?, high: Double?)? {
    guard let value, let otherValue = other.value else { return nil }
    let isPaired = !draws.isEmpty && draws.count == other.draws.count
    let interval = isPaired ? Resampling.interval(of: zip(draws, other.draws).map(-)) : nil
    return (value - otherValue, interval?.low, interval?.high)
  }
}
