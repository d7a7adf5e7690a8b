package import RecData
package import RecModels

extension Command {
  /// The parts of a score.
  static let why = Command(
    "why", .using, summary: "split the score of an item into its parts",
    operands: [
      Operand("user", .user, .one, "the id of a user"), Operand("item", .item, .one, "an id, or a title in quotes"),
    ],
    options: [OptionSpec("with", .model, "the model; without it the newest")],
    examples: [Example("why 42 1", after: .trained), Example("why 42 1 with=tfidf", after: .trained)],
    notes: """
      The parts sum to the score. A factor model gives the mean, the biases and the user's own ratings by what each \
      adds; a content model the words and labels that the item shares with what the user liked; a blend its parts by \
      weight.
      """
  ) { call, session in
    guard call.operands.count == 2 else {
      throw Diagnostic(.missingOperand, "'why' needs a user and an item", at: call.verbRange, hint: "such as why 42 1")
    }
    let model = try session.model(with: call.argument("with"), for: call)
    let item = try session.item(call.operands[1], in: model.entities)
    let history = model.history(of: UserID(call.operands[0].text))
    guard let explanation = model.recommender.explain(history, item: item) else {
      throw Diagnostic(
        .unsuitableModel, "'\(model.name)' cannot score '\(model.entities.title(of: item))'",
        at: call.operands[1].range)
    }
    var rows: [[Table.Cell]] = []
    for part in explanation.parts { append(part, depth: 0, to: &rows, entities: model.entities) }
    rows.append([.text("score"), .undefined, .number(explanation.score)])
    let table = Table(
      columns: [
        Table.Column("part", .text), Table.Column("rating", .decimals(1)), Table.Column("adds", .decimals(4)),
      ], rows: rows)
    let warning = session.warning(forUnknown: call.operands[0], model: model).map(Output.Content.warning)
    return Reply(.table(table), outputs: [warning, .table(table)].compactMap { $0 })
  }

  private static func append(
    _ part: Explanation.Part, depth: Int, to rows: inout [[Table.Cell]], entities: Entities
  ) {
    let indent = String(repeating: "  ", count: depth)
    rows.append([.text(indent + part.reason.words(entities)), Table.Cell(part.reason.rating), .number(part.value)])
    for inner in part.parts { append(inner, depth: depth + 1, to: &rows, entities: entities) }
  }
}

extension Explanation.Part.Reason {
  /// What people read of it.
  package func words(_ entities: Entities) -> String {
    switch self {
    case .mean: "mean of all ratings"
    case .userBias: "how this user rates"
    case .itemBias: "how this item is rated"
    case .rated(let item, _): "rated \(entities.title(of: item))"
    case .neighbor(let user, _): "user \(entities.users[user]), who is alike"
    case .factor(let number, let item): "factor \(number), as in \(entities.title(of: item))"
    case .term(let term): "'\(term)'"
    case .model(let name, let weight): "\(name) × \(plain(weight))"
    case .other(let words): words
    }
  }

  /// The rating that it stands for, where it is one.
  package var rating: Double? {
    switch self {
    case .rated(_, let value), .neighbor(_, let value): Double(value)
    default: nil
    }
  }
}
