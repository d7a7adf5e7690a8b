import RecAlgebra
import RecData
import RecModels

/// What the suite's tiny datasets need: defaults are made for thousands of ratings.
enum TinyData {
  /// Two factors, as many as a checkerboard has tastes, because as many as the rank leave nothing to fill in; and what makes
  /// an algorithm get as far with 40 ratings as it would with many.
  static func options(of algorithm: String, on dataset: Dataset) -> [String: OptionValue] {
    var options = byAlgorithm[algorithm, default: [:]].merging(["k": .count(2)]) { own, _ in own }
    // A checkerboard says by low ratings what is unlike.
    if algorithm == "bpr", case .ratings(let scale) = dataset.feedback,
      dataset.interactions.values.contains(where: { $0 >= scale.relevant })
    {
      options["positive"] = .word("relevant")
    }
    return options
  }

  private static let byAlgorithm: [String: [String: OptionValue]] = [
    "mf": ["epochs": .count(300), "rate": .number(0.02), "reg": .number(0.1)],
    "svdpp": ["epochs": .count(300), "rate": .number(0.02), "reg": .number(0.1)],
    "bpr": ["rate": .number(0.05)],
    // From the usual start it finds another way to be as good at what was rated.
    "nmf": ["seed": .count(1)],
    "graph": ["values": .word("rating")],
    // Words have more dimensions than tastes. Of two topics the first component is one, and neither is twice chance.
    "embed": ["k": .count(20), "remove": .flag(false), "shift": .number(1)],
  ]

  /// Statements whose models need not rank first what a user would like.
  static let impersonal: Set = [
    // They know which items are rated higher than others, by everybody alike.
    "slopeone", "slopeone weighted=off",
    // Of items that are all alike, two are nearest to each, and the open one may be near none.
    "knn similarity=tfidf nearest=rated",
    // Predicted ratings are no lists for somebody.
    "knn by=user similarity=jaccard center=zscore rank=rating", "knn similarity=msd center=mean rank=rating",
    "knn by=user similarity=cosine-common center=none rank=rating",
  ]
}
