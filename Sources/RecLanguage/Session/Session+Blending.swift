import RecData
import RecModels

extension Session {
  /// Mixes models under the name that the call wants; weights that are not written are equal or learned.
  func blend(_ call: Call, models: [Model], written: [Double?], learns: Bool, method: Blend.Method) throws -> Reply {
    let name = call.targets.first ?? "blend"
    do {
      var outputs: [Output.Content] = []
      var weights = written.map { $0 ?? 1 }
      var chosenOn: Dataset?
      if learns {
        let training = Training(seed: settings.seed, execution: execution, resolve: pathResolution)
        if case .dataset(let valid)? = self["valid"] {
          weights = try learnBlendWeights(parts: models, method: method, on: valid, training: training)
          chosenOn = valid
        } else {
          weights = try learnBlendWeightsByHoldingOut(parts: models, method: method, training: training)
          outputs.append(
            .text("no valid is there: a tenth of what the parts were trained on was held out to learn from"))
        }
      }
      let options = try call.optionValues(of: call.command.options)
      var model = try blendModel(
        named: name, parts: Array(zip(models, weights)), options: options, seed: settings.seed)
      model.chosenOn = chosenOn
      var reply = reply(binding: model, warnings: [])
      reply.outputs = outputs + reply.outputs
      return reply
    } catch let error as BlendError {
      throw Diagnostic(blendError: error, call: call)
    } catch let error as TrainingError {
      throw Diagnostic(trainingError: error, algorithm: "blend", at: call.verbRange)
    }
  }
}

extension Diagnostic {
  fileprivate init(blendError error: BlendError, call: Call) {
    func operand(_ name: String) -> Call.Argument? { call.operands.first { $0.text == name } }
    switch error {
    case .tooFewModels:
      self.init(.badOperand, "a blend needs two models or more", at: call.verbRange)
    case .weightNotFinite(let model):
      self.init(.badOperand, "the weight of '\(model)' is no number", at: operand(model)?.weightRange ?? call.verbRange)
    case .negativeWeight(let model):
      self.init(
        .badOperand, "the weight of '\(model)' is below zero", at: operand(model)?.weightRange ?? call.verbRange,
        hint: "0 or more")
    case .weightsSumToZero:
      self.init(
        .badOperand, "the weights sum to zero, and nothing would be mixed", at: call.range,
        hint: "such as \(call.operands.prefix(2).map { "\($0.text):0.5" }.joined(separator: " "))")
    case .nothingInCommon(let model, let other):
      self.init(
        .unsuitableModel, "'\(model)' and '\(other)' have no item in common",
        at: operand(model)?.range ?? call.verbRange)
    case .nothingToLearnFrom:
      self.init(
        .missing, "there are no held-out rows to learn weights from",
        at: call.argument("weights")?.range ?? call.verbRange)
    }
  }
}
