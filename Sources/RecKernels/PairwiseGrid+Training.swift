import CKernels

/// The loss of some steps of pairwise training: its sum and the number of pairs.
package struct PairwiseLoss: Sendable, Equatable {
  package var sum = 0.0
  package var pairCount = 0
  package init() {}

  package static func += (left: inout PairwiseLoss, right: PairwiseLoss) {
    left.sum += right.sum
    left.pairCount += right.pairCount
  }
}

extension PairwiseGrid {
  /// One of the `blockCount` steps of an epoch: each block of rows meets one pair of strata, all at the same time.
  ///
  /// Once the epoch's steps are done each block has met each stratum, and so each entry was a positive once. The same bits
  /// for any number of threads and for every clone. Cancelled, it leaves blocks out; the caller checks afterwards.
  ///
  /// - Parameters:
  ///   - step: below `blockCount`.
  ///   - epoch: what the random numbers are drawn by, beside an entry's place.
  ///   - matching: The strata in pairs, a permutation; the same throughout an epoch.
  package func train(
    step: Int, epoch: Int, matching: [Int], rule: PairwiseRule, state: inout PairwiseState, workers: Workers,
    cancellation: Cancellation, clone: KernelClone? = nil
  ) -> PairwiseLoss {
    precondition(matching.sorted() == Array(0..<stratumCount), "each stratum is in one pair")
    precondition(
      state.rowFactors.count == rowCount * state.stride && state.columnBiases.count == columnCount,
      "the state has the grid's rows and columns")
    // SAFETY: block and pair are different for every call, and `init` checked that their entries and pools lie in their
    // own rows and columns; the memory has the grid's shape, see above, and lasts for the calls.
    let losses = unsafe state.withMemory { memory in
      workers.map(blockCount) { block in
        if cancellation.isCancelled { return PairwiseLoss() }
        let pair = (block + step) % blockCount
        return unsafe visit(
          block, strata: (matching[2 * pair], matching[2 * pair + 1]), epoch: epoch, rule: rule, memory: memory,
          clone: clone)
      }
    }
    return losses.reduce(into: PairwiseLoss()) { $0 += $1 }
  }

  /// The positives of a block in two strata.
  @unsafe private func visit(
    _ block: Int, strata: (Int, Int), epoch: Int, rule: PairwiseRule, memory: UnsafePairwiseMemory, clone: KernelClone?
  ) -> PairwiseLoss {
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe pool.withUnsafeBufferPointer { pool in
          unsafe rule.weights.withUnsafeBufferPointer { weights in
            let part = { (stratum: Int) in
              let cell = block * stratumCount + stratum
              let poolRange = poolBounds[stratum]..<poolBounds[stratum + 1]
              let share = Double(poolRange.count) / Double(max(1, pool.count))
              return unsafe rec_stratum(
                rows: rows.baseAddress.map { unsafe $0 + entryBounds[cell] },
                columns: columns.baseAddress.map { unsafe $0 + entryBounds[cell] },
                count: entryBounds[cell + 1] - entryBounds[cell], first_entry: Int64(entryBounds[cell]),
                pool: pool.baseAddress.map { unsafe $0 + poolRange.lowerBound }, pool_count: poolRange.count,
                own_share: UInt32(min(share * 0x1p32, 0xffff_ffff)))
            }
            var work = unsafe rec_pairwise()
            unsafe work.strata = (part(strata.0), part(strata.1))
            unsafe work.row_factors = memory.rowFactors
            unsafe work.column_factors = memory.columnFactors
            unsafe work.column_biases = memory.columnBiases
            unsafe work.marks = memory.marks
            unsafe work.stride = memory.stride
            unsafe work.rate = rule.rate
            unsafe work.keep = 1 - rule.rate * rule.regularization
            unsafe work.keeps_columns = rule.keepsColumns ? 1 : 0
            unsafe work.trials = Int32(clamping: rule.trials)
            unsafe work.rank_weights = weights.isEmpty ? nil : weights.baseAddress
            unsafe work.longest = rule.longest
            unsafe work.seed = rule.seed
            unsafe work.purpose = rule.purpose
            unsafe work.epoch = UInt64(epoch)
            let loss =
              switch clone {
              case nil: unsafe rec_pairwise_block(&work)
              case .baseline: unsafe rec_pairwise_block_v1(&work)
              case .avx2: unsafe rec_pairwise_block_v3(&work)
              case .avx512: unsafe rec_pairwise_block_v4(&work)
              }
            return PairwiseLoss(loss)
          }
        }
      }
    }
  }
}

extension PairwiseLoss {
  fileprivate init(_ loss: rec_pairwise_loss) {
    sum = loss.sum - RealFunctions.log(loss.product) + Double(loss.rescalings) * 500 * 0.693_147_180_559_945_3
    pairCount = Int(loss.count)
  }
}

extension PairwiseRule {
  /// Empty for the logistic loss.
  fileprivate var weights: [Float] { if case .rankedHinge(let weights, _) = loss { weights } else { [] } }
  fileprivate var longest: Float { if case .rankedHinge(_, let longest) = loss { longest } else { 0 } }
}
