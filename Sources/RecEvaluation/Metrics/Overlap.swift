extension Metric {
  /// How much of a list stands in another user's list, too.
  package static let overlap = Metric(
    "overlap", summary: "share of a list that another user is shown, too", cutoff: .listLength, isLargerBetter: false,
    definition: """
      overlap = Σ c(c − 1) / (m − 1) / Σ c, summed over items, c being the lists that an item stands in and m the lists of all \
      judged users: the mean, over all pairs of users, of the items that two lists of k share, divided by k.

      1 is the same list for everybody, as `popular` nearly gives; what personalizes stays well below. Lists are those of \
      coverage: the first k items that `recommend` would show, ties by id, k being the list length of `eval` (at=10).

      1 − overlap is known as personalization, or inter-user diversity. It is counted exactly, from all pairs. Undefined for \
      fewer than two users; without an interval, like coverage.
      """,
    source: "Zhou, Kuscsik, Liu, Medo, Wakeling & Zhang 2010, doi:10.1073/pnas.1000488107",
    measure: .exposure { $0.overlap })
}

extension Exposure {
  /// The chance that an item of a user's list stands in the list of another one.
  package var overlap: Double? {
    let shown = shownCount
    guard listCount > 1, shown > 0 else { return nil }
    let shared = listCounts.reduce(0.0) { $0 + Double($1) * Double($1 - 1) }
    return shared / Double(listCount - 1) / Double(shown)
  }
}
