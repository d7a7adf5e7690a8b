import RecData
import RecModels

extension Command {
  /// Trains a model again, on all that there is.
  static let refit = Command(
    "refit", .models, summary: "train a model again on all ratings: what one deploys in the end",
    operands: [
      Operand("model", .model, .one, "a trained model"),
      Operand("data", .dataset, .optional, "what to train on; without it all ratings, test included"),
    ],
    examples: [Example("refit svd ratings", after: .trained)],
    notes: "Algorithm, options, seed, parts and weights, learned ones too, are kept."
  ) { call, session in
    guard let argument = call.operands.first else {
      throw Diagnostic(.missingOperand, "'refit' needs a model", at: call.verbRange, hint: "such as refit svd")
    }
    var model = try session.model(argument)
    let data = try call.operands.dropFirst().first.map { argument throws(Diagnostic) in try session.dataset(argument) }
    let whole = session.newest { if case .dataset(let data) = $0, data.role == .whole { data } else { nil } }?.value
    model.name = call.targets.first ?? model.name
    do {
      let chosen = try data ?? whole ?? session.dataset(nil, for: call)
      let again = try RecModels.refit(
        model, on: chosen, execution: session.execution, resolve: session.pathResolution)
      return session.reply(
        binding: again.model, warnings: again.warnings.map { Diagnostic(trainingWarning: $0, at: argument.range) })
    } catch let error as TrainingError {
      throw Diagnostic(trainingError: error, algorithm: model.algorithm, at: argument.range)
    }
  }
}
