import RecData

extension Algorithm {
  /// Nearest neighbours.
  package static let knn = Algorithm(
    name: "knn", summary: "go by the items, or the users, that are most alike",
    options: [
      .choice(
        "by", default: "item",
        [Choice("item", "items like those that the user rated"), Choice("user", "what users alike rated")],
        "who or what is compared"),
      .choice(
        "similarity", default: "cosine",
        [
          Choice("cosine", "cosine of all ratings, absent ones being zero"),
          Choice("cosine-common", "cosine of the ratings in common"),
          Choice("pearson", "correlation of the ratings in common"),
          Choice("adjusted-cosine", "cosine in common, less the mean of the other side"),
          Choice("msd", "1 / (1 + mean squared difference) of the ratings in common"),
          Choice("pearson-baseline", "correlation in common of what the baseline leaves, shrunk"),
          Choice("jaccard", "share of all who rated either that rated both"),
          Choice("bm25", "product of what BM25 makes of the ratings"),
          Choice("tfidf", "cosine of what TF-IDF makes of the ratings"),
        ], "what they are alike by"),
      .choice(
        "center", default: "baseline",
        [
          Choice("baseline", "mean, user bias and item bias"), Choice("mean", "the mean of each that is compared"),
          Choice("zscore", "that mean, in standard deviations"), Choice("none", "nothing"),
        ], "what is subtracted before ratings are averaged"),
      .count("k", default: 40, in: 1...1_000_000, unit: "neighbors", "how many nearest neighbours count"),
      .count(
        "keep", default: 1000, in: 1...1_000_000_000, unit: "neighbors",
        "how many neighbours of each item are kept to predict ratings from"),
      .count("min", default: 1, in: 1...1_000_000, unit: "neighbors", "a rating rests on so many neighbours at least"),
      .count(
        "support", default: 1, in: 1...1_000_000, unit: "ratings",
        "so many ratings in common make neighbours, where similarity is of those"),
      OptionSpec(
        "shrink", .number(0...1_000_000_000), unit: "ratings",
        "shrinks similarities that rest on little; 100 for pearson-baseline, else 0"),
      OptionSpec("k1", .number(0...1_000_000), default: "100", "saturation of bm25"),
      OptionSpec("b", .number(0...1), default: "0.8", "how far bm25 accounts for the number of ratings"),
      .choice(
        "rank", default: "similarity",
        [
          Choice("similarity", "the sum of similarity times rating over the neighbours"),
          Choice("rating", "the predicted rating"),
        ], "what lists are ordered by"),
      .choice(
        "nearest", default: "item",
        [
          Choice("item", "an item's own nearest neighbours"),
          Choice("rated", "the nearest neighbours of each item that the user rated"),
        ], "whose neighbours count in lists by items"),
    ],
    examples: ["knn", "knn by=user similarity=pearson center=mean", "knn similarity=pearson-baseline k=20"],
    notes: """
      A list adds up similarity times rating over those of an item's k nearest neighbours that the user rated; \
      rank=rating orders it by predicted rating, which is the worse list. A rating is the average over the k most similar \
      of all items that the user rated (by=user: of all users who rated the item), weighted by similarity, as in \
      Surprise, whose KNNBasic, KNNWithMeans, KNNWithZScore and KNNBaseline are center=none, mean, zscore and baseline; \
      with keep at the number of items the predictions are the same. nearest=rated similarity=cosine, tfidf or bm25 \
      gives the lists of implicit. Only positive similarities count. k is Surprise's, keep a choice of ours: with 300 \
      the error is larger, from 1000 on the same. shrink multiplies a similarity of n common ratings by n/(n + shrink), \
      for pearson-baseline by (n − 1)/(n − 1 + shrink); it is added to what the others divide by, and bm25 has no such. \
      Anybody is folded in: scores are made of the history when they are wanted. An unknown user gets μ + b_i and the \
      most popular items, an item without ratings μ + b_u, and no place in lists; so does, with center=none, who has no \
      neighbours. Biases are Surprise's, by alternating least squares. Events are not centred and get no predicted \
      ratings; where a similarity compares opinions, which they have none of, cosine takes its place.
      """,
    source: """
      Sarwar, Karypis, Konstan & Riedl 2001, doi:10.1145/371920.372071; Herlocker, Konstan, Borchers & Riedl 1999 (by \
      user), doi:10.1145/312624.312682; Koren 2010, doi:10.1145/1644873.1644874; Deshpande & Karypis 2004 (lists), \
      doi:10.1145/963770.963776; Robertson & Zaragoza 2009 (BM25), doi:10.1561/1500000019
      """,
    models: ItemKNN.self, UserKNN.self
  ) { dataset, options, training in
    var configuration = NeighborConfiguration(options)
    if dataset.feedback == .events, configuration.comparison.similarity.isOfOpinions {
      configuration.comparison.similarity = .cosine
    }
    return options.word("by") == "user"
      ? TrainedRecommender(try UserKNN(dataset, configuration, training.execution))
      : TrainedRecommender(try ItemKNN(dataset, configuration, training.execution))
  }
}

extension NeighborConfiguration {
  /// What the options of `knn` ask for.
  fileprivate init(_ options: OptionValues) {
    self.init()
    comparison.similarity =
      options.word("similarity").flatMap(NeighborSimilarity.init) ?? comparison.similarity
    comparison.support = options.count("support") ?? comparison.support
    comparison.shrink = options.number("shrink")
    comparison.saturation = options.number("k1") ?? comparison.saturation
    comparison.lengthShare = options.number("b") ?? comparison.lengthShare
    centering = options.word("center").flatMap(NeighborCentering.init) ?? centering
    neighbors = options.count("k") ?? neighbors
    kept = options.count("keep") ?? kept
    minimum = options.count("min") ?? minimum
    ranking = options.word("rank").flatMap(Ranking.init) ?? ranking
    nearest = options.word("nearest").flatMap(Nearest.init) ?? nearest
  }
}
