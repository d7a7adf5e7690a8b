import RecAlgebra
package import RecData
internal import RecModels

/// A test row that a model was trained on.
package struct LeakedRow: Sendable, Equatable {
  package let user: UserID
  package let item: ItemID

  package init(user: UserID, item: ItemID) {
    self.user = user
    self.item = item
  }
}

/// The test rows that a model was trained on.
struct Leak: Sendable {
  private static let exampleCount = 3

  private(set) var rows = 0
  private(set) var examples: [LeakedRow] = []
  /// Whether they chose the model's options, weights or epoch, and trained nothing.
  var isChoice = false

  /// The rows of a dataset that are not older than a moment.
  init(inside dataset: Dataset, from moment: Int64) {
    for user in 0..<dataset.interactions.rowCount {
      for entry in dataset.interactions.row(user) where dataset.times[entry] >= moment {
        rows += 1
        if examples.count < Self.exampleCount {
          examples.append(
            LeakedRow(
              user: dataset.entities.users[UserIndex(user)],
              item: dataset.entities.items[ItemIndex(dataset.interactions.columns[entry])]))
        }
      }
    }
  }

  /// - Parameter model: the model that was trained in the space, with what was folded into it; nil for the data alone.
  init(from test: Dataset, into model: Model?, _ space: TrainingSpace) {
    let additions = model?.additions ?? [:]
    for user in 0..<test.interactions.rowCount {
      let row = test.interactions.row(user)
      if row.isEmpty { continue }
      let known = space.testItems(of: space.history(of: user, in: test, additions: additions))
      var next = 0
      for item in test.interactions.columns[row] {
        while next < known.count && known[next] < item { next += 1 }
        guard next < known.count && known[next] == item else { continue }
        rows += 1
        if examples.count < Self.exampleCount {
          examples.append(
            LeakedRow(user: test.entities.users[UserIndex(user)], item: test.entities.items[ItemIndex(item)]))
        }
      }
    }
  }
}
