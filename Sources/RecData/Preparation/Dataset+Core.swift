import RecAlgebra

/// The users and items that have at least so many interactions with one another: what is left at a fixed point.
package struct InteractionCore: Sendable, Equatable {
  /// Whether each user and each item stays.
  package let users: [Bool]
  package let items: [Bool]
  /// How often users and items were looked at until none had too few, the last time included.
  package let rounds: Int
}

extension Dataset {
  /// Leaves out users and items with too few interactions until all that are left have enough.
  ///
  /// Leaving out a user takes interactions from items, and the other way round, hence the rounds; what is left does not
  /// depend on the order. It is the (k, l)-core of a bipartite graph (S. B. Seidman, "Network structure and minimum
  /// degree", 1983, doi:10.1016/0378-8733(83)90028-X).
  ///
  /// - Parameters:
  ///   - userMinimum: interactions that a user must have; 0 keeps users without any.
  ///   - itemMinimum: interactions that an item must have; 0 keeps items without any.
  package func core(userMinimum: Int, itemMinimum: Int) -> InteractionCore {
    var users = [Bool](repeating: true, count: interactions.rowCount)
    var items = [Bool](repeating: true, count: interactions.columnCount)
    var userCounts = (0..<interactions.rowCount).map { interactions.row($0).count }
    var itemCounts = ratingCounts
    let byItem = interactions.transposed()
    var rounds = 0
    var hasChanged = true
    while hasChanged {
      rounds += 1
      hasChanged = false
      let poor = users.indices.filter { users[$0] && userCounts[$0] < userMinimum }
      for user in poor {
        users[user] = false
        for entry in interactions.row(user) { itemCounts[Int(interactions.columns[entry])] -= 1 }
      }
      let rare = items.indices.filter { items[$0] && itemCounts[$0] < itemMinimum }
      for item in rare {
        items[item] = false
        for entry in byItem.row(item) { userCounts[Int(byItem.columns[entry])] -= 1 }
      }
      hasChanged = !poor.isEmpty || !rare.isEmpty
    }
    return InteractionCore(users: users, items: items, rounds: rounds)
  }

  /// The interactions of the users and items that stay, in entities without the others.
  package func keeping(users: [Bool], items: [Bool]) -> Dataset {
    keeping(users, items, entities.keeping(users, items))
  }

  /// The same with the entities that are left, so that parts of a split share them.
  package func keeping(_ users: [Bool], _ items: [Bool], _ left: Entities) -> Dataset {
    let places = items.reduce(into: (next: Int32(0), places: [Int32]())) { state, isKept in
      state.places.append(isKept ? state.next : -1)
      if isKept { state.next += 1 }
    }.places
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var times: [Int64] = []
    for user in 0..<interactions.rowCount where users[user] {
      for entry in interactions.row(user) where places[Int(interactions.columns[entry])] >= 0 {
        columns.append(places[Int(interactions.columns[entry])])
        values.append(interactions.values[entry])
        if !self.times.isEmpty { times.append(self.times[entry]) }
      }
      offsets.append(columns.count)
    }
    var result = Dataset(
      name: name, entities: left,
      interactions: SparseRows(
        rowCount: left.users.count, columnCount: left.items.count, offsets: offsets, columns: columns, values: values),
      times: times, feedback: feedback, role: role)
    result.preparation = preparation
    return result
  }
}

extension Entities {
  /// Without the users and items that do not stay; fields go with them.
  package func keeping(_ users: [Bool], _ items: [Bool]) -> Entities {
    Entities(
      users: self.users.keeping(users), items: self.items.keeping(items), userFields: userFields.keeping(users),
      itemFields: itemFields.keeping(items))
  }
}

extension Vocabulary {
  /// The ids that stay, in their order.
  fileprivate func keeping(_ isKept: [Bool]) -> Vocabulary {
    if !isKept.contains(false) { return self }
    switch storage {
    case .numbers(let numbers):
      return Vocabulary(sorted: .numbers(zip(numbers, isKept).filter(\.1).map(\.0)))
    case .texts(let texts):
      var kept = TextColumn()
      for index in 0..<texts.count where isKept[index] { kept.append(utf8: texts.utf8(index)) }
      return Vocabulary(sorted: .texts(kept))
    }
  }
}

extension FieldTable {
  /// The rows that stay, in their order.
  fileprivate func keeping(_ isKept: [Bool]) -> FieldTable {
    if isEmpty || !isKept.contains(false) { return self }
    let origins = isKept.indices.filter { isKept[$0] }
    let described = isKept.indices.count { row in isKept[row] && columns.contains { !$0.isMissing(row) } }
    return FieldTable(zip(names, columns).map { ($0, $1.taking(origins)) }, describedCount: described)
  }
}
