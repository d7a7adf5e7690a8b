package import RecData
package import RecModels

extension Summary {
  /// What a dataset says of itself: `100,836 ratings · 610 users × 9,724 items · 1.70% filled · 0.5–5`.
  package init(of dataset: Dataset, named name: String) {
    let (users, items) = dataset.active
    let cells = Double(users) * Double(items)
    let filled = cells > 0 ? Double(dataset.count) / cells : 0
    var facts = [
      Fact("source", .cell(.text(dataset.name)), nil),
      Fact("ratings", .cell(.count(dataset.count)), counted(dataset.count, dataset.eventNoun)),
      Fact("users", .cell(.count(users)), nil),
      Fact("items", .cell(.count(items)), "\(counted(users, "user")) × \(counted(items, "item"))"),
      Fact("filled", .cell(.number(filled)), "\(decimals(filled * 100, 2))% filled"),
    ]
    switch dataset.feedback {
    case .ratings(let scale):
      let low = written(scale.lowest)
      let high = written(scale.highest)
      facts.append(Fact("lowest", .cell(.number(Double(scale.lowest))), "\(low)–\(high)"))
      facts.append(Fact("highest", .cell(.number(Double(scale.highest))), nil))
    case .events: break
    }
    self.init(.dataset, name: name, facts: facts + Self.facts(of: dataset.preparation))
  }

  /// What models do to the ratings first: `zscore by user · absent item-mean`.
  fileprivate static func facts(of preparation: Preparation) -> [Fact] {
    var facts: [Fact] = []
    if let normalization = preparation.normalization {
      let phrase = "\(normalization.word) by \(normalization.axis.rawValue)"
      facts.append(Fact("normalized", .cell(.text(phrase)), phrase))
    }
    if let imputation = preparation.imputation {
      let isConstant = imputation.source == .constant
      let word = isConstant ? plain(imputation.constant) : imputation.source.rawValue
      facts.append(Fact("imputed", .cell(.text(word)), "absent \(word)"))
    }
    return facts
  }

  /// What an item table says of itself: `9,742 items · title, genres`.
  package init(itemsOf dataset: Dataset, named name: String) {
    let fields = dataset.entities.itemFields
    self.init(
      .dataset, name: name,
      facts: [
        Fact("items", .cell(.count(fields.describedCount)), counted(fields.describedCount, "item")),
        Fact("fields", .words(fields.names), fieldPhrase(fields.names)),
      ])
  }

  /// What a user table says of itself.
  package init(usersOf dataset: Dataset, named name: String) {
    let fields = dataset.entities.userFields
    self.init(
      .dataset, name: name,
      facts: [
        Fact("users", .cell(.count(fields.describedCount)), counted(fields.describedCount, "user")),
        Fact("fields", .words(fields.names), fieldPhrase(fields.names)),
      ])
  }

  /// What a model says of itself: `610 users × 9,724 items · 50 factors · center=bias`.
  package init(of model: Model) {
    let options = model.options.entries.map { Fact($0.name, FactValue($0.value), nil) }
    let (users, items) = model.training.active
    var facts = [
      Fact("algorithm", .cell(.text(model.algorithm)), nil),
      Fact("options", .record(options), nil),
      Fact(
        "users", .cell(.count(users)), users == 0 ? nil : "\(counted(users, "user")) × \(counted(items, "item"))"),
      Fact("items", .cell(.count(items)), nil),
    ]
    facts += model.recommender.facts.map { fact in
      let phrase = if case .count(let count) = fact.value { counted(count, fact.noun) } else { fact.noun }
      return Fact(fact.name, FactValue(fact.value), phrase)
    }
    if let curve = model.curve { facts += Self.facts(of: curve) }
    facts += Self.facts(of: model.usedPreparation)
    if !model.parts.isEmpty {
      facts.append(Fact("parts", .words(model.parts.map { "\($0.model.name):\($0.weight)" }), nil))
    }
    self.init(.model, name: model.name, facts: facts)
  }

  /// How an iterative training went: `20 epochs`, or `epoch 12 of 20 · valid rmse 0.8731`.
  private static func facts(of curve: LearningCurve) -> [Fact] {
    let kept = Table.Cell.count(curve.keptEpoch)
    guard let metric = curve.validationName, let value = curve.keptValidation else {
      return [Fact("epochs", .cell(kept), counted(curve.keptEpoch, "epoch"))]
    }
    return [
      Fact("epochs", .cell(kept), "epoch \(curve.keptEpoch) of \(curve.points.count)"),
      Fact("valid_\(metric)", .cell(.number(value)), "valid \(metric) \(decimals(value, 4))"),
    ]
  }

  /// What people read: the phrases of the facts.
  package var phrase: String { facts.compactMap(\.phrase).joined(separator: " · ") }
}

/// A rating as its file writes it: the shortest digits of a Float, and not those of the Double that it becomes.
private func written(_ rating: Float) -> String { Double("\(rating)").map(plain) ?? "\(rating)" }

/// The names of fields, as many as a line holds; nil for none.
private func fieldPhrase(_ names: [String]) -> String? {
  if names.isEmpty { return nil }
  let shown = names.count > 12 ? names.prefix(10) + ["\(grouped(names.count - 10)) more"] : names[...]
  return shown.joined(separator: ", ")
}

extension Summary.FactValue {
  init(_ value: OptionValue) {
    switch value {
    case .count(let count): self = .cell(.count(count))
    case .number(let number): self = .cell(Table.Cell(number))
    case .flag(let isOn): self = .cell(.text(isOn ? "on" : "off"))
    case .word(let word): self = .cell(.text(word))
    case .words(let words): self = .words(words)
    case .range(let lowest, let highest, _): self = .cell(.text("\(plain(lowest))..\(plain(highest))"))
    }
  }
}

extension Normalization {
  /// What the ratings become, as one types it.
  var word: String { target == .range ? "\(plain(lowest))..\(plain(highest))" : target.rawValue }
}

extension Dataset {
  /// The word for one interaction.
  var eventNoun: String {
    switch feedback {
    case .ratings: "rating"
    case .events: "event"
    }
  }
}

extension Model {
  /// What of its data's preparation went into it.
  fileprivate var usedPreparation: Preparation {
    let uses = AlgorithmCatalog[algorithm]?.uses ?? []
    var used = Preparation()
    if uses.contains(.normalization) { used.normalization = training.preparation.normalization }
    if uses.contains(.imputation) { used.imputation = training.preparation.imputation }
    return used
  }

  /// What of its data's preparation went into it, for people.
  var preparationPhrases: [String] { Summary.facts(of: usedPreparation).compactMap(\.phrase) }

  /// What its summary tells people.
  var phrase: String { Summary(of: self).phrase }
}
