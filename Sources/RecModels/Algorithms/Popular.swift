internal import RecAlgebra
package import RecData

/// Ranks items by how many interactions they have; the same list for everybody.
package struct Popular: Recommender {
  /// How many interactions each item has; (itemCount,).
  package let counts: [Int32]

  package var itemCount: Int { counts.count }
  package var predictsRatings: Bool { false }

  package init(_ dataset: Dataset) throws(TrainingError) {
    if dataset.count == 0 { throw .noInteractions }
    var counts = [Int32](repeating: 0, count: dataset.entities.items.count)
    for column in dataset.interactions.columns { counts[Int(column)] += 1 }
    self.counts = counts
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    for item in counts.indices { scores[item] = counts[item] > 0 ? Float(counts[item]) : -.infinity }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    let count = counts[item.raw]
    return count > 0 ? Explanation(parts: [.init(.other("interactions with it"), Double(count))]) : nil
  }
}

extension Algorithm {
  /// The most popular items.
  package static let popular = Algorithm(
    name: "popular", summary: "rank items by how many interactions they have", isReference: true,
    examples: ["popular"],
    notes: """
      Everybody gets the same list, so an unknown user is no special case. Equally popular items are ordered by id. \
      An item without interactions cannot be scored. It predicts no ratings. It needs no command: named where a model \
      is wanted, it is trained on the spot.
      """,
    source: "Cremonesi, Koren & Turrin 2010 (their TopPop), doi:10.1145/1864708.1864721", models: Popular.self
  ) { dataset, _, _ in TrainedRecommender(try Popular(dataset)) }
}
