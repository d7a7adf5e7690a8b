internal import RecAlgebra

extension TextColumn: Codable {
  private enum CodingKeys: String, CodingKey { case bytes, offsets }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(offsets, forKey: .offsets)
  }

  /// - Throws: `DecodingError` where the offsets do not cut the bytes into texts.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let bytes = try container.decode([UInt8].self, forKey: .bytes)
    let offsets = try container.decode([Int].self, forKey: .offsets)
    guard offsets.first == 0, offsets.last == bytes.count, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw decoder.corrupted("offsets do not cut the bytes into texts") }
    self.init(bytes: bytes, offsets: offsets)
  }
}
