extension Metric {
  /// The share of users with a relevant item among the first k.
  package static let hitRate = Metric(
    "hitrate", summary: "share of users with a relevant item among the first k", cutoff: .always, isLargerBetter: true,
    definition: """
      hitrate@k = 1 for a user with at least one relevant item among the first k, else 0; then the mean over users with a \
      relevant test item.

      Items with equal scores count by expectation over all their orders, exactly: where t tied items, r of them relevant, \
      share m places within the first k, the chance of a hit is 1 − C(t − r, m) / C(t, m).

      With one relevant item for each user it is the same as recall@k.
      """,
    source: "ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38",
    measure: .ranking { ranked, cutoff in
      guard let first = ranked.groups.first(where: { $0.relevant > 0 }) else { return 0 }
      let places = first.ranks(within: cutoff).count
      let others = first.size - first.relevant
      guard places <= others else { return 1 }
      var miss = 1.0
      for place in 0..<places { miss *= Double(others - place) / Double(first.size - place) }
      return 1 - miss
    })
}
