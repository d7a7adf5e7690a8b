/// The exact test of a fair coin.
package enum BinomialTest {
  /// The two-sided p of `first` against `second` where both are as likely: the sign test.
  package static func sign(_ first: Int, _ second: Int) -> Double {
    let (fewer, more) = (min(first, second), max(first, second))
    guard fewer != more else { return 1 }
    // P(X ≤ fewer) = I_{1/2}(n − fewer, fewer + 1); the distribution is symmetric.
    return min(1, 2 * IncompleteBeta.regularized(0.5, Double(more), Double(fewer + 1)))
  }
}
