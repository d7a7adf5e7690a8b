internal import RecKernels

extension Metric {
  /// How little known the items of a list are.
  package static let novelty = Metric(
    "novelty", summary: "mean self-information of the items of a list, in bits", cutoff: .always, isLargerBetter: true,
    definition: """
      novelty@k = the mean of −log2 p(i) over the first k items, for each user; then the mean over users with a relevant test \
      item. p(i) is the share of the training users who have a training rating of item i.

      An item that nobody rated counts as if one user had: log2(users). Half of the users know an item of 1 bit, one in a \
      thousand an item of 10. Lists are those of coverage: the first k items that `recommend` would show, ties by id. Empty \
      lists are left out.

      Also called mean self-information and, of all lists together, surprisal. Some papers divide by log2(users), or weigh \
      ranks.
      """,
    source: "Vargas & Castells 2011, doi:10.1145/2043932.2043955; Zhou et al. 2010, doi:10.1073/pnas.1000488107",
    measure: .list { items, audience in
      guard !items.isEmpty, audience.userCount > 0 else { return nil }
      let bits = items.reduce(0.0) { sum, item in
        sum + RealFunctions.log2(Double(audience.userCount) / Double(max(1, audience.ratingCounts[Int(item)])))
      }
      return bits / Double(items.count)
    })
}
