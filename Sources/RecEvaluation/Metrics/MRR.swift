extension Metric {
  /// One over the rank of the first relevant item.
  package static let mrr = Metric(
    "mrr", summary: "mean reciprocal rank of the first relevant item", cutoff: .whenWritten, isLargerBetter: true,
    definition: """
      RR = 1 / (rank of the user's first relevant item); MRR is its mean over users with a relevant test item.

      The whole list counts. Written with a cutoff, as mrr@10, a first relevant item beyond it gives 0. Items with equal \
      scores count by expectation over all their orders, exactly: for t tied items, r of them relevant, the first relevant \
      one stands at place j with probability C(t − j, r − 1) / C(t, r).

      Only the first relevant item counts. LensKit and ranx compute the same and break ties by position; some papers average \
      1/rank over all relevant items instead.
      """,
    source: """
      Voorhees, The TREC-8 question answering track report, 1999; \
      ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38
      """,
    measure: .ranking { ranked, cutoff in
      guard let first = ranked.groups.first(where: { $0.relevant > 0 }) else { return 0 }
      // The probability that the first relevant item stands at the rank at hand.
      var probability = Double(first.relevant) / Double(first.size)
      var expected = 0.0
      for rank in first.ranks(within: cutoff) where probability > 0 {
        expected += probability / Double(rank)
        let place = rank - first.above
        guard place < first.size else { break }
        probability *= Double(first.size - place - first.relevant + 1) / Double(first.size - place)
      }
      return expected
    })
}
