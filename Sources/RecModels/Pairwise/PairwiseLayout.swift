internal import RecAlgebra
internal import RecKernels

/// Users and items numbered anew, so that the blocks and strata of a `PairwiseGrid` are contiguous.
///
/// Users are dealt to the blocks and items to the strata by how many positives they have, so that all have about the same
/// number of both; which of equals comes first is drawn. What a model learns is put back in the order of the data.
struct PairwiseLayout: Sendable {
  let grid: PairwiseGrid
  /// The user at each place.
  let users: [Int32]
  /// The item at each place: those that have interactions.
  let items: [Int32]

  /// - Parameters:
  ///   - positives: users × items; a value is not looked at.
  ///   - candidates: The items that negatives are drawn from, and all that are positives.
  ///   - blockLimit: The most blocks; as many threads can work at the same time. With one, nothing is restricted.
  init(
    _ positives: SparseRows, candidates: [Int32], negatives: BPR.Configuration.Negatives, blockLimit: Int, seed: UInt64
  ) {
    let userCounts = (0..<positives.rowCount).map { positives.row($0).count }
    var itemCounts = [Int](repeating: 0, count: positives.columnCount)
    for column in positives.columns { itemCounts[Int(column)] += 1 }
    // A pair of strata holds 64 items at least, where there are so many: enough to draw negatives from.
    let blocks = max(1, min(blockLimit, positives.rowCount, candidates.count / 64))
    let strata = 2 * blocks
    let rowGroups = deal(
      (0..<positives.rowCount).map { Int32($0) }, counts: userCounts, groups: blocks, seed: seed, "bpr user order")
    let columnGroups = deal(candidates, counts: itemCounts, groups: strata, seed: seed, "bpr item order")
    users = Array(rowGroups.joined())
    items = Array(columnGroups.joined())
    let rowBounds = bounds(rowGroups.map(\.count))
    let columnBounds = bounds(columnGroups.map(\.count))

    var place = [Int32](repeating: -1, count: positives.columnCount)
    for (index, item) in items.enumerated() { place[Int(item)] = Int32(index) }
    var stratum = [Int32](repeating: 0, count: items.count)
    for group in 0..<strata {
      for index in columnBounds[group]..<columnBounds[group + 1] { stratum[index] = Int32(group) }
    }

    // Counting, then placing: rows are met in ascending order, so that they ascend within each cell.
    var sizes = [Int](repeating: 0, count: blocks * strata)
    for block in 0..<blocks {
      for user in rowGroups[block] {
        for entry in positives.row(Int(user)) {
          sizes[block * strata + Int(stratum[Int(place[Int(positives.columns[entry])])])] += 1
        }
      }
    }
    let entryBounds = bounds(sizes)
    var next = entryBounds
    var rows = [Int32](repeating: 0, count: positives.entryCount)
    var columns = rows
    var row: Int32 = 0
    for block in 0..<blocks {
      for user in rowGroups[block] {
        for entry in positives.row(Int(user)) {
          let column = place[Int(positives.columns[entry])]
          let cell = block * strata + Int(stratum[Int(column)])
          rows[next[cell]] = row
          columns[next[cell]] = column
          next[cell] += 1
        }
        row += 1
      }
    }

    var pool: [Int32] = []
    var poolBounds = [0]
    for group in 0..<strata {
      for index in columnBounds[group]..<columnBounds[group + 1] {
        let times = negatives == .uniform ? 1 : itemCounts[Int(items[index])]
        pool.append(contentsOf: repeatElement(Int32(index), count: times))
      }
      poolBounds.append(pool.count)
    }
    grid = PairwiseGrid(
      rowBounds: rowBounds, columnBounds: columnBounds, entryBounds: entryBounds, rows: rows, columns: columns,
      poolBounds: poolBounds, pool: pool)
  }

  /// The pairs of strata that meet in an epoch: a permutation of the strata, two and two.
  func matching(epoch: Int, seed: UInt64) -> [Int] {
    shuffled(Array(0..<grid.stratumCount), seed: seed, "bpr matching", UInt64(epoch))
  }
}

/// Members in groups of about the same size and about the same sum of counts: the most frequent first, dealt to and fro.
private func deal(_ members: [Int32], counts: [Int], groups: Int, seed: UInt64, _ purpose: String) -> [[Int32]] {
  let purpose = CounterRandom.Purpose(purpose)
  let keyed = members.map { member in
    (
      count: counts[Int(member)], chance: CounterRandom.random(seed: seed, purpose: purpose, UInt64(member)),
      member: member
    )
  }
  let sorted = keyed.sorted { ($1.count, $0.chance, $0.member) < ($0.count, $1.chance, $1.member) }
  var dealt = [[Int32]](repeating: [], count: groups)
  for (place, entry) in sorted.enumerated() {
    let group = place % groups
    dealt[place / groups % 2 == 0 ? group : groups - 1 - group].append(entry.member)
  }
  return dealt
}

/// Where groups of these sizes begin, and the end.
private func bounds(_ sizes: [Int]) -> [Int] {
  var bounds = [0]
  for size in sizes { bounds.append(bounds[bounds.count - 1] + size) }
  return bounds
}

/// The members in an order by chance.
private func shuffled(_ members: [Int], seed: UInt64, _ purpose: String, _ index: UInt64) -> [Int] {
  let purpose = CounterRandom.Purpose(purpose)
  let keyed = members.map {
    (chance: CounterRandom.random(seed: seed, purpose: purpose, index, UInt64($0)), member: $0)
  }
  return keyed.sorted { ($0.chance, $0.member) < ($1.chance, $1.member) }.map(\.member)
}
