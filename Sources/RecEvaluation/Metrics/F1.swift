extension Metric {
  /// The harmonic mean of precision and recall.
  package static let f1 = Metric(
    "f1", summary: "harmonic mean of precision and recall of the first k items", cutoff: .always, isLargerBetter: true,
    definition: """
      F1@k = 2 · precision@k · recall@k / (precision@k + recall@k) for each user, 0 where both are, then the mean over users \
      with a relevant test item. With h hits and n relevant items that is 2h / (k + n).

      It is not the harmonic mean of the two columns: that of means is larger than the mean of the users'. Items with equal \
      scores count by expectation, exactly, because it is linear in the hits.

      ranx computes the same, and breaks ties by position.
      """,
    source:
      "van Rijsbergen, Information Retrieval, 1979; ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38",
    measure: .ranking { ranked, cutoff in
      2 * ranked.expectedHits(within: cutoff) / Double(cutoff + ranked.relevantCount)
    })
}
