import RecAlgebra
import RecKernels
import Testing

@Suite struct PairwiseGridTests {
  /// Factors around the sixteens of a vector, of which some have a loop of their own.
  @Test(arguments: [1, 2, 15, 16, 17, 33, 64, 100, 128, 200], [false, true])
  func `steps as the formula does, with the same bits on every processor`(factors: Int, isRanked: Bool) {
    for blocks in [1, 3] {
      let example = PairwiseCase(blocks: blocks, factors: factors, isRanked: isRanked)
      let expected = example.plain()
      let state = example.trained()
      let chosen = example.trained(clone: nil, threads: 5)
      for (value, other) in zip(state.all, expected) { #expect(abs(Double(value) - other) < 2e-5) }
      #expect(chosen.all.map(\.bitPattern) == state.all.map(\.bitPattern))
      for clone in KernelClone.available {
        #expect(example.trained(clone: clone).all.map(\.bitPattern) == state.all.map(\.bitPattern))
      }
    }
  }

  @Test func `moves only the rows where it is to keep the columns`() {
    var example = PairwiseCase(blocks: 3, factors: 20, isRanked: false)
    example.rule.keepsColumns = true
    let state = example.trained()
    #expect(state.columnFactors == example.start.columnFactors && state.columnBiases == example.start.columnBiases)
    for (value, other) in zip(state.all, example.plain()) { #expect(abs(Double(value) - other) < 2e-5) }
  }

  @Test func `leaves everything as it is where there is nothing to draw`() {
    // One row that has every column.
    let grid = PairwiseGrid(
      rowBounds: [0, 1], columnBounds: [0, 1, 1], entryBounds: [0, 1, 1], rows: [0], columns: [0],
      poolBounds: [0, 1, 1], pool: [0])
    let start = PairwiseState(
      rowFactors: [Float](repeating: 1, count: 16), columnFactors: [Float](repeating: 2, count: 16), columnBiases: [3],
      stride: 16)
    var state = start
    let rule = PairwiseRule(loss: .logistic, rate: 1, regularization: 1, trials: 9, seed: 1, purpose: 1)
    let loss = grid.train(
      step: 0, epoch: 0, matching: [1, 0], rule: rule, state: &state, workers: Workers(threadCount: 1),
      cancellation: Cancellation())
    #expect(loss == PairwiseLoss() && state.all == start.all)
  }
}

extension PairwiseState {
  fileprivate var all: [Float] { rowFactors + columnFactors + columnBiases }
}

/// A grid, where it starts, and two epochs of training: by the kernel, and by ten plain lines in Double.
private struct PairwiseCase {
  let grid: PairwiseGrid
  let start: PairwiseState
  var rule: PairwiseRule
  let factors: Int
  let matchings: [[Int]]
  private let purpose = CounterRandom.Purpose("test negatives")

  init(blocks: Int, factors: Int, isRanked: Bool) {
    var random = TestRandom(UInt64(blocks * 1000 + factors))
    let strata = 2 * blocks
    let (rowsInBlock, columnsInStratum) = (5, 7)
    var (entryBounds, rows, columns) = ([0], [Int32](), [Int32]())
    for block in 0..<blocks {
      for stratum in 0..<strata {
        for row in 0..<rowsInBlock {
          for column in 0..<columnsInStratum where Int.random(in: 0..<3, using: &random) == 0 {
            rows.append(Int32(block * rowsInBlock + row))
            columns.append(Int32(stratum * columnsInStratum + column))
          }
        }
        entryBounds.append(rows.count)
      }
    }
    // Some columns are drawn twice as often; nothing is drawn from the last stratum.
    var (pool, poolBounds) = ([Int32](), [0])
    for stratum in 0..<strata {
      if stratum < strata - 1 {
        for column in 0..<columnsInStratum {
          pool += [Int32](repeating: Int32(stratum * columnsInStratum + column), count: 1 + column % 2)
        }
      }
      poolBounds.append(pool.count)
    }
    grid = PairwiseGrid(
      rowBounds: (0...blocks).map { $0 * rowsInBlock }, columnBounds: (0...strata).map { $0 * columnsInStratum },
      entryBounds: entryBounds, rows: rows, columns: columns, poolBounds: poolBounds, pool: pool)
    let stride = DenseMatrix.stride(factors)
    func padded(_ count: Int) -> [Float] {
      (0..<count).flatMap { _ in random.floats(factors) + [Float](repeating: 0, count: stride - factors) }
    }
    start = PairwiseState(
      rowFactors: padded(blocks * rowsInBlock), columnFactors: padded(strata * columnsInStratum),
      columnBiases: random.floats(strata * columnsInStratum), stride: stride)
    rule = PairwiseRule(
      loss: isRanked ? .rankedHinge(weights: [1, 0.75, 0.5, 0.25, 0.125, 0.1], longest: 1.5) : .logistic, rate: 0.05,
      regularization: 0.1, trials: isRanked ? 6 : 3, seed: 7, purpose: purpose.rawValue)
    self.factors = factors
    matchings = (0..<2).map { _ in (0..<strata).shuffled(using: &random) }
  }

  func trained(clone: KernelClone? = .baseline, threads: Int = 1) -> PairwiseState {
    var state = start
    let workers = Workers(threadCount: threads)
    for (epoch, matching) in matchings.enumerated() {
      for step in 0..<grid.blockCount {
        _ = grid.train(
          step: step, epoch: epoch, matching: matching, rule: rule, state: &state, workers: workers,
          cancellation: Cancellation(), clone: clone)
      }
    }
    return state
  }

  /// The same in Double, one block after the other: rows, columns, biases.
  func plain() -> [Double] {
    var plain = PlainState(start, factors: factors)
    let positives = Set(grid.rows.indices.map { [grid.rows[$0], grid.columns[$0]] })
    let sizes = (0..<grid.stratumCount).map { grid.poolBounds[$0 + 1] - grid.poolBounds[$0] }
    for (epoch, matching) in matchings.enumerated() {
      for step in 0..<grid.blockCount {
        for block in 0..<grid.blockCount {
          let pair = (block + step) % grid.blockCount
          let strata = [matching[2 * pair], matching[2 * pair + 1]]
          let entries = strata.enumerated().flatMap { place, stratum in
            let cell = block * grid.stratumCount + stratum
            return (grid.entryBounds[cell]..<grid.entryBounds[cell + 1]).map { (entry: $0, place: place) }
          }
          for (entry, place) in entries.sorted(by: {
            (grid.rows[$0.entry], $0.place, $0.entry) < (grid.rows[$1.entry], $1.place, $1.entry)
          }) {
            for trial in 0..<rule.trials {
              let word = CounterRandom.four(
                seed: rule.seed, purpose: purpose, UInt64(entry), UInt64(epoch), UInt64(trial / 4))[trial % 4]
              let isOwn = Double(word & 0xffff_ffff) < 0x1p32 * Double(sizes[strata[place]]) / Double(grid.pool.count)
              let source = strata[isOwn ? place : 1 - place]
              if sizes[source] == 0 { continue }
              let drawn = grid.pool[grid.poolBounds[source] + Int(((word >> 32) * UInt64(sizes[source])) >> 32)]
              if positives.contains([grid.rows[entry], drawn]) { continue }
              if plain.step(
                row: Int(grid.rows[entry]), positive: Int(grid.columns[entry]), negative: Int(drawn), trial: trial, rule
              ) {
                break
              }
            }
          }
        }
      }
    }
    return plain.padded(stride: start.stride)
  }
}

private struct PlainState {
  var rows: [[Double]]
  var columns: [[Double]]
  var biases: [Double]

  init(_ state: PairwiseState, factors: Int) {
    func cut(_ values: [Float]) -> [[Double]] {
      stride(from: 0, to: values.count, by: state.stride).map { values[$0..<$0 + factors].map { Double($0) } }
    }
    rows = cut(state.rowFactors)
    columns = cut(state.columnFactors)
    biases = state.columnBiases.map { Double($0) }
  }

  /// Whether the pair was one to learn from.
  mutating func step(row: Int, positive: Int, negative: Int, trial: Int, _ rule: PairwiseRule) -> Bool {
    let (p, i, j) = (rows[row], columns[positive], columns[negative])
    let x = biases[positive] - biases[negative] + p.indices.reduce(0) { $0 + p[$1] * (i[$1] - j[$1]) }
    var slope = 1 / (1 + RealFunctions.exp(x))
    var longest = Double.infinity
    if case .rankedHinge(let weights, let bound) = rule.loss {
      if x >= 1 { return false }
      (slope, longest) = (Double(weights[trial]), Double(bound))
    }
    let rate = Double(rule.rate)
    let keep = 1 - rate * Double(rule.regularization)
    func bounded(_ vector: [Double]) -> [Double] {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return length > longest ? vector.map { $0 * longest / length } : vector
    }
    rows[row] = bounded(p.indices.map { keep * p[$0] + rate * slope * (i[$0] - j[$0]) })
    if rule.keepsColumns { return true }
    columns[positive] = bounded(p.indices.map { keep * i[$0] + rate * slope * p[$0] })
    columns[negative] = bounded(p.indices.map { keep * j[$0] - rate * slope * p[$0] })
    biases[positive] = keep * biases[positive] + rate * slope
    biases[negative] = keep * biases[negative] - rate * slope
    return true
  }

  func padded(stride: Int) -> [Double] {
    (rows + columns).flatMap { $0 + [Double](repeating: 0, count: stride - $0.count) } + biases
  }
}
