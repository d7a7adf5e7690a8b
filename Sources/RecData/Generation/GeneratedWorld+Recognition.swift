import RecAlgebra

extension GeneratedWorld {
  /// Whether a dataset, or the part of one, is what this world's users rated: so many users and items under the numbers
  /// that they were given, and of the first users only items that they chose.
  package func isWhat(_ data: Dataset) -> Bool {
    let (users, items) = (data.entities.users, data.entities.items)
    guard users.count == options.users, items.count == options.items,
      users[UserIndex(users.count - 1)].text == String(users.count),
      items[ItemIndex(items.count - 1)].text == String(items.count)
    else { return false }
    return (0..<min(20, users.count)).allSatisfy { user in
      let chosen = Set(ratings(of: user).items)
      return data.interactions.row(user).allSatisfy { chosen.contains(data.interactions.columns[$0]) }
    }
  }
}
