extension Metric {
  /// The mean, over users, of the average precision at the ranks of relevant items.
  package static let meanAveragePrecision = Metric(
    "map", summary: "mean average precision of the first k items", cutoff: .always, isLargerBetter: true,
    definition: """
      AP@k = Σ precision@i over the ranks i ≤ k that hold a relevant item, divided by min(k, relevant); MAP@k is its mean \
      over users with a relevant test item.

      Items with equal scores count by expectation over all their orders, exactly: for t tied items, r of them relevant, \
      with g items and c relevant items above them, rank g + j adds \
      r/t · (c + 1 + (j − 1)(r − 1)/(t − 1)) / (g + j).

      implicit, LensKit and RecBole divide by min(k, relevant), too; TREC, like ranx, by all relevant items; \
      scikit-learn's average_precision_score looks at the whole list and treats tied scores as one threshold.
      """,
    source: "ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38",
    measure: .ranking { ranked, cutoff in
      precisionSum(ranked, within: cutoff) / Double(min(cutoff, ranked.relevantCount))
    },
    variants: [
      Variant(
        .ranx, "divides by all relevant items, also where they are more than k",
        measure: .ranking { ranked, cutoff in precisionSum(ranked, within: cutoff) / Double(ranked.relevantCount) })
    ])
}

/// The expected sum of the precisions at the ranks of relevant items.
private func precisionSum(_ ranked: borrowing RankedRelevance, within cutoff: Int) -> Double {
  var sum = 0.0
  var relevantAbove = 0.0
  for group in ranked.groups where group.relevant > 0 {
    let size = Double(group.size)
    let relevant = Double(group.relevant)
    // How many more of its relevant items a relevant item of the group has before it, for each place gained.
    let before = group.size > 1 ? (relevant - 1) / (size - 1) : 0
    for rank in group.ranks(within: cutoff) {
      let expectedPlace = relevantAbove + 1 + Double(rank - group.above - 1) * before
      sum += relevant / size * expectedPlace / Double(rank)
    }
    relevantAbove += relevant
  }
  return sum
}
