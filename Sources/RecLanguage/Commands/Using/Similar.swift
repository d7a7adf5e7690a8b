import RecData
import RecModels

extension Command {
  /// Items that are like one.
  static let similar = Command(
    "similar", .using, summary: "list the items most like one",
    operands: [Operand("item", .item, .one, "an id, or a title in quotes")],
    options: [
      OptionSpec("with", .model, "the model; without it the newest that can compare items"),
      .count("top", default: 10, unit: "items", "how long the list is"),
    ],
    examples: [
      Example("similar 1", after: .trained),
      Example("similar 1 with=tfidf top=5", after: .trained),
    ],
    notes: "The similarity is the cosine of what the model knows of the two items: factors, or words and labels."
  ) { call, session in
    guard let argument = call.operands.first else {
      throw Diagnostic(.missingOperand, "'similar' needs an item", at: call.verbRange, hint: "an id or \"a title\"")
    }
    let model = try session.comparingModel(call)
    let item = try session.item(argument, in: model.entities)
    guard let similar = model.similarItems(to: item, count: try call.count("top") ?? 10) else {
      throw Diagnostic(
        .unsuitableModel, "'\(model.name)' does not compare items", at: call.argument("with")?.range ?? call.verbRange,
        help: "svd and tfidf do: similar \(argument.text) with=tfidf")
    }
    let entities = model.entities
    let rows = similar.enumerated().map { place, entry -> [Table.Cell] in
      let item = ItemIndex(entry.item)
      return [
        .count(place + 1), .text(entities.items[item].text), .text(entities.title(of: item)),
        .number(Double(entry.score)),
      ]
    }
    guard !rows.isEmpty else {
      throw Diagnostic(
        .unsuitableModel, "'\(model.name)' knows nothing of '\(entities.title(of: item))'", at: argument.range)
    }
    let table = Table(
      columns: [
        Table.Column("rank", .count), Table.Column("item", .text), Table.Column("title", .text),
        Table.Column("similarity", .decimals(3)),
      ], rows: rows)
    return Reply(.table(table), outputs: [.table(table)])
  }
}

extension Session {
  /// The model that `with=` names, else the newest that compares items.
  fileprivate func comparingModel(_ call: Call) throws -> Model {
    if let argument = call.argument("with") { return try model(argument) }
    let comparing = newest { value -> Model? in
      guard case .model(let model) = value, model.recommender.comparesItems else { return nil }
      return model
    }
    return try comparing?.value ?? model(with: nil, for: call)
  }
}
