import RecData
import RecModels

extension Command {
  /// Several models as one.
  static let blend = Command(
    "blend", .models, summary: "mix models by rating, score or rank, or switch between them",
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
          Choice("rank", "reciprocal rank fusion"), Choice("borda", "Borda points of the ranks"),
          Choice("switch", "the first model; where user or item is cold, the next"),
        ], "what is mixed"),
      .count(
        "cold", default: Switching.standardColdBelow, in: 0...1_000_000, unit: "ratings",
        "with method=switch: a user or an item with fewer ratings is cold"),
    ],
    examples: [
      Example("blend svd:0.8 tfidf:0.2", after: .trained), Example("blend svd baseline method=rank", after: .trained),
      Example("blend svd tfidf weights=learn", after: .trained),
      Example("blend svd tfidf method=switch cold=10", after: .trained),
    ],
    notes: """
      Weights are scaled to sum to one. Where all parts predict ratings, predicted ratings are mixed, and the blend \
      predicts ratings. Else each part's scores are standardised over the user's candidates first, and the blend only \
      ranks. An item that a part cannot score counts as that part's mean. Learned weights are not negative and sum to one: \
      ridge regression of the held ratings where ratings are mixed, else logistic regression on pairs of a relevant item \
      and one that the user left alone. With method=switch the first model answers where user and item have ratings \
      enough, else the first of the others that can score the item, such as a content model.
      """,
    source: """
      Burke 2002 (kinds of hybrids), doi:10.1023/A:1021240730564; Breiman 1996 (learned weights), \
      doi:10.1007/BF00117832; Cormack, Clarke & Büttcher 2009 (rank), doi:10.1145/1571941.1572114; Aslam & Montague 2001 \
      (Borda), doi:10.1145/383952.384007
      """, binds: ["blend"]
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
    let method = try call.word("method").flatMap(Blend.Method.init) ?? .score
    if method == .switch,
      let weight = call.operands.first(where: { $0.weight != nil })?.weightRange
        ?? (learns ? call.argument("weights")?.range : nil)
    {
      throw Diagnostic(
        .badOperand, "method=switch takes the models in their order; weights have no meaning there", at: weight)
    }
    return try session.blend(call, models: models, written: written, learns: learns, method: method)
  }
}
