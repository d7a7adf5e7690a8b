/// How a table of items or users fitted those that were there.
package struct JoinCounts: Sendable, Equatable {
  /// Ids that both have.
  package let matched: Int
  /// Ids of the table alone.
  package let onlyInTable: Int
  /// Ids that the table does not know.
  package let undescribed: Int

  init(known: Int, table: Int, together: Int) {
    matched = known + table - together
    onlyInTable = table - matched
    undescribed = known - matched
  }
}

extension Entities {
  /// With what a table knows of items; its fields replace fields of the same name, its new ids are added.
  package func joining(items table: EntityTable<Item>) -> (entities: Entities, counts: JoinCounts) {
    let (merged, fromSelf, fromTable) = items.merged(with: table.ids)
    let fields = itemFields.spread(fromSelf, count: merged.count)
      .replacing(with: table.fields.spread(fromTable, count: merged.count))
    let joined = Entities(users: users, items: merged, userFields: userFields, itemFields: fields)
    return (joined, JoinCounts(known: items.count, table: table.ids.count, together: merged.count))
  }

  /// With what a table knows of users; its fields replace fields of the same name, its new ids are added.
  package func joining(users table: EntityTable<User>) -> (entities: Entities, counts: JoinCounts) {
    let (merged, fromSelf, fromTable) = users.merged(with: table.ids)
    let fields = userFields.spread(fromSelf, count: merged.count)
      .replacing(with: table.fields.spread(fromTable, count: merged.count))
    let joined = Entities(users: merged, items: items, userFields: fields, itemFields: itemFields)
    return (joined, JoinCounts(known: users.count, table: table.ids.count, together: merged.count))
  }

  /// The same with larger vocabularies, of which the present ones are part; what is new has no fields.
  package func extended(users larger: Vocabulary<User>, items largerItems: Vocabulary<Item>) -> Entities {
    if larger == users, largerItems == items { return self }
    return Entities(
      users: larger, items: largerItems,
      userFields: userFields.spread(larger.translation(from: users), count: larger.count),
      itemFields: itemFields.spread(largerItems.translation(from: items), count: largerItems.count))
  }
}

extension FieldTable {
  /// Row `i` moved to row `places[i]` (nil: where it is) of `count` rows; the others are missing.
  func spread(_ places: [Int32]?, count: Int) -> FieldTable {
    guard !isEmpty else { return self }
    guard let places else { return self }
    var origins = [Int](repeating: -1, count: count)
    for (row, place) in places.enumerated() { origins[Int(place)] = row }
    return FieldTable(
      zip(names, columns).map { ($0, $1.taking(origins)) }, describedCount: describedCount)
  }

  /// With another table's fields, which replace those of the same name.
  func replacing(with other: FieldTable) -> FieldTable {
    if isEmpty { return other }
    let kept = zip(names, columns).filter { other[$0.0] == nil }.map { (name: $0.0, column: $0.1) }
    return FieldTable(
      kept + zip(other.names, other.columns).map { (name: $0, column: $1) },
      describedCount: max(describedCount, other.describedCount))
  }
}

extension FieldColumn {
  /// The rows at some places, missing where the place is -1.
  func taking(_ origins: [Int]) -> FieldColumn {
    switch self {
    case .text(let column):
      var taken = TextColumn()
      for origin in origins { taken.append(utf8: origin < 0 ? [] : column.utf8(origin)) }
      return .text(taken)
    case .categories(let column): return .categories(column.taking(origins))
    case .number(let numbers): return .number(origins.map { $0 < 0 ? .nan : numbers[$0] })
    }
  }
}

extension CategoryColumn {
  /// The rows at some places, without labels where the place is -1.
  func taking(_ origins: [Int]) -> CategoryColumn {
    var offsets = [0]
    var members: [Int32] = []
    for origin in origins {
      if origin >= 0 { members += self.members[self.offsets[origin]..<self.offsets[origin + 1]] }
      offsets.append(members.count)
    }
    return CategoryColumn(labels: labels, offsets: offsets, members: members)
  }
}
