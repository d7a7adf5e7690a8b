internal import RecAlgebra

/// A recommender of any type in a file: the name of its type, then what it holds.
struct SavedRecommender: Codable {
  let recommender: any Recommender

  private enum CodingKeys: String, CodingKey { case type, model }

  init(_ recommender: any Recommender) { self.recommender = recommender }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(String(describing: type(of: recommender)), forKey: .type)
    try recommender.encode(to: container.superEncoder(forKey: .model))
  }

  /// - Throws: `DecodingError` where the type is in no catalog entry, or the parts do not fit together.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .type)
    guard let type = AlgorithmCatalog.recommender(named: name) else {
      throw decoder.corrupted("there is no kind of model named '\(name)'")
    }
    recommender = try type.init(from: container.superDecoder(forKey: .model))
    guard recommender.isConsistent else { throw decoder.corrupted("the parts of the \(name) do not fit together") }
  }
}
