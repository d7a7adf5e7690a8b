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
}
