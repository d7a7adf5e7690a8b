internal import RecAlgebra
internal import RecData
internal import RecKernels

extension BPR {
  /// How often folding in goes over the history.
  static let foldingPasses = 100
  /// The most items that negatives are drawn from when somebody is folded in.
  private static let foldingPool = 1000

  /// The factors of somebody with these positives; (rank,) with padding.
  ///
  /// From zero, `foldingPasses` times over the positives, the steps of the training, in which only the user's factors move.
  /// Negatives are drawn from items at equal distances in the list of all, each as often as the training would have it.
  func folded(_ positives: [Int32]) -> [Float] {
    var factors = [Float](repeating: 0, count: scorer.itemFactors.stride)
    let sample = negatives(except: positives)
    guard !positives.isEmpty, !sample.isEmpty else { return factors }
    let (count, total) = (positives.count, positives.count + sample.count)
    let grid = PairwiseGrid(
      rowBounds: [0, 1], columnBounds: [0, count, total], entryBounds: [0, count, count],
      rows: [Int32](repeating: 0, count: count), columns: (0..<count).map { Int32($0) },
      poolBounds: [0, 0, sample.count],
      pool: (count..<total).map { Int32($0) })
    let items = positives + sample
    let rows = scorer.itemFactors
    var state = PairwiseState(
      rowFactors: factors,
      columnFactors: items.flatMap { rows.storage[Int($0) * rows.stride..<(Int($0) + 1) * rows.stride] },
      columnBiases: items.map { Float(scorer.itemOffsets[Int($0)]) }, stride: rows.stride)
    var rule = configuration.rule(seed: seed, purpose: "bpr fold-in", itemCount: counts.count { $0 > 0 })
    rule.keepsColumns = true
    let (workers, cancellation) = (Workers(threadCount: 1), Cancellation())
    for pass in 0..<Self.foldingPasses {
      _ = grid.train(
        step: 0, epoch: pass, matching: [0, 1], rule: rule, state: &state, workers: workers, cancellation: cancellation)
    }
    factors = state.rowFactors
    return factors
  }

  /// Items that can be scored, without some, at equal distances; by count where negatives are drawn so.
  private func negatives(except positives: [Int32]) -> [Int32] {
    var weights = counts.map { configuration.negatives == .popular ? Int($0) : min(Int($0), 1) }
    for item in positives { weights[Int(item)] = 0 }
    let total = weights.reduce(0, +)
    let wanted = min(total, Self.foldingPool)
    var chosen: [Int32] = []
    chosen.reserveCapacity(wanted)
    var passed = 0
    for (item, weight) in weights.enumerated() {
      passed += weight
      // The middle of each of the `wanted` equal stretches.
      while chosen.count < wanted, (2 * chosen.count + 1) * total < 2 * wanted * passed { chosen.append(Int32(item)) }
    }
    return chosen
  }
}
