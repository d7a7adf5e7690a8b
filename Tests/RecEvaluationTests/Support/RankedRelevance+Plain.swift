import RecEvaluation

extension RankedRelevance {
  /// The plain twin of the program's ranking: groups equal scores by sorting all of them.
  init(scores: [Float], relevant: [Bool], gains: [Double]? = nil) {
    let gains = gains ?? relevant.map { $0 ? 1 : 0 }
    var groups: [Group] = []
    var above = 0
    for score in Set(scores).sorted(by: >) {
      let tied = scores.indices.filter { scores[$0] == score }
      let group = Group(
        above: above, size: tied.count, relevant: tied.count { relevant[$0] },
        gain: tied.reduce(0) { $0 + gains[$1] })
      if group.relevant > 0 || group.gain > 0 { groups.append(group) }
      above += tied.count
    }
    self.init(
      groups: groups, relevantCount: relevant.count { $0 }, candidateCount: scores.count,
      idealGains: gains.filter { $0 > 0 }.sorted(by: >))
  }
}

/// A ranking metric's value, nil where it is undefined or no ranking metric.
func measure(_ name: String, _ ranked: RankedRelevance, _ cutoff: Int) -> Double? {
  guard case .ranking(let measure)? = MetricCatalog[name]?.measure else { return nil }
  return measure(ranked, cutoff)
}

/// The names of the catalog's ranking metrics.
let rankingMetrics = MetricCatalog.metrics.filter { if case .ranking = $0.measure { true } else { false } }.map(\.name)

/// The definitions of other libraries that are of rankings, and for pooled ones what a user adds.
let rankingVariants: [(name: String, measure: @Sendable (RankedRelevance, Int) -> Double?)] = MetricCatalog.metrics
  .flatMap { metric in
    metric.variants.compactMap { variant in
      let name = "\(metric.name) of \(variant.library.rawValue)"
      switch variant.measure {
      case .ranking(let measure): return (name, { measure($0, $1) })
      case .pooled(let measure): return (name, { measure($0, $1)?.sum })
      case .ratings, .list, .exposure: return nil
      }
    }
  }
