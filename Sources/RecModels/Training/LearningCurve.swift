/// How an iterative training went, epoch by epoch.
package struct LearningCurve: Sendable, Equatable, Codable {
  package struct Point: Sendable, Equatable, Codable {
    /// From 1.
    package let epoch: Int
    /// What the training minimises, after the epoch; nil where it was not computed.
    package let loss: Double?
    /// The metric on the held-out rows after the epoch; nil where there are none.
    package let validation: Double?
  }

  /// What the loss is, such as "rmse" for the training error or "objective".
  package let lossName: String
  /// The metric on the held-out rows, such as "ndcg@10"; nil where there are none.
  package internal(set) var validationName: String?
  /// The epochs that the options asked for.
  package let plannedEpochs: Int
  package internal(set) var points: [Point] = []
  /// The epoch whose state is the model: the last, or the best on the held-out rows.
  package internal(set) var keptEpoch = 0
  /// Whether it was interrupted: the model is the best of what there was.
  package internal(set) var isPartial = false

  package init(lossName: String, plannedEpochs: Int) {
    self.lossName = lossName
    self.plannedEpochs = plannedEpochs
  }

  /// The kept epoch's value on the held-out rows.
  package var keptValidation: Double? { points.first { $0.epoch == keptEpoch }?.validation }
}
