internal import RecAlgebra
package import RecData

/// Scores by chance: what any other model must beat.
///
/// A score is a function of (seed, user, item) and nothing else; whoever the model does not know is one and the same user.
package struct Random: Recommender {
  package let itemCount: Int
  package let seed: UInt64

  package var predictsRatings: Bool { false }

  package init(_ dataset: Dataset, seed: UInt64) {
    itemCount = dataset.entities.items.count
    self.seed = seed
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let user = history.user.map { UInt64($0.raw) + 1 } ?? 0
    // Four numbers come for the price of one.
    for first in stride(from: 0, to: itemCount, by: 4) {
      let bits = CounterRandom.four(seed: seed, purpose: Self.purpose, user, UInt64(first / 4))
      for item in first..<min(first + 4, itemCount) { scores[item] = Self.unit(bits[item - first]) }
    }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    Explanation(parts: [.init(.other("chance"), Double(scores(history)[item.raw]))])
  }

  private static let purpose = CounterRandom.Purpose("random recommender")

  /// The top 24 bits as a number in [0, 1): as many as a Float holds.
  private static func unit(_ bits: UInt64) -> Float { Float(bits >> 40) * 0x1p-24 }
}

extension Algorithm {
  /// Chance.
  package static let random = Algorithm(
    name: "random", summary: "rank items by chance", isReference: true,
    options: [OptionSpec("seed", .count(0...Int.max), "which of the random orders; else the session's seed")],
    examples: ["random", "random seed=7"],
    uses: [],
    notes: """
      The score depends on seed, user and item alone, so a list stays the same until the seed changes. Every item can be \
      scored, also one that nobody rated. It predicts no ratings.
      """,
    source: "Salmon, Moraes, Dror & Shaw 2011 (the generator), doi:10.1145/2063384.2063405", models: Random.self
  ) { dataset, options, training in
    TrainedRecommender(Random(dataset, seed: options.count("seed").map { UInt64($0) } ?? training.seed))
  }
}
