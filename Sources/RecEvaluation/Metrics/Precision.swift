extension Metric {
  /// The share of the first k places that relevant items take.
  package static let precision = Metric(
    "precision", summary: "share of the first k items that are relevant", cutoff: .always, isLargerBetter: true,
    definition: """
      precision@k = (relevant items among the first k) / k for each user, then the mean over users with a relevant test \
      item.

      The denominator is always k, also where the user has fewer than k relevant items or there are fewer than k \
      candidates, so that 1 may be out of reach. Items with equal scores count by expectation: t tied items that share m \
      places within the first k give each of them m/t.

      ranx, RecBole and Spark's RankingMetrics.precisionAt divide by k, too, and break ties by position.
      """,
    source: "ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38",
    measure: .ranking { ranked, cutoff in ranked.expectedHits(within: cutoff) / Double(cutoff) },
    variants: [
      Variant(
        .implicit, "adds hits and min(k, relevant) over all users and divides once",
        measure: .pooled { ranked, cutoff in
          (ranked.expectedHits(within: cutoff), Double(min(cutoff, ranked.relevantCount)))
        }),
      Variant(
        .lenskit, "divides by the length of the list where there are fewer than k candidates",
        measure: .ranking { ranked, cutoff in
          ranked.expectedHits(within: cutoff) / Double(min(cutoff, ranked.candidateCount))
        }),
    ])
}
