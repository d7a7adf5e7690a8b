import RecAlgebra
import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Command {
  /// The best items for a user that the model was not trained on.
  static let recommend = Command(
    "recommend", .using, summary: "list the best items for a user",
    operands: [Operand("user", .user, .optional, "the id of a user; an unknown one is answered by the fallback")],
    options: [
      OptionSpec("with", .model, "the model; without it the newest"),
      .count("top", default: 10, unit: "items", "how long the list is"),
      .choice(
        "seen", default: "hide",
        [Choice("hide", "leave out what the model was trained on"), Choice("show", "list everything")],
        "whether items that the user has rated are listed"),
      OptionSpec("where", .condition, "list only items for which a condition holds, in quotes"),
      OptionSpec("exclude", .item, list: true, "items to leave out"),
      OptionSpec("users", .choice([Choice("all", "a list for every user")]), "lists for many users, as one table"),
    ],
    examples: [
      Example("recommend 42", after: .trained),
      Example("recommend 42 with=svd top=5 where=\"genres has Comedy\"", after: .trained),
      Example("recommend users=all top=3", after: .trained),
    ],
    notes: """
      Items are in descending order of score, ties by id. What the model was trained on is left out; an item that the \
      user has in `test` is marked. `recommend users=all` makes its lists as they are needed: it shows the first ten \
      rows, and `save it recs.csv` writes them all.
      """
  ) { call, session in
    let model = try session.model(with: call.argument("with"), for: call)
    let list = try RecommendationList(call, model: model, session: session)
    if try call.word("users") == "all" {
      if let user = call.operands.first {
        throw Diagnostic(.badOperand, "a user and users=all do not go together", at: user.range)
      }
      return list.replyForAllUsers(session.execution.workers)
    }
    guard let user = call.operands.first else {
      throw Diagnostic(
        .missingOperand, "'recommend' needs a user", at: call.verbRange,
        hint: "such as \(model.entities.users.count > 0 ? model.entities.users[UserIndex(0)].text : "42")")
    }
    let table = list.table(for: UserID(user.text))
    let warning = session.warning(forUnknown: user, model: model).map(Output.Content.warning)
    return Reply(.table(table), outputs: [warning, .table(table)].compactMap { $0 })
  }
}

/// How the lists of one `recommend` are made: one model, one length, one set of items.
struct RecommendationList: Sendable {
  let model: Model
  let rule: ListRule
  /// The part that is held out, for the marks.
  let heldOut: Dataset?

  init(_ call: Call, model: Model, session: Session) throws {
    self.model = model
    let entities = model.entities
    var allowed: [Bool]?
    if let condition = call.argument("where") {
      let parsed = try Condition(condition, fields: entities.askableItemFields)
      allowed = entities.items.indices.map { parsed.holds(for: ItemIndex($0), of: entities) }
    }
    for argument in call.options["exclude"] ?? [] {
      let item = try session.item(argument, in: entities)
      allowed = allowed ?? [Bool](repeating: true, count: entities.items.count)
      allowed?[item.raw] = false
    }
    rule = ListRule(
      length: try call.count("top") ?? 10, hidesSeen: try call.word("seen") != "show", allowed: allowed)
    if case .dataset(let test)? = session["test"], test.entities == entities { heldOut = test } else { heldOut = nil }
  }

  func table(for user: UserID) -> Table {
    let held = heldOutItems(of: user)
    var columns = Self.columns
    if held != nil { columns.append(Table.Column("held_out", .text)) }
    return Table(
      columns: columns, rows: rows(of: model.recommender.lists(for: [model.history(of: user)], rule)[0], held: held))
  }

  /// Users whose lists are made at a time, by all threads.
  private static let usersAtOnce = 1024

  func replyForAllUsers(_ workers: Workers) -> Reply {
    let users = model.entities.users
    let summary = "\(counted(users.count, "user")), up to \(counted(rule.length, "row")) each"
    let table = Table(
      columns: [Table.Column("user", .text)] + Self.columns,
      rows: .lazy(groupCount: (users.count + Self.usersAtOnce - 1) / Self.usersAtOnce, summary: summary) { group in
        let first = group * Self.usersAtOnce
        let group = first..<min(users.count, first + Self.usersAtOnce)
        return zip(group, model.lists(of: group, rule, workers: workers)).flatMap { user, list in
          rows(of: list, held: nil).map { [.text(users[UserIndex(user)].text)] + $0 }
        }
      })
    return Reply(.table(table), outputs: [.table(table)] + [listRemark(workers)].compactMap { $0 })
  }

  /// What the lists look like, so that one sees where everybody is shown the same: of all users, or of some at equal
  /// distances where they are many.
  private func listRemark(_ workers: Workers) -> Output.Content? {
    let users = model.entities.users.count
    let step = max(1, (users + Self.usersAtOnce - 1) / Self.usersAtOnce)
    let looked = Array(stride(from: 0, to: users, by: step))
    let blockSize = 128
    let lists = workers.map((looked.count + blockSize - 1) / blockSize) { block in
      let histories = looked[block * blockSize..<min(looked.count, (block + 1) * blockSize)].map { user in
        model.history(of: model.entities.users[UserIndex(user)])
      }
      return model.recommender.lists(for: histories, rule)
    }.flatMap { $0 }
    var counts = [Int](repeating: 0, count: model.entities.items.count)
    for entry in lists.joined() { counts[Int(entry.item)] += 1 }
    let exposure = Exposure(listCounts: counts, listCount: looked.count)
    guard let overlap = exposure.overlap, let popularity = exposure.popularity(model.training.ratingCounts) else {
      return nil
    }
    let shown = Double(counts.count { $0 > 0 }) / Double(counts.count)
    let whose = step > 1 ? "of \(counted(looked.count, "user")): " : ""
    return .text(
      "\(whose)two users' lists share \(decimals(overlap * 100, 1))%, \(decimals(shown * 100, 1))% of the items are shown,\n"
        + "an item in them has \(decimals(popularity, 1)) ratings")
  }

  private static let columns = [
    Table.Column("rank", .count), Table.Column("item", .text), Table.Column("title", .text),
    Table.Column("score", .decimals(3)),
  ]

  private func rows(of list: [ScoredItem], held: Set<Int32>?) -> [[Table.Cell]] {
    list.enumerated().map { place, entry in
      let entities = model.entities
      let item = ItemIndex(entry.item)
      var row: [Table.Cell] = [
        .count(place + 1), .text(entities.items[item].text), .text(entities.title(of: item)),
        .number(Double(entry.score)),
      ]
      if let held { row.append(.text(held.contains(entry.item) ? "in test" : "")) }
      return row
    }
  }

  private func heldOutItems(of user: UserID) -> Set<Int32>? {
    guard let heldOut else { return nil }
    guard let index = heldOut.entities.users.index(of: user) else { return [] }
    return Set(heldOut.interactions.columns[heldOut.interactions.row(index.raw)])
  }
}
