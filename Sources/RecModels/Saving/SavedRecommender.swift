internal import RecAlgebra

/// A recommender of any type in a file: what it holds, and the name of its type as `$type`.
struct SavedRecommender: Codable {
  let recommender: any Recommender

  private enum TypeKey: String, CodingKey { case type = "$type" }

  init(_ recommender: any Recommender) { self.recommender = recommender }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TypeKey.self)
    try container.encode(String(describing: type(of: recommender)), forKey: .type)
    try recommender.encode(to: encoder)
  }

  /// - Throws: `UnknownAlgorithm` where no algorithm trains models of the type.
  init(from decoder: any Decoder) throws {
    let name = try decoder.container(keyedBy: TypeKey.self).decode(String.self, forKey: .type)
    guard let type = AlgorithmCatalog.recommender(named: name) else { throw UnknownAlgorithm(name: name) }
    recommender = try type.init(from: decoder)
  }
}

/// The name of an algorithm, or of a kind of recommender, that is not in the catalog.
struct UnknownAlgorithm: Error, Equatable {
  let name: String
}
