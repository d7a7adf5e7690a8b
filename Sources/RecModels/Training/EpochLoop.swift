internal import RecKernels

/// Runs an iterative training epoch by epoch: progress, learning curve, early stopping, and the best so far when cancelled.
///
/// With held-out rows the state that is best by them is kept, and the loop ends once `patience` epochs in a row were no
/// better. Without them the last state is kept. Cancelled after its first epoch, the loop ends with what it has, marked
/// partial; before that it throws `Cancelled`.
package struct EpochLoop: Sendable {
  /// How many epochs without a better value on the held-out rows end a training.
  package static let patience = 5

  package let label: String
  package let epochCount: Int
  private let lossName: String
  private let training: Training
  private let validation: Validation?

  /// - Parameters:
  ///   - label: what the progress calls it, such as "mf".
  ///   - epochCount: as the options ask; at least 1.
  ///   - lossName: what an epoch's loss is, such as "rmse" or "objective".
  ///   - stopsEarly: whether held-out rows, where the training has some, choose the epoch.
  package init(label: String, epochCount: Int, lossName: String, stopsEarly: Bool, _ training: Training) {
    self.label = label
    self.epochCount = max(1, min(epochCount, training.epochLimit ?? epochCount))
    self.lossName = lossName
    self.training = training
    validation = stopsEarly ? training.validation : nil
  }

  /// Reports how far an epoch (from 0) has come, for epochs that take long.
  package func report(epoch: Int, share: Double, loss: Double? = nil) {
    training.execution.report(
      Progress(
        label: label, fraction: (Double(epoch) + share) / Double(epochCount), loss: loss, of: .init(epochCount, "epoch")
      ))
  }

  /// Runs the epochs.
  ///
  /// - Parameters:
  ///   - state: what the epochs change; a value, so that keeping the best is a copy.
  ///   - recommender: the model that a state is; asked once an epoch where there are held-out rows.
  ///   - epoch: one epoch (from 0), in place; gives the training loss, nil where it is not worth computing. When it
  ///     throws `Cancelled` the state must still be one that a model can be made of.
  /// - Returns: the state to keep, and how it went.
  package func run<State: Sendable>(
    from state: consuming State, recommender: (State) -> any Recommender,
    epoch: (inout State, Int) throws -> Double?
  ) throws -> (state: State, curve: LearningCurve) {
    var state = state
    var curve = LearningCurve(lossName: lossName, plannedEpochs: epochCount)
    var best: (state: State, score: Validation.Score)?
    for index in 0..<epochCount {
      do {
        try training.execution.checkpoint()
        let loss = try epoch(&state, index)
        let score = try validation?.measure(recommender(state))
        curve.points.append(.init(epoch: index + 1, loss: loss, validation: score?.value))
        report(epoch: index, share: 1, loss: loss)
        guard let score else {
          curve.keptEpoch = index + 1
          continue
        }
        curve.validationName = score.metric
        if best.map({ score.isBetter(than: $0.score) }) ?? true {
          best = (state, score)
          curve.keptEpoch = index + 1
        } else if index + 1 - curve.keptEpoch >= Self.patience {
          break
        }
      } catch let cancelled as Cancelled {
        if index == 0 { throw cancelled }
        curve.isPartial = true
        break
      }
    }
    return (best?.state ?? state, curve)
  }
}

extension OptionSpec {
  /// How often an iterative training goes over the data.
  package static func epochs(default value: Int, _ summary: String = "how often the training goes over the data")
    -> OptionSpec
  {
    .count("epochs", default: value, in: 1...100_000, unit: "epochs", summary)
  }

  /// Whether held-out rows choose the epoch.
  package static let stop = OptionSpec.choice(
    "stop", default: "valid",
    [
      Choice("valid", "at the epoch that is best on `valid`, where the split has one"),
      Choice("never", "after the last epoch"),
    ], "when the training ends")
}

extension OptionValues {
  /// Whether `stop=` lets held-out rows choose the epoch.
  package var stopsEarly: Bool { word("stop") != "never" }
}
