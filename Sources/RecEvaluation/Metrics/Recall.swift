extension Metric {
  /// The share of the relevant items that stand in the first k places.
  package static let recall = Metric(
    "recall", summary: "share of the relevant items among the first k", cutoff: .always, isLargerBetter: true,
    definition: """
      recall@k = (relevant items among the first k) / (relevant items) for each user, then the mean over users with a \
      relevant test item.

      The denominator is the number of the user's relevant test items, also where it is larger than k. Items with equal \
      scores count by expectation: t tied items that share m places within the first k give each of them m/t.

      RecBole and ranx divide in the same way; papers on variational autoencoders (Liang et al. 2018) divide by \
      min(k, relevant).
      """,
    source: "ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38",
    measure: .ranking { ranked, cutoff in ranked.expectedHits(within: cutoff) / Double(ranked.relevantCount) },
    variants: [
      Variant(
        .lenskit, "divides by min(k, relevant)",
        measure: .ranking { ranked, cutoff in
          ranked.expectedHits(within: cutoff) / Double(min(cutoff, ranked.relevantCount))
        })
    ])
}
