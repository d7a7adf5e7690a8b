/// How two models differ in a metric, user by user.
package struct PairedComparison: Sendable, Equatable {
  /// The difference of the two values, with its bootstrap interval; `first` is the better one.
  package let difference: EvaluationReport.Difference
  /// Users for whom both have a value.
  package let users: Int
  /// Users for whom the first is better, the two are equal, and the second is better.
  package let wins: Int
  package let ties: Int
  package let losses: Int
  /// The statistic and two-sided p-value of the paired t-test; nil for fewer than two users.
  package let t: Double?
  package let tP: Double?
  /// Of Wilcoxon's signed-rank test.
  package let signedRankP: Double?
  /// `tP` corrected for the number of pairs (Holm).
  package internal(set) var holmP: Double?
  /// Cohen's d_z; above 0 where the first is better by a larger metric.
  package let effectSize: Double?

  /// Pairs whose corrected p-value is below this differ.
  package static let level = 0.05

  /// Whether the data show a difference.
  package var isShown: Bool { holmP.map { $0 < Self.level } ?? false }
}

extension EvaluationReport {
  /// Every pair of models, by the values that the users have: the better first, the best pairs first.
  ///
  /// A user's value of a metric of ratings is that of the user's own test ratings. Users of whom either model has no value
  /// are left out. Pairs without a value are missing.
  ///
  /// - Parameter metric: the place in `metrics` of a metric that is not of all lists together.
  package func comparisons(of metric: Int) -> [PairedComparison] {
    precondition(!metrics[metric].isOfExposure, "a value for each user")
    let isLargerBetter = metrics[metric].metric.isLargerBetter
    let values = rows.map { $0.values[metric].value }
    let order = values.indices.filter { values[$0] != nil }.sorted { left, right in
      let (a, b) = (values[left] ?? 0, values[right] ?? 0)
      return a == b ? left < right : isLargerBetter ? a > b : a < b
    }
    let users = judgements.map { $0[metric].users.values(metrics[metric].finish) }
    var pairs: [PairedComparison] = []
    for (place, first) in order.enumerated() {
      for second in order[(place + 1)...] {
        guard let difference = difference(between: first, and: second, metric: metric) else { continue }
        let differences = zip(users[first], users[second]).map { rounded($0 - $1) }.filter { !$0.isNaN }
        let summary = PairedDifferences(differences)
        let better = differences.count { isLargerBetter ? $0 > 0 : $0 < 0 }
        let equal = differences.count { $0 == 0 }
        pairs.append(
          PairedComparison(
            difference: difference, users: differences.count, wins: better, ties: equal,
            losses: differences.count - better - equal, t: summary.t, tP: summary.twoSidedP,
            signedRankP: differences.count > 1 ? SignedRankTest.twoSided(differences) : nil,
            effectSize: summary.effectSize))
      }
    }
    let tested = pairs.indices.filter { pairs[$0].tP != nil }
    for (pair, p) in zip(tested, MultipleComparisons.holm.adjusted(tested.compactMap { pairs[$0].tP })) {
      pairs[pair].holmP = p
    }
    return pairs
  }
}

/// To twelve decimals: differences that are equal but for the order of a sum are equal, and have one rank.
private func rounded(_ difference: Double) -> Double { (difference * 1e12).rounded() / 1e12 }

extension UserValues {
  /// The value of each user by itself, NaN where there is none.
  fileprivate func values(_ finish: (Double) -> Double) -> [Double] {
    zip(sums, weights).map { $1 > 0 ? finish($0 / $1) : .nan }
  }
}
