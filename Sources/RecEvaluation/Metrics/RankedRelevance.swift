/// Where one user's relevant items stand among the candidates: all that a ranking metric is a function of.
///
/// Items with equal scores form a group, and a metric is its expected value over all orders of each group (McSherry and
/// Najork 2008, doi:10.1007/978-3-540-78646-7_38), so that no metric depends on the order of a file.
package struct RankedRelevance: Sendable, Equatable {
  /// Candidates with one and the same score, of which at least one was held out.
  package struct Group: Sendable, Equatable {
    /// Candidates with a larger score.
    package let above: Int
    /// Candidates with this score, at least one.
    package let size: Int
    /// How many of them are relevant.
    package let relevant: Int
    /// The sum of their gains.
    package let gain: Double

    package init(above: Int, size: Int, relevant: Int, gain: Double) {
      self.above = above
      self.size = size
      self.relevant = relevant
      self.gain = gain
    }

    /// The share of the group's items that stand at rank `cutoff` or better, whatever its order.
    package func shareWithin(_ cutoff: Int) -> Double {
      Double(max(0, min(size, cutoff - above))) / Double(size)
    }

    /// The ranks of the group, from 1, that are `cutoff` or better.
    package func ranks(within cutoff: Int) -> Range<Int> {
      above + 1..<max(above, min(above + size, cutoff)) + 1
    }
  }

  /// Best first. Groups whose `above` is at least the largest cutoff asked for may be missing.
  package var groups: [Group]
  /// The user's relevant items, those of missing groups included; at least one.
  package var relevantCount: Int
  /// All items that were ranked.
  package var candidateCount: Int
  /// The gains of all held-out items, largest first.
  package var idealGains: [Double]
  /// The items that there are, those that are no candidates included.
  package var itemCount: Int

  /// - Parameter itemCount: nil where all items are candidates.
  package init(
    groups: [Group], relevantCount: Int, candidateCount: Int, idealGains: [Double], itemCount: Int? = nil
  ) {
    self.itemCount = itemCount ?? candidateCount
    self.groups = groups
    self.relevantCount = relevantCount
    self.candidateCount = candidateCount
    self.idealGains = idealGains
  }

  /// The expected number of relevant items among the first `cutoff`.
  package func expectedHits(within cutoff: Int) -> Double {
    groups.reduce(0) { $0 + Double($1.relevant) * $1.shareWithin(cutoff) }
  }
}
