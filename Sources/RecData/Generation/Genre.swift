/// A genre of the invented films: how often it is, and the words that its titles and descriptions use.
struct Genre: Sendable {
  let name: String
  /// How often, relative to the others.
  let share: Double
  /// What titles are about.
  let nouns: [String]
  /// Who the story follows.
  let heroes: [String]
  /// What happens to them.
  let plots: [String]
  /// How the film is.
  let moods: [String]

  /// The genre that a number from 0 to 1 chooses.
  static func drawn(_ uniform: Double) -> Int {
    var rest = uniform * total
    for (place, genre) in all.enumerated() {
      rest -= genre.share
      if rest < 0 { return place }
    }
    return all.count - 1
  }

  private static let total = all.reduce(0) { $0 + $1.share }
}
