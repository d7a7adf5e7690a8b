/// How often users clicked more on the items of one list than of the other.
package struct InterleavingResult: Sendable, Equatable {
  package let firstWins: Int
  package let secondWins: Int
  package let ties: Int

  package init(firstWins: Int, secondWins: Int, ties: Int) {
    self.firstWins = firstWins
    self.secondWins = secondWins
    self.ties = ties
  }

  /// Counts a win for the side with more clicks.
  package init(_ credits: [(first: Int, second: Int)]) {
    self.init(
      firstWins: credits.count { $0.first > $0.second }, secondWins: credits.count { $0.second > $0.first },
      ties: credits.count { $0.first == $0.second })
  }

  /// The second side's wins among those with a winner, less a half: above 0 the second is better.
  ///
  /// NaN where nobody decided. O. Chapelle, T. Joachims, F. Radlinski & Y. Yue, Large-scale validation and analysis of
  /// interleaved search evaluation, 2012, doi:10.1145/2094072.2094078, with ties left out, as the sign test does.
  package var preference: Double { Double(secondWins) / Double(firstWins + secondWins) - 0.5 }

  /// Wilson's interval of the preference; nil where nobody decided.
  package var interval: (low: Double, high: Double)? {
    guard firstWins + secondWins > 0 else { return nil }
    let share = ProportionTest.wilson(successes: secondWins, of: firstWins + secondWins)
    return (share.low - 0.5, share.high - 0.5)
  }

  /// The two-sided sign test.
  package var p: Double { BinomialTest.sign(firstWins, secondWins) }
}
