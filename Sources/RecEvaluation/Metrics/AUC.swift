extension Metric {
  /// The chance that a relevant item stands above one that is not.
  package static let auc = Metric(
    "auc", summary: "chance that a relevant item ranks above another candidate", cutoff: .never, isLargerBetter: true,
    definition: """
      AUC = (pairs of a relevant item and a candidate that is not relevant, in which the relevant one has the larger score, \
      ties counted as half) / (all such pairs), over the whole list of each user; then the mean over users with a relevant \
      test item. 0.5 is chance. Undefined for a user whose candidates are all relevant.

      The area under the curve of true against false positives, the same as scikit-learn's roc_auc_score for each user. The \
      far end of the list weighs as much as its top: a model for lists is better judged by ndcg.

      RecBole's AUC, of scores pooled over users, is not meaningful here: scores compare within one user only.
      """,
    source:
      "Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747; GAUC: Zhou et al. 2018, doi:10.1145/3219819.3219823",
    measure: .ranking { ranked, _ in area(under: ranked) },
    variants: [
      Variant(
        .implicit,
        """
        looks at the first k items (at=): what is below counts as the mean of all orders, and as many other items as there \
        are, those rated in training included
        """, cutoff: .always,
        measure: .ranking { ranked, cutoff in limitedArea(under: ranked, within: cutoff) }),
      Variant(
        .recbole, "weighs users by their relevant items (its GAUC)",
        measure: .pooled { ranked, _ in
          area(under: ranked).map { ($0 * Double(ranked.relevantCount), Double(ranked.relevantCount)) }
        }),
    ])
}

/// The share of pairs in order; nil where there is no pair.
private func area(under ranked: borrowing RankedRelevance) -> Double? {
  let others = ranked.candidateCount - ranked.relevantCount
  guard others > 0, ranked.relevantCount > 0 else { return nil }
  var inOrder = 0.0
  var relevantAbove = 0
  for group in ranked.groups where group.relevant > 0 {
    let tied = group.size - group.relevant
    let below = others - (group.above - relevantAbove) - tied
    inOrder += Double(group.relevant) * (Double(below) + Double(tied) / 2)
    relevantAbove += group.relevant
  }
  return inOrder / (Double(ranked.relevantCount) * Double(others))
}

/// The same of the first ranks alone, the expected value over the orders of the group that the cutoff parts.
///
/// With h hits and m misses among the first k, n relevant and N other items: each miss adds the hits before it, and the
/// rest adds (h + n)/2 · (N − m), as if the relevant items below stood in the middle of it.
private func limitedArea(under ranked: borrowing RankedRelevance, within cutoff: Int) -> Double? {
  let relevant = Double(ranked.relevantCount)
  let others = Double(ranked.itemCount - ranked.relevantCount)
  guard others > 0, relevant > 0 else { return nil }
  var hits = 0.0
  var variance = 0.0
  var inOrder = 0.0
  var place = 0
  for group in ranked.groups where group.relevant > 0 && group.above < cutoff {
    inOrder += Double(group.above - place) * hits
    let size = Double(group.size)
    let share = Double(group.relevant) / size
    let places = Double(min(group.size, cutoff - group.above))
    let expected = places * share
    inOrder += hits * (places - expected)
    if group.size > 1 {
      // Of two of its places in order, the first holds a relevant item and the second another.
      inOrder += places * (places - 1) / 2 * share * (size - Double(group.relevant)) / (size - 1)
      variance = places * share * (1 - share) * (size - places) / (size - 1)
    }
    hits += expected
    place = group.above + Int(places)
  }
  let length = min(cutoff, ranked.candidateCount)
  inOrder += Double(length - place) * hits
  // E[(h + n)(N − m)] with m = length − h.
  let rest = (hits + relevant) * (others - Double(length) + hits) + variance
  return (inOrder + rest / 2) / (relevant * others)
}
