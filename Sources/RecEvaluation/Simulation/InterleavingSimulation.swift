internal import RecAlgebra
package import RecData
package import RecKernels
package import RecModels

/// Where the clicks on interleaved lists come from.
package enum InterleavingClicks: Sendable {
  /// What users of a generated world would click.
  case simulated(GeneratedWorld)
  /// What each user took of held-out rows, at or above a mark: (dataset, mark).
  case logged(Dataset, atLeast: Float)
}

/// Shows each user one list that both models drafted, and counts whose items were clicked.
///
/// - Parameters:
///   - users: How many, from the first on; those without a click are ties.
///   - length: How many items a list shows.
package func interleave(
  _ first: Model, _ second: Model, clicks: InterleavingClicks, users: Int, length: Int, seed: UInt64,
  execution: Execution
) throws(Cancelled) -> InterleavingResult {
  let rule = ListRule(length: length, hidesSeen: true)
  var credits: [(first: Int, second: Int)] = []
  for start in stride(from: 0, to: users, by: 2048) {
    try execution.checkpoint()
    execution.report(Progress(label: "interleave", fraction: Double(start) / Double(users)))
    let block = start..<min(users, start + 2048)
    let lists = [first, second].map { $0.lists(of: block, rule, workers: execution.workers) }
    credits += execution.workers.map(block.count) { place -> (first: Int, second: Int) in
      let user = block.lowerBound + place
      let draft = TeamDraft(
        lists[0][place].map(\.item), lists[1][place].map(\.item), length: length,
        isFirstAhead: TeamDraft.coins(seed: seed, user: UInt64(user)))
      let clicked = clicks.clicked(draft.items, user: user, entities: first.entities, seed: seed)
      return draft.credit { clicked.contains($0) }
    }
  }
  return InterleavingResult(credits)
}

extension InterleavingClicks {
  /// Those of the shown items that a user of the models' index space clicks.
  fileprivate func clicked(_ items: [Int32], user: Int, entities: Entities, seed: UInt64) -> Set<Int32> {
    switch self {
    case .simulated(let world):
      let numbers = items.map { (Int32(entities.items[ItemIndex($0)].text) ?? 0) - 1 }
      let number = (Int(entities.users[UserIndex(user)].text) ?? 0) - 1
      let chances = ClickWorld(world).chancesOfAnyClick(user: number, items: numbers)
      return Set(
        items.indices.filter { place in
          CounterRandom.uniform(seed: seed, purpose: .clicks, UInt64(number), UInt64(place), .max) < chances[place]
        }.map { items[$0] })
    case .logged(let data, let mark):
      guard let index = data.entities.users.index(of: entities.users[UserIndex(user)]) else { return [] }
      let row = data.interactions.row(index.raw)
      return Set(
        row.compactMap { entry -> Int32? in
          guard data.interactions.values[entry] >= mark else { return nil }
          let id = data.entities.items[ItemIndex(data.interactions.columns[entry])]
          return entities.items.index(of: id).map { Int32($0.raw) }
        })
    }
  }
}
