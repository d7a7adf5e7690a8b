internal import RecAlgebra

/// How nearest neighbours are found and what is made of them.
package struct NeighborConfiguration: Sendable, Codable {
  /// What lists are ordered by.
  package enum Ranking: String, Sendable, CaseIterable, Codable {
    /// The sum of similarity times rating over the nearest neighbours.
    case similarity
    /// The predicted rating.
    case rating
  }

  /// Whose nearest neighbours count in lists, if items are compared.
  package enum Nearest: String, Sendable, CaseIterable, Codable {
    /// Those of the item that is scored.
    case item
    /// Those of each item that the user rated.
    case rated
  }

  package var comparison = NeighborComparison()
  package var centering = NeighborCentering.baseline
  /// How many neighbours an item has in a list, and a rating is predicted from.
  package var neighbors = 40
  /// How many neighbours of each item are kept for predicted ratings, which need those that a user has rated.
  package var kept = 1000
  /// With fewer neighbours a rating is predicted by what the centring says.
  package var minimum = 1
  package var ranking = Ranking.similarity
  package var nearest = Nearest.item
  package init() {}

  /// - Throws: `DecodingError` where a number of neighbours is none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    comparison = try container.decode(NeighborComparison.self, forKey: .comparison)
    centering = try container.decode(NeighborCentering.self, forKey: .centering)
    neighbors = try container.decode(Int.self, forKey: .neighbors)
    kept = try container.decode(Int.self, forKey: .kept)
    minimum = try container.decode(Int.self, forKey: .minimum)
    ranking = try container.decode(Ranking.self, forKey: .ranking)
    nearest = try container.decode(Nearest.self, forKey: .nearest)
    guard neighbors >= 1, kept >= 0, minimum >= 0, comparison.support >= 0 else {
      throw decoder.corrupted("a number of neighbours is none")
    }
  }
}
