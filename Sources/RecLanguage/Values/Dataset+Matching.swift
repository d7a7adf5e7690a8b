import RecAlgebra
import RecData
import RecKernels

extension Dataset {
  /// For each interaction whether a condition holds.
  func matches(_ condition: Condition, execution: Execution) throws(Cancelled) -> [Bool] {
    let prepared = PreparedCondition(condition.root, self)
    let usersInChunk = 256
    let chunkCount = (interactions.rowCount + usersInChunk - 1) / usersInChunk
    let progress = ProgressCounter(label: "filter", total: chunkCount, execution)
    let chunks = execution.workers.map(chunkCount) { chunk -> [Bool] in
      // What is missing after a cancellation is not looked at: the checkpoint below throws.
      if execution.cancellation.isCancelled { return [] }
      defer { progress.add(1) }
      let users = chunk * usersInChunk..<min((chunk + 1) * usersInChunk, interactions.rowCount)
      return users.flatMap { user in
        interactions.row(user).map { prepared.holds(self, user: user, entry: $0) }
      }
    }
    try execution.checkpoint()
    return Array(chunks.joined())
  }
}

/// A condition over one dataset, each test answered beforehand for all items or all users where it is about them alone.
private indirect enum PreparedCondition: Sendable {
  case all([PreparedCondition])
  case any([PreparedCondition])
  case not(PreparedCondition)
  /// The answer for each item; (itemCount,).
  case ofItem([Bool])
  /// The answer for each user; (userCount,).
  case ofUser([Bool])
  case ofRow(Condition, RowField)

  /// What differs from row to row.
  enum RowField: Sendable {
    case value, time
    /// A field that items and users have: the item's, else the user's.
    case either(String)
  }

  init(_ node: Condition.Node, _ dataset: Dataset) {
    switch node {
    case .all(let parts): self = .all(parts.map { PreparedCondition($0, dataset) })
    case .any(let parts): self = .any(parts.map { PreparedCondition($0, dataset) })
    case .not(let part): self = .not(PreparedCondition(part, dataset))
    case .comparison(let field, _, _), .has(let field, _), .missing(let field):
      self.init(test: Condition(root: node), of: field.text, dataset)
    }
  }

  private init(test: Condition, of field: String, _ dataset: Dataset) {
    let entities = dataset.entities
    let key = field.lowercased()
    if key == "rating" || key == "weight" {
      self = .ofRow(test, .value)
    } else if key == "time", !dataset.times.isEmpty {
      self = .ofRow(test, .time)
    } else if key == "user" {
      self = .ofUser(
        entities.users.indices.map { user in test.holds { _ in .text(entities.users[UserIndex(user)].text) } })
    } else if entities.userFields.place(of: field) == nil {
      self = .ofItem(entities.items.indices.map { test.holds(for: ItemIndex($0), of: entities) })
    } else if entities.itemFields.place(of: field) == nil {
      self = .ofUser(
        entities.users.indices.map { user in test.holds { entities.userFields.value(of: $0, at: user) } })
    } else {
      self = .ofRow(test, .either(field))
    }
  }

  func holds(_ dataset: Dataset, user: Int, entry: Int) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(dataset, user: user, entry: entry) }
    case .any(let parts): parts.contains { $0.holds(dataset, user: user, entry: entry) }
    case .not(let part): !part.holds(dataset, user: user, entry: entry)
    case .ofItem(let answers): answers[Int(dataset.interactions.columns[entry])]
    case .ofUser(let answers): answers[user]
    case .ofRow(let test, .value): test.holds { _ in .number(Double(dataset.interactions.values[entry])) }
    case .ofRow(let test, .time): test.holds { _ in .number(Double(dataset.times[entry])) }
    case .ofRow(let test, .either(let field)):
      test.holds { _ in
        let ofItem = dataset.entities.itemFields.value(of: field, at: Int(dataset.interactions.columns[entry]))
        return ofItem == .missing ? dataset.entities.userFields.value(of: field, at: user) : ofItem
      }
    }
  }
}
