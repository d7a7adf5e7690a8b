import RecData
import RecModels

extension Command {
  /// Several models as one.
  static let blend = Command(
    "blend", .models, summary: "mix models: by predicted rating, by score or by rank",
    operands: [
      Operand("models", .weightedModel, .any, "models, each with its weight if they differ: svd:0.8 tfidf:0.2")
    ],
    options: [
      .choice(
        "weights", default: "equal",
        [
          Choice("equal", "the same weight for each, where none is written"),
          Choice("learn", "fitted on `valid`, or on a tenth of `train` held out; never on test"),
        ], "how models without a written weight are weighted"),
      .choice(
        "method", default: "score",
        [
          Choice("score", "predicted ratings where all parts predict them, else standardised scores"),
          Choice("rank", "reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)"),
        ], "what is mixed"),
    ],
    examples: [
      Example("blend svd:0.8 tfidf:0.2", after: .trained), Example("blend svd baseline method=rank", after: .trained),
    ],
    notes: """
      Weights are scaled to sum to one. Where all parts predict ratings, predicted ratings are mixed, and the blend \
      predicts ratings. Else each part's scores are standardised over the user's candidates first, and the blend only \
      ranks. An item that a part cannot score counts as that part's mean.
      """,
    source: "Cormack, Clarke & Büttcher 2009, doi:10.1145/1571941.1572114", binds: ["blend"]
  ) { call, session in
    guard !call.operands.isEmpty else {
      throw Diagnostic(
        .missingOperand, "'blend' needs models", at: call.verbRange, hint: "such as blend svd:0.8 tfidf:0.2")
    }
    let models = try call.operands.map { try session.model($0) }
    guard models.count > 1 else {
      throw Diagnostic(
        .badOperand, "a blend needs two models or more, found one", at: call.operands[0].range,
        help: "such as blend \(models[0].name):0.8 popular:0.2")
    }
    for (argument, model) in zip(call.operands, models).dropFirst()
    where model.entities.items != models[0].entities.items {
      throw Diagnostic(
        .unsuitableModel, "'\(argument.text)' was trained on other items than '\(models[0].name)'", at: argument.range)
    }
    let written = call.operands.map(\.weight)
    let learns = try call.word("weights") == "learn"
    if learns, let weighted = call.operands.first(where: { $0.weight != nil }) {
      throw Diagnostic(
        .badOperand, "weights=learn finds the weights; one is written here", at: weighted.weightRange ?? weighted.range)
    }
    let method: Blend.Method = try call.word("method") == "rank" ? .rank : .score
    return try session.blend(call, models: models, written: written, learns: learns, method: method)
  }
}
