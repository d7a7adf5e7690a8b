internal import RecAlgebra
package import RecData

/// What a model goes by when it scores for somebody: the user's interactions, and who it is where the model knows them.
package struct History: Sendable, Equatable {
  /// The user's index in the model's training data, if `items` are exactly what it was trained on; a model may then
  /// answer from what it learned. nil for somebody new and for somebody who has rated since: the model folds in.
  package let user: UserIndex?
  /// Item indices, ascending.
  package let items: [Int32]
  /// The rating or weight of each item.
  package let values: [Float]

  package init(user: UserIndex?, items: [Int32], values: [Float]) {
    precondition(items.count == values.count, "a value for each item")
    self.user = user
    self.items = items
    self.values = values
  }

  /// Somebody of whom nothing is known: the documented fallback answers.
  package static let unknown = History(user: nil, items: [], values: [])

  package var isEmpty: Bool { items.isEmpty }

  /// Whether an item is among them, by halving.
  func holds(_ item: Int32) -> Bool {
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if items[middle] < item { low = middle + 1 } else { high = middle }
    }
    return low < items.count && items[low] == item
  }
}

extension Dataset {
  /// What a user did here.
  package func history(of user: UserIndex) -> History {
    let row = interactions.row(user.raw)
    return History(
      user: user, items: Array(interactions.columns[row]), values: Array(interactions.values[row]))
  }
}
