import RecKernels

extension SparseRows: Codable {
  private enum CodingKeys: String, CodingKey { case columnCount, offsets, columns, values }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columnCount, forKey: .columnCount)
    try container.encode(offsets, forKey: .offsets)
    try container.encode(columns, forKey: .columns)
    try container.encode(values, forKey: .values)
  }

  /// - Throws: `DecodingError` where offsets and columns make no matrix.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let columnCount = try container.decode(Int.self, forKey: .columnCount)
    let offsets = try container.decode([Int].self, forKey: .offsets)
    let columns = try container.decode([Int32].self, forKey: .columns)
    let values = try container.decode([Float].self, forKey: .values)
    guard (0...Int(Int32.max)).contains(columnCount), (1...Int(Int32.max)).contains(offsets.count),
      offsets.first == 0, offsets.last == columns.count, columns.count == values.count,
      SparseOrder.isValid(offsets: offsets.span, columns: columns.span, columnCount: columnCount)
    else { throw decoder.corrupted("offsets and columns do not make a sparse matrix") }
    self.init(trusted: offsets.count - 1, columnCount, offsets, columns, values)
  }
}
