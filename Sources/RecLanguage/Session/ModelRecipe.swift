import RecData
import RecKernels
import RecModels

/// A command that trains a model, to be run on other training data than the session's: on a fold, or on a part of `train`.
struct ModelRecipe: Sendable {
  /// Without an operand that names data.
  let call: Call
  /// What the command would train on.
  let data: Dataset
  private let session: Session

  /// - Parameter outer: what it stands behind; the place of its errors.
  init(_ call: Call, in session: Session, for outer: Call) throws(Diagnostic) {
    self.session = session
    if call.command.operands.first?.slot == .dataset {
      data = try session.dataset(call.operands.first, for: outer)
      self.call = call.with(operands: [], target: nil)
    } else {
      data = try session.dataset(nil, for: outer)
      self.call = call
    }
  }

  /// The same with another word as an option's value.
  func setting(_ option: String, to text: String) -> ModelRecipe {
    ModelRecipe(call: call.setting(option, to: text), data: data, session: session)
  }

  private init(call: Call, data: Dataset, session: Session) {
    self.call = call
    self.data = data
    self.session = session
  }

  /// What the command trains on some data, in a session that knows no other held-out rows than `valid`.
  ///
  /// Models that it names, such as the parts of a blend, are trained anew on the data, too.
  func model(
    named name: String, on train: Dataset, valid: Dataset?, execution: Execution
  ) throws -> (model: Model, warnings: [Diagnostic]) {
    var own = session
    own.execution = execution
    own.bind("train", .dataset(train))
    own.unbind("test")
    if let valid { own.bind("valid", .dataset(valid)) } else { own.unbind("valid") }
    for argument in parts {
      guard case .model(let part)? = session[argument.text] else { continue }
      own.bind(
        argument.text, .model(try refit(part, on: train, execution: execution, resolve: session.pathResolution).model))
    }
    let reply = try call.command.run(call.with(operands: call.operands, target: name), &own)
    guard case .model(let model)? = reply.value else {
      throw Diagnostic(.unsuitableCommand, "'\(call.command.verb)' gave no model", at: call.verbRange)
    }
    return (model, reply.outputs.compactMap { if case .warning(let diagnostic) = $0 { diagnostic } else { nil } })
  }

  /// The words that name models.
  private var parts: [Call.Argument] {
    call.command.operands.contains { $0.slot == .weightedModel || $0.slot == .model } ? call.operands : []
  }

  /// What else the models depend on, for telling two recipes of the same words apart: the seed, and what the models that
  /// it names are.
  var circumstances: String {
    let parts = parts.map { argument in
      guard case .model(let part)? = session[argument.text] else { return argument.text }
      return "\(argument.text) = \(part.statement) seed=\(part.seed) \(part.curve?.keptEpoch ?? 0)"
    }
    return "seed=\(session.settings.seed) \(parts.joined(separator: ", "))"
  }
}

extension Session {
  /// How one would type what a name holds, where it is a model.
  func statement(ofModel name: String) -> String? {
    if case .model(let model)? = self[name] { model.statement } else { nil }
  }
}
