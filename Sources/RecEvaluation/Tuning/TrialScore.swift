import Synchronization

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

/// Trials that are done, by all that their score depends on.
///
/// A class because it keeps what a statement that was interrupted has found: the session is put back as it was, this is not.
/// A score is a function of its key, so that it does not matter who found it.
package final class TrialMemory: Sendable {
  private let scores = Mutex<[String: TrialScore]>([:])

  package init() {}

  package subscript(key: String) -> TrialScore? { scores.withLock { $0[key] } }

  package func keep(_ score: TrialScore, for key: String) { scores.withLock { $0[key] = score } }
}
