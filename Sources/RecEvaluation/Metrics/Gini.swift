extension Metric {
  /// How unequally the items are shown.
  package static let gini = Metric(
    "gini", summary: "inequality of how often items are shown", cutoff: .listLength, isLargerBetter: false,
    definition: """
      gini = Σ (2i − n − 1) x_i / (n Σ x_i), x_1 ≤ … ≤ x_n being how many lists each of the n items of the dataset stands in: \
      0 where all items are shown equally often, close to 1 where a few of them fill all lists.

      Items that are never shown count, as 0. Lists are those of coverage: the first k items that `recommend` would show, \
      ties by id, k being the list length of `eval` (at=10). No interval, like coverage.

      The same as RecBole's GiniIndex (which counts its padding as one more item) and LensKit's ListGini. Gini of exposure \
      in papers on fairness often weighs ranks.
      """,
    source: "Gini 1912; Fleder & Hosanagar 2009, doi:10.1287/mnsc.1080.0974",
    measure: .exposure { exposure in
      let shown = Double(exposure.shownCount)
      guard shown > 0 else { return nil }
      let count = exposure.listCounts.count
      let sum = exposure.listCounts.sorted().enumerated().reduce(0.0) { sum, entry in
        sum + Double(2 * (entry.offset + 1) - count - 1) * Double(entry.element)
      }
      return sum / (Double(count) * shown)
    })
}
