import RecData
import RecModels

extension Command {
  /// Keeps the interactions, items or users that meet a condition.
  static let filter = Command(
    "filter", .data, summary: "keep the ratings, items or users for which a condition holds",
    operands: [
      Operand("condition", .condition, .restOfLine, "on rating, time, user, item and the fields of items and users")
    ],
    examples: [
      Example("filter rating >= 4", after: .generated),
      Example("filter genres has Comedy and year > 1990", after: .generated),
      Example("recent = filter ratings time >= 2018-01-31", after: .generated),
      Example("filter not title is missing", after: .generated),
      Example("filter items year >= 1990", after: .generated),
      Example("filter users >= 5 items >= 5", after: .generated),
    ],
    notes: """
      Conditions compare a field with `==`, `!=`, `<`, `<=`, `>`, `>=`, `has` (a label, or a part of a text), ask \
      `is missing`, and are joined by `and`, `or`, `not` and parentheses. A dataset may stand in front. Without one the \
      ratings are filtered in place, after a split all its parts alike; with a target the original stays as it is.

      With `items` or `users` in front, items or users go, with all their ratings, from the data that they belong to.

      `users >= 5 items >= 5`, or one of the two, leaves out users and items with fewer ratings, again and again until all \
      that are left have enough: a k-core. After a split the ratings of train are counted, and who goes goes from all parts.
      """,
    source: "Seidman 1983 (cores), doi:10.1016/0378-8733(83)90028-X", binds: ["ratings"]
  ) { call, session in
    guard var argument = call.operands.first else {
      throw Diagnostic(.missingOperand, "'filter' needs a condition", at: call.verbRange, hint: "such as rating >= 4")
    }
    let named = session.leadingData(of: &argument)
    switch named.map({ session[$0.text] }) {
    case .items(let data)?: return try session.filter(itemsOf: data, named: named, by: argument, call)
    case .users(let data)?: return try session.filter(usersOf: data, named: named, by: argument, call)
    default: break
    }
    let prepared = try session.preparedData(named, for: call)
    if let request = CoreRequest(argument.text) { return try session.filter(prepared, to: request, call) }
    return try session.filter(prepared, by: Condition(argument, fields: prepared.first.askableFields), call)
  }
}

extension Session {
  /// Takes the name of a dataset or a table from the front of a condition, where one stands there.
  fileprivate func leadingData(of argument: inout Call.Argument) -> Call.Argument? {
    let text = argument.text
    let word = String(text.prefix { !$0.isWhitespace })
    let rest = text.dropFirst(word.count).drop { $0.isWhitespace }
    guard !rest.isEmpty, rest.first.map({ !"<>=!".contains($0) }) ?? false, isData(word),
      !["has", "is"].contains(rest.prefix { !$0.isWhitespace }.lowercased())
    else { return nil }
    let skipped = text.utf8.count - rest.utf8.count
    let start = argument.range.start
    argument = Call.Argument(text: String(rest), range: SourceRange(start + skipped, argument.range.end))
    return Call.Argument(text: word, range: SourceRange(start, start + word.utf8.count))
  }

  private func isData(_ name: String) -> Bool {
    switch self[name] {
    case .dataset?, .items?, .users?: true
    default: false
    }
  }

  fileprivate func filter(_ prepared: PreparedData, by condition: Condition, _ call: Call) throws -> Reply {
    var reply = Reply()
    for (place, (name, data)) in prepared.parts.enumerated() {
      let kept = try data.matches(condition, execution: execution)
      let count = kept.count { $0 }
      if count == 0, place == 0 {
        throw Diagnostic(.missing, "no \(data.eventNoun) of '\(name)' meets the condition", at: call.range)
      }
      let part = try data.part(data.role, execution: execution) { kept[$0] }
      let target = call.targets.first ?? name
      reply.bind(target, .dataset(part), Summary(of: part, named: target))
      reply.outputs.append(.text("kept \(grouped(count)) of \(counted(data.count, data.eventNoun))"))
    }
    return reply
  }

  fileprivate mutating func filter(_ prepared: PreparedData, to request: CoreRequest, _ call: Call) throws -> Reply {
    let core = prepared.first.core(userMinimum: request.users, itemMinimum: request.items)
    guard core.users.contains(true), core.items.contains(true) else {
      throw Diagnostic(
        .missing, "no \(prepared.first.eventNoun) would be left", at: call.range, hint: "smaller numbers")
    }
    return keep(
      users: core.users, items: core.items, in: prepared, call,
      notes: ["in \(counted(core.rounds, "round")), the last of which found nobody and nothing with too few"])
  }

  // MARK: Tables

  fileprivate mutating func filter(
    itemsOf data: Dataset, named: Call.Argument?, by argument: Call.Argument, _ call: Call
  ) throws(Diagnostic) -> Reply {
    let entities = data.entities
    let condition = try Condition(argument, fields: entities.askableItemFields)
    let kept = entities.items.indices.map { condition.holds(for: ItemIndex($0), of: entities) }
    let everybody = [Bool](repeating: true, count: entities.users.count)
    return try keep(everybody, kept, of: data, named: named, argument, "item", call)
  }

  fileprivate mutating func filter(
    usersOf data: Dataset, named: Call.Argument?, by argument: Call.Argument, _ call: Call
  ) throws(Diagnostic) -> Reply {
    let entities = data.entities
    let condition = try Condition(argument, fields: entities.askableUserFields)
    let kept = entities.users.indices.map { condition.holds(for: UserIndex($0), of: entities) }
    let everything = [Bool](repeating: true, count: entities.items.count)
    return try keep(kept, everything, of: data, named: named, argument, "user", call)
  }

  /// Leaves items or users out of a table and of the data that share its ids; with a target, of the table alone.
  private mutating func keep(
    _ users: [Bool], _ items: [Bool], of data: Dataset, named: Call.Argument?, _ condition: Call.Argument,
    _ noun: String, _ call: Call
  ) throws(Diagnostic) -> Reply {
    let isOfItems = noun == "item"
    let kept = isOfItems ? items : users
    let count = kept.count { $0 }
    guard count > 0 else { throw Diagnostic(.missing, "no \(noun) meets the condition", at: condition.range) }
    let left = data.keeping(users: users, items: items)
    func changed(_ own: Dataset) -> Dataset {
      own.entities == data.entities ? own.keeping(users, items, left.entities) : own.keeping(users: users, items: items)
    }
    var outputs: [Output.Content] = []
    let name = call.targets.first ?? named?.text ?? noun + "s"
    outputs.append(
      .summary(isOfItems ? Summary(itemsOf: left, named: name) : Summary(usersOf: left, named: name)))
    outputs.append(.text("kept \(grouped(count)) of \(counted(kept.count, noun))"))
    if call.targets.isEmpty {
      let all = PreparedData(parts: [(name, data)])
      for name in names {
        guard case .dataset(let own)? = self[name], all.shareEntities(with: own) else { continue }
        let changed = changed(own)
        replace(name, .dataset(changed))
        outputs.append(.summary(Summary(of: changed, named: name)))
      }
      replaceTables(sharingIDsWith: all, changed)
    }
    return Reply(isOfItems ? .items(left) : .users(left), outputs: outputs)
  }
}
