import RecData
import RecModels

extension Command {
  /// Ratings of somebody, folded into the models.
  static let rate = Command(
    "rate", .using, summary: "add ratings of a user and fold them into the models",
    operands: [
      Operand("user", .user, .one, "an id like any other; it may be new"),
      Operand("ratings", .ratedItem, .any, "items with their ratings: \"Heat (1995)\":4"),
    ],
    examples: [Example("rate me 1:5 2:4", after: .trained)],
    notes: """
      The ratings join the data that models are trained on, and every model that is there answers for the user at once, \
      without training again: `recommend me`. A rating of an item rated before takes its place.
      """
  ) { call, session in
    guard let user = call.operands.first, call.operands.count > 1 else {
      throw Diagnostic(
        .missingOperand, "'rate' needs a user and ratings", at: call.verbRange,
        hint: "such as rate me \"Heat (1995)\":4")
    }
    let learned = session.trainingData
    // A model that was loaded alone knows its items and their scale.
    let data = try learned ?? session.models.last?.training ?? session.dataset(nil, for: call)
    var ratings: [(item: ItemID, value: Float)] = []
    for argument in call.operands.dropFirst() {
      guard let weight = argument.weight else {
        throw Diagnostic(
          .badOperand, "'\(argument.text)' has no rating", at: argument.range, hint: "\(argument.text):4")
      }
      if case .ratings(let scale) = data.feedback, !(Double(scale.lowest)...Double(scale.highest)).contains(weight) {
        throw Diagnostic(
          .badOperand, "\(plain(weight)) is outside the scale of the ratings",
          at: argument.weightRange ?? argument.range,
          hint: "from \(plain(Double(scale.lowest))) to \(plain(Double(scale.highest)))")
      }
      let item = try session.item(argument, in: data.entities)
      ratings.append((data.entities.items[item], Float(weight)))
    }
    session.add(ratings, of: UserID(user.text))
    let rows = ratings.map { rating -> [Table.Cell] in
      let title = data.entities.items.index(of: rating.item).map { data.entities.title(of: $0) } ?? rating.item.text
      return [.text(rating.item.text), .text(title), .number(Double(rating.value))]
    }
    let table = Table(
      columns: [
        Table.Column("item", .text), Table.Column("title", .text), Table.Column("rating", .decimals(data.decimalCount)),
      ], rows: rows)
    let models = session.models.map(\.name)
    let done = [
      learned == nil ? nil : "added to the ratings", models.isEmpty ? nil : "folded into \(listed(models, "and"))",
    ].compactMap { $0 }
    return Reply(.table(table), outputs: [.table(table), .text(listed(done, "and"))])
  }
}

extension Session {
  /// Adds ratings to the data that is trained on, and folds them into every model.
  fileprivate mutating func add(_ ratings: [(item: ItemID, value: Float)], of user: UserID) {
    let rows = ratings.map { NewRating(user: user, item: $0.item, value: $0.value) }
    for name in names {
      switch self[name] {
      case .dataset(let dataset)?:
        // What is held out learns the user's id alone, so that all parts keep one index space.
        let isLearnedFrom = dataset.role == .whole || dataset.role == .train
        replace(
          name, .dataset(isLearnedFrom ? dataset.adding(rows) : dataset.remapped(to: dataset.adding(rows).entities)))
      case .model(var model)?:
        model.fold(ratings, of: user)
        replace(name, .model(model))
      default: break
      }
    }
  }
}
