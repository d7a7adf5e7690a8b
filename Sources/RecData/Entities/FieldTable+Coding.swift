internal import RecAlgebra

extension FieldTable: Codable {
  private enum CodingKeys: String, CodingKey { case fields, describedCount }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(zip(names, columns).map(Field.init), forKey: .fields)
    try container.encode(describedCount, forKey: .describedCount)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let fields = try container.decode([Field].self, forKey: .fields)
    self.init(
      fields.map { ($0.name, $0.column) }, describedCount: try container.decode(Int.self, forKey: .describedCount))
  }
}

/// A column with its name: one entry of a saved table.
private struct Field: Codable {
  let name: String
  let column: FieldColumn

  private enum CodingKeys: String, CodingKey { case name, text, categories, number }

  init(name: String, column: FieldColumn) {
    self.name = name
    self.column = column
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    switch column {
    case .text(let texts): try container.encode(texts, forKey: .text)
    case .categories(let categories): try container.encode(categories, forKey: .categories)
    case .number(let numbers): try container.encode(numbers, forKey: .number)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    if let texts = try container.decodeIfPresent(TextColumn.self, forKey: .text) {
      column = .text(texts)
    } else if let categories = try container.decodeIfPresent(CategoryColumn.self, forKey: .categories) {
      column = .categories(categories)
    } else {
      column = .number(try container.decode([Double].self, forKey: .number))
    }
  }
}

extension CategoryColumn: Codable {
  private enum CodingKeys: String, CodingKey { case labels, offsets, members }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labels, forKey: .labels)
    try container.encode(offsets, forKey: .offsets)
    try container.encode(members, forKey: .members)
  }

  /// - Throws: `DecodingError` where a row has a label that is not there.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      labels: try container.decode([String].self, forKey: .labels),
      offsets: try container.decode([Int].self, forKey: .offsets),
      members: try container.decode([Int32].self, forKey: .members))
    guard offsets.first == 0, offsets.last == members.count,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      members.allSatisfy({ labels.indices.contains(Int($0)) })
    else { throw decoder.corrupted("a row has a label that is not there") }
  }
}
