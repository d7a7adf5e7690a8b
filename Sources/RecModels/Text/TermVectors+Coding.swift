internal import RecAlgebra
internal import RecData

extension TermVectors: Codable {
  private enum CodingKeys: String, CodingKey { case terms, items }

  /// The terms and the items' rows; which items have a term follows from them.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(terms, forKey: .terms)
    try container.encode(items, forKey: .items)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let terms = try container.decode(TextColumn.self, forKey: .terms)
    let items = try container.decode(SparseRows.self, forKey: .items)
    guard terms.count == items.columnCount else { throw decoder.corrupted("not a column for each term") }
    self.init(terms: terms, items: items)
  }
}
