/// Which trials of many get how much of a resource: all a little, the best ever more.
///
/// K. Jamieson & A. Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, 2016,
/// arXiv:1502.07943: after each round the better part goes on, with `factor` times the resource.
package struct SuccessiveHalving: Sendable, Equatable {
  /// How many times more of the resource the trials of the next round have, and how many times fewer they are.
  package static let factor = 3

  /// One round: so many trials, each with this share of the whole resource.
  package struct Round: Sendable, Equatable {
    package let trials: Int
    package let share: Double
  }

  /// The last has the whole resource.
  package let rounds: [Round]

  /// - Parameter leastShare: no round has less of the resource.
  package init(trials: Int, leastShare: Double) {
    precondition(trials > 0 && leastShare > 0 && leastShare <= 1, "something to try, with something")
    var counts = [trials]
    var share = 1.0
    while let last = counts.last, last > 1, share / Double(Self.factor) >= leastShare {
      counts.append(max(1, (last + Self.factor - 1) / Self.factor))
      share /= Double(Self.factor)
    }
    rounds = counts.enumerated().map { place, count in
      Round(trials: count, share: (place + 1..<counts.count).reduce(1.0) { share, _ in share / Double(Self.factor) })
    }
  }
}
