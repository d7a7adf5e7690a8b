/// Wilcoxon's signed-rank test of paired differences.
///
/// F. Wilcoxon, Individual comparisons by ranking methods, 1945, doi:10.2307/3001968. Differences of zero are left out, as
/// he did; equal ones share their ranks.
package enum SignedRankTest {
  /// Up to so many differences, none of them equal in size or zero, the distribution is counted; else it is taken as normal.
  package static let exactLimit = 50

  /// The two-sided p-value: of SciPy's `wilcoxon` (zero_method="wilcox", no continuity correction); 1 where every
  /// difference is zero.
  package static func twoSided(_ differences: [Double]) -> Double {
    let kept = differences.filter { $0 != 0 && !$0.isNaN }.sorted { abs($0) < abs($1) }
    guard !kept.isEmpty else { return 1 }
    let count = Double(kept.count)
    var positive = 0.0
    var tieCorrection = 0.0
    var first = 0
    while first < kept.count {
      var end = first + 1
      while end < kept.count, abs(kept[end]) == abs(kept[first]) { end += 1 }
      let rank = Double(first + 1 + end) / 2
      positive += rank * Double(kept[first..<end].count { $0 > 0 })
      let tied = Double(end - first)
      tieCorrection += tied * tied * tied - tied
      first = end
    }
    if kept.count <= exactLimit, tieCorrection == 0, kept.count == differences.count {
      return exact(rankSum: Int(positive), count: kept.count)
    }
    let mean = count * (count + 1) / 4
    let variance = count * (count + 1) * (2 * count + 1) / 24 - tieCorrection / 48
    return variance > 0 ? NormalDistribution.twoSided((positive - mean) / variance.squareRoot()) : 1
  }

  /// Twice the smaller tail of the rank sum, over the 2ⁿ equally likely choices of signs.
  private static func exact(rankSum: Int, count: Int) -> Double {
    let total = count * (count + 1) / 2
    // ways[s]: choices of ranks that sum to s; whole numbers below 2⁵³.
    var ways = [Double](repeating: 0, count: total + 1)
    ways[0] = 1
    for rank in 1...count {
      for sum in stride(from: total, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
    }
    let smaller = min(rankSum, total - rankSum)
    let all = ways.reduce(0, +)
    return min(1, 2 * ways[...smaller].reduce(0, +) / all)
  }
}
