internal import RecAlgebra

extension Entities: Codable {
  private enum CodingKeys: String, CodingKey { case users, items, userFields, itemFields }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(users, forKey: .users)
    try container.encode(items, forKey: .items)
    try container.encode(userFields, forKey: .userFields)
    try container.encode(itemFields, forKey: .itemFields)
  }

  /// - Throws: `DecodingError` where a field does not have a row for each user or item.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      users: try container.decode(Vocabulary<User>.self, forKey: .users),
      items: try container.decode(Vocabulary<Item>.self, forKey: .items),
      userFields: try container.decode(FieldTable.self, forKey: .userFields),
      itemFields: try container.decode(FieldTable.self, forKey: .itemFields))
    for (fields, count) in [(userFields, users.count), (itemFields, items.count)] {
      guard fields.describedCount <= count, fields.columns.allSatisfy({ $0.count == count }) else {
        throw decoder.corrupted("a field does not have a row for each id")
      }
    }
  }
}
