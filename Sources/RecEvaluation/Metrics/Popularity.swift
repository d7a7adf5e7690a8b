extension Metric {
  /// How popular the items of a list are.
  package static let popularity = Metric(
    "popularity", summary: "mean training ratings of the items of a list", cutoff: .always, isLargerBetter: false,
    definition: """
      popularity@k = the mean number of training ratings of the first k items, for each user; then the mean over users with a \
      relevant test item.

      The average recommendation popularity (ARP), the same as RecBole's AveragePopularity. To be read beside that of \
      `popular` and `random`, between which every model lies. Lists are those of coverage: the first k items that `recommend` \
      would show, ties by id. Empty lists are left out.
      """,
    source: "Yin, Cui, Li, Yao & Chen 2012, doi:10.14778/2311906.2311916; Abdollahpouri et al. 2019, arXiv:1901.07555",
    measure: .list { items, audience in
      guard !items.isEmpty else { return nil }
      let ratings = items.reduce(0) { $0 + audience.ratingCounts[Int($1)] }
      return Double(ratings) / Double(items.count)
    })
}
