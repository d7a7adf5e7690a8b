extension Blend.Part: Codable {
  private enum CodingKeys: String, CodingKey { case name, recommender, weight, itemIndices }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(SavedRecommender(recommender), forKey: .recommender)
    try container.encode(weight, forKey: .weight)
    try container.encodeIfPresent(itemIndices, forKey: .itemIndices)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try container.decode(String.self, forKey: .name),
      recommender: try container.decode(SavedRecommender.self, forKey: .recommender).recommender,
      weight: try container.decode(Double.self, forKey: .weight),
      itemIndices: try container.decodeIfPresent([Int32].self, forKey: .itemIndices))
  }
}
