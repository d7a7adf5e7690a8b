import RecAlgebra
import RecData
import RecModels

/// What a preparation is for: bound datasets, of which the first is what it is fitted on.
struct PreparedData {
  let parts: [(name: String, data: Dataset)]

  var first: Dataset { parts[0].data }

  /// Whether a user or an item stays has to be decided for all of them alike: they share ids.
  func shareEntities(with other: Dataset) -> Bool {
    other.entities.users == first.entities.users && other.entities.items == first.entities.items
  }
}

extension Session {
  /// The dataset that is named; without a name the parts of a split, `train` first, else the newest ratings.
  ///
  /// With a target the data stay as they are, and only the first is prepared.
  func preparedData(_ name: Call.Argument?, for call: Call) throws(Diagnostic) -> PreparedData {
    if let name { return PreparedData(parts: [(name.text, try dataset(name))]) }
    let data = try dataset(nil, for: call)
    let own = trainingDataName ?? "ratings"
    guard own == "train", call.targets.isEmpty else { return PreparedData(parts: [(own, data)]) }
    let others = ["valid", "test"].compactMap { name -> (String, Dataset)? in
      guard case .dataset(let data)? = self[name] else { return nil }
      return (name, data)
    }
    return PreparedData(parts: [(own, data)] + others)
  }

  /// The same for what is learned from ratings, which are never those that are held out.
  func learnedData(_ name: Call.Argument?, for call: Call) throws(Diagnostic) -> PreparedData {
    let prepared = try preparedData(name, for: call)
    if let name, [.valid, .test].contains(prepared.first.role) {
      throw Diagnostic(
        .fittedOnTest, "'\(name.text)' is held out, and '\(call.command.verb)' would learn from it", at: name.range,
        hint: "'\(call.command.verb)' alone learns from train and applies to all parts")
    }
    return prepared
  }

  /// Prepared data under their names, or under the target.
  func reply(
    _ prepared: PreparedData, call: Call, notes: [String], _ change: (Dataset) throws -> Dataset
  ) rethrows -> Reply {
    var reply = Reply()
    for (name, data) in prepared.parts {
      let name = call.targets.first ?? name
      let changed = try change(data)
      reply.bind(name, .dataset(changed), Summary(of: changed, named: name))
    }
    reply.outputs += notes.map(Output.Content.text)
    return reply
  }

  /// Changes the tables of items and users that share ids with some data: `items`, `users` and what is bound beside them.
  mutating func replaceTables(sharingIDsWith data: PreparedData, _ change: (Dataset) -> Dataset) {
    for name in names {
      switch self[name] {
      case .items(let own)? where data.shareEntities(with: own): replace(name, .items(change(own)))
      case .users(let own)? where data.shareEntities(with: own): replace(name, .users(change(own)))
      default: break
      }
    }
  }
}

extension Dataset {
  /// Refuses to hold some of the ratings out where the others have been changed by them already.
  func refuseParting(for call: Call) throws(Diagnostic) {
    guard preparation.isFittedOnAll else { return }
    throw Diagnostic(
      .fittedOnTest, "the ratings were cut into bins by what was found in all of them, those to be held out included",
      at: call.operands.first?.range ?? call.verbRange,
      hint: call.command.verb == "split" ? "split first, then bin" : "\(call.command.verb) first, then bin")
  }
}

/// A field of items or of users, in the data that it belongs to.
struct PreparedField {
  /// Whether it is one of items.
  let isOfItems: Bool
  /// As the table spells it.
  let name: String
  let column: FieldColumn
  let data: Dataset
  /// Which rows numbers are learned from: after a split those with a rating in `train`; nil for all.
  let fittedOn: [Bool]?

  var table: FieldTable { isOfItems ? data.entities.itemFields : data.entities.userFields }

  /// What a row is.
  var noun: String { isOfItems ? "item" : "user" }
}

extension Session {
  /// The field that a word names, of items or else of users; `users.age` and `items.year` say which.
  ///
  /// - Parameter owner: a dataset or a table that was named; nil for what models are trained on, else the newest table.
  func field(_ argument: Call.Argument, of owner: Call.Argument?, for call: Call) throws(Diagnostic) -> PreparedField {
    let data = try fieldOwner(owner, for: call)
    var wanted = argument.text
    var kinds = [true, false]
    for (prefix, isOfItems) in [("items.", true), ("users.", false)] where wanted.lowercased().hasPrefix(prefix) {
      wanted.removeFirst(prefix.count)
      kinds = [isOfItems]
    }
    for isOfItems in kinds {
      let table = isOfItems ? data.entities.itemFields : data.entities.userFields
      guard let place = table.place(of: wanted) else { continue }
      var known: [Bool]?
      if data.role == .train {
        known =
          isOfItems
          ? data.ratingCounts.map { $0 > 0 }
          : data.entities.users.indices.map { !data.interactions.row($0).isEmpty }
      }
      return PreparedField(
        isOfItems: isOfItems, name: table.names[place], column: table.columns[place], data: data, fittedOn: known)
    }
    let names = data.entities.itemFields.names + data.entities.userFields.names
    throw Diagnostic(
      .unknownField, "no field '\(argument.text)' of items or users", at: argument.range,
      hint: didYouMean(nearest(wanted, in: names)),
      help: names.isEmpty ? "load a table of items or users first" : "fields: \(names.joined(separator: ", "))")
  }

  private func fieldOwner(_ owner: Call.Argument?, for call: Call) throws(Diagnostic) -> Dataset {
    if let owner { return try dataset(owner) }
    if let data = trainingData, !data.entities.itemFields.isEmpty || !data.entities.userFields.isEmpty { return data }
    let table = newest { value -> Dataset? in
      switch value {
      case .items(let data), .users(let data): data
      default: nil
      }
    }
    if let table { return table.value }
    return try dataset(nil, for: call)
  }

  /// Puts columns into the table of a field, in all data that share it; a target takes the table alone.
  mutating func reply(
    setting fields: [(name: String, column: FieldColumn)], beside field: PreparedField, owner: Call.Argument?,
    call: Call, notes: [Output.Content]
  ) -> Reply {
    let table = field.table.setting(fields)
    func changed(_ data: Dataset) -> Dataset {
      var data = data
      if field.isOfItems { data.entities.itemFields = table } else { data.entities.userFields = table }
      return data
    }
    func shares(_ data: Dataset) -> Bool {
      field.isOfItems
        ? data.entities.items == field.data.entities.items && data.entities.itemFields == field.table
        : data.entities.users == field.data.entities.users && data.entities.userFields == field.table
    }
    let data = changed(field.data)
    let name = call.targets.first ?? (field.isOfItems ? "items" : "users")
    if call.targets.isEmpty {
      for name in names where owner == nil || owner?.text == name {
        switch self[name] {
        case .dataset(let own)? where shares(own): replace(name, .dataset(changed(own)))
        case .items(let own)? where shares(own): replace(name, .items(changed(own)))
        case .users(let own)? where shares(own): replace(name, .users(changed(own)))
        default: break
        }
      }
    }
    let summary = field.isOfItems ? Summary(itemsOf: data, named: name) : Summary(usersOf: data, named: name)
    return Reply(field.isOfItems ? .items(data) : .users(data), outputs: [.summary(summary)] + notes)
  }

  /// A dataset or a table in front of fields, and the fields.
  func ownerAndFields(_ call: Call) -> (owner: Call.Argument?, fields: [Call.Argument]) {
    guard let first = call.operands.first else { return (nil, []) }
    switch self[first.text] {
    case .dataset?, .items?, .users?: return (first, Array(call.operands.dropFirst()))
    default: return (nil, call.operands)
    }
  }
}

extension Diagnostic {
  /// A field that cannot be prepared as asked, at the option or the word that says so.
  init(fieldProblem problem: FieldProblem, field: Call.Argument, option: Call.Argument?) {
    let place = option?.range ?? field.range
    let name = field.text
    switch problem {
    case .noNumbers:
      self.init(
        .badValue, "'\(name)' holds no numbers", at: place, hint: "by=most-frequent, or by=constant value=…")
    case .notANumber(let text):
      self.init(.badValue, "'\(name)' holds numbers, and '\(text)' is none", at: place)
    case .nothingKnown: self.init(.missing, "every entry of '\(name)' is missing", at: field.range)
    case .severalLabels(let labels):
      self.init(
        .badValue, "a row of '\(name)' has several labels: \(labels.prefix(3).joined(separator: ", "))", at: place,
        hint: "as=multihot")
    case .tooManyValues(let count, let limit):
      self.init(
        .badValue, "'\(name)' has \(grouped(count)) different values, and columns are made for \(grouped(limit))",
        at: field.range, hint: "as=ordinal makes one column")
    case .allEqual: self.init(.badValue, "all values of '\(name)' are equal", at: field.range)
    }
  }
}
