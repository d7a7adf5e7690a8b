internal import RecKernels

extension Metric {
  /// Discounted cumulative gain against that of the best possible order.
  package static let ndcg = Metric(
    "ndcg", summary: "normalized discounted cumulative gain of the first k items", cutoff: .always,
    isLargerBetter: true,
    definition: """
      NDCG@k = DCG@k / ideal DCG@k for each user, then the mean over users with a relevant test item.
      DCG@k = Σ gain(item at rank i) / log2(i + 1) for i = 1…k.

      Gain is 1 for a relevant test item and 0 for any other. With gain=graded it is 2^r − 1 for every test item, relevant \
      or not, r being its rating in the units of the loaded file (0 for a rating below 0), and 0 for items without a test \
      rating. The ideal DCG is that of the min(k, n) largest gains in order, n being the number of items that have one. \
      Undefined where the ideal DCG is 0.

      Items with equal scores count by expectation: each of the ranks that they share has the mean of their gains.

      scikit-learn's ndcg_score gives the same, ties included, for the gains that it is given; ranx and LensKit break ties \
      by position; some libraries take the ideal over all k places. implicit, RecBole and ranx compute the same for \
      gains of 0 and 1.
      """,
    source: """
      Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002, doi:10.1145/582415.582418; \
      2^r − 1: Burges et al. 2005, doi:10.1145/1102351.1102363; \
      ties: McSherry & Najork 2008, doi:10.1007/978-3-540-78646-7_38
      """,
    measure: .ranking { ranked, cutoff in normalizedGain(ranked, within: cutoff) { 1 / RealFunctions.log2($0 + 1) } },
    variants: [
      Variant(
        .lenskit,
        "discounts by log2(max(i, 2)), so that the first two ranks weigh the same; with gain=graded its gain is r",
        measure: .ranking { ranked, cutoff in
          normalizedGain(ranked, within: cutoff) { 1 / RealFunctions.log2(max($0, 2)) }
        })
    ])
}

/// The expected gain of the first ranks against that of the best order; nil where that is 0.
///
/// - Parameter discount: What a gain is worth at a rank from 1.
private func normalizedGain(
  _ ranked: borrowing RankedRelevance, within cutoff: Int, discount: (Double) -> Double
) -> Double? {
  var gained = 0.0
  for group in ranked.groups where group.gain > 0 {
    let discounts = group.ranks(within: cutoff).reduce(0) { $0 + discount(Double($1)) }
    gained += group.gain / Double(group.size) * discounts
  }
  var ideal = 0.0
  for (place, gain) in ranked.idealGains.prefix(cutoff).enumerated() { ideal += gain * discount(Double(place + 1)) }
  return ideal > 0 && ideal.isFinite ? gained / ideal : nil
}
