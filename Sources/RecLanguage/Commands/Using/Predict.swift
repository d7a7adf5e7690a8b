import RecAlgebra
import RecData
import RecModels

extension Command {
  /// The rating that a user would give an item.
  static let predict = Command(
    "predict", .using, summary: "predict a user's rating of an item",
    operands: [
      Operand("user", .user, .one, "the id of a user"), Operand("item", .item, .one, "an id, or a title in quotes"),
    ],
    options: [OptionSpec("with", .model, "the model; without it the newest that predicts ratings")],
    examples: [Example("predict 42 1", after: .trained), Example("predict 42 1 with=baseline", after: .trained)],
    notes: "In the units of the data, and not clipped to its scale. Models that only rank predict no ratings."
  ) { call, session in
    guard call.operands.count == 2 else {
      throw Diagnostic(
        .missingOperand, "'predict' needs a user and an item", at: call.verbRange, hint: "such as predict 42 1")
    }
    let model = try session.predictingModel(call)
    let item = try session.item(call.operands[1], in: model.entities)
    let history = model.history(of: UserID(call.operands[0].text))
    let rating = Double(model.recommender.predict(history, items: [Int32(item.raw)])[0])
    let warning = session.warning(forUnknown: call.operands[0], model: model).map(Output.Content.warning)
    return Reply(.number(rating), outputs: [warning, .value(rating)].compactMap { $0 })
  }
}

extension Session {
  /// The model that `with=` names, else the newest that predicts ratings.
  fileprivate func predictingModel(_ call: Call) throws -> Model {
    let named = try call.argument("with").map { try model($0) }
    let predicting = newest { value -> Model? in
      guard case .model(let model) = value, model.recommender.predictsRatings else { return nil }
      return model
    }
    let chosen = try named ?? predicting?.value ?? model(with: nil, for: call)
    guard chosen.recommender.predictsRatings else {
      let isOfEvents = chosen.training.feedback == .events
      throw Diagnostic(
        .unsuitableModel, "'\(chosen.name)' ranks items and predicts no ratings",
        at: call.argument("with")?.range ?? call.verbRange,
        help: isOfEvents
          ? "it was trained on events, which have none; for a score and its parts: why"
          : "svd and baseline do; for the parts of a score: why")
    }
    return chosen
  }
}
