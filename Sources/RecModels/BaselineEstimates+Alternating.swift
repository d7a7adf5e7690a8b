package import RecAlgebra

extension BaselineEstimates {
  /// Biases that fit the ratings together, by alternating least squares: Surprise's, and with its ten rounds.
  ///
  /// b_i = Σ(r − μ − b_u)/(n + itemDamping) and b_u = Σ(r − μ − b_i)/(n + userDamping) in turn, from b_u = 0. The last step
  /// is that of the users, so that a user's bias is what `userBias` gives for the same history. Y. Koren, "Factor in the
  /// neighbors", ACM TKDD 4(1), 2010, section 2.1, doi:10.1145/1644873.1644874.
  package init(
    alternating interactions: SparseRows, rounds: Int = 10, userDamping: Double = 15, itemDamping: Double = 10
  ) {
    let start = BaselineEstimates(interactions, damping: itemDamping)
    var itemBiases = start.itemBiases
    for _ in 1..<max(1, rounds) {
      var sums = [Double](repeating: 0, count: itemBiases.count)
      for row in 0..<interactions.rowCount {
        let entries = interactions.row(row)
        var sum = 0.0
        for entry in entries {
          sum += Double(interactions.values[entry]) - start.mean - itemBiases[Int(interactions.columns[entry])]
        }
        let userBias = sum / (Double(entries.count) + userDamping)
        for entry in entries {
          sums[Int(interactions.columns[entry])] += Double(interactions.values[entry]) - start.mean - userBias
        }
      }
      for item in itemBiases.indices where start.itemCounts[item] > 0 {
        itemBiases[item] = sums[item] / (Double(start.itemCounts[item]) + itemDamping)
      }
    }
    self.init(mean: start.mean, itemBiases: itemBiases, itemCounts: start.itemCounts, damping: userDamping)
  }
}
