internal import RecAlgebra
internal import RecKernels

extension ItemToItemRegression {
  /// The weights where an item is regressed on the items of one block only; items × items.
  ///
  /// A block is made for the item with the most interactions that has no weights yet, and holds the `blockItems` items most
  /// alike to it by cosine; the nearer half of those that have none get theirs from it, too. H. Steck, "Markov random
  /// fields for collaborative filtering", NeurIPS 2019, algorithm 1, where weights that several blocks give are averaged:
  /// here each item has one block.
  func weights(blockItems: Int, _ execution: Execution) throws -> SparseRows {
    let lengths = (0..<items.rowCount).map { item in
      Float(items.values[items.row(item)].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
    }
    let likeness = RowSimilarity(.cosine, transpose: users, lengths: lengths)
    let near = try likeness.neighbors(of: items, keep: blockItems, label: "ease", execution)
    let blocks = blocks(near)
    let progress = ProgressCounter(label: "ease", total: blocks.count, execution)
    let quiet = Execution(workers: Workers(threadCount: 1), cancellation: execution.cancellation)
    let parts = execution.workers.map(blocks.count) { index -> [Entries]? in
      let entries = try? entries(blocks[index], quiet)
      progress.add(1)
      return entries
    }
    try execution.checkpoint()
    // By target first, its rated items ascending; the transpose brings each rated item's targets together.
    var byTarget = [Entries?](repeating: nil, count: items.rowCount)
    for part in parts {
      guard let part else { throw Self.isSingular }
      for entries in part { byTarget[entries.target] = entries }
    }
    var offsets = [0]
    for entries in byTarget { offsets.append(offsets[offsets.count - 1] + (entries?.rated.count ?? 0)) }
    return SparseRows(
      rowCount: items.rowCount, columnCount: items.rowCount, offsets: offsets,
      columns: byTarget.flatMap { $0?.rated ?? [] }, values: byTarget.flatMap { $0?.weights ?? [] }
    ).transposed(execution.workers)
  }

  /// Items that are regressed on each other, and which of them get their weights from that.
  private struct Block: Sendable {
    /// Ascending.
    let items: [Int32]
    let targets: [Int32]
  }

  /// The weights of one item.
  private struct Entries: Sendable {
    let target: Int
    let rated: [Int32]
    let weights: [Float]
  }

  private func blocks(_ near: SparseRows) -> [Block] {
    let order = (0..<items.rowCount).sorted { (items.row($1).count, $0) < (items.row($0).count, $1) }
    var isDone = [Bool](repeating: false, count: items.rowCount)
    var blocks: [Block] = []
    for center in order where !isDone[center] && !items.row(center).isEmpty {
      let entries = near.row(center)
      let byLikeness = entries.sorted { (near.values[$1], $0) < (near.values[$0], $1) }
      let half = byLikeness.prefix((entries.count + 1) / 2).map { near.columns[$0] }
      let targets = [Int32(center)] + half.filter { !isDone[Int($0)] }
      for target in targets { isDone[Int(target)] = true }
      blocks.append(Block(items: (near.columns[entries] + [Int32(center)]).sorted(), targets: targets.sorted()))
    }
    return blocks
  }

  private func entries(_ block: Block, _ execution: Execution) throws -> [Entries] {
    try execution.checkpoint()
    var matrix = DenseMatrix(rowCount: block.items.count, columnCount: block.items.count)
    let users = restricted(to: block.items)
    let width = matrix.stride
    var storage = matrix.storage.mutableSpan
    for (place, item) in block.items.enumerated() {
      let start = place * width
      var row = storage._mutatingExtracting(start..<start + block.items.count)
      addGram(Int(item), users, into: &row)
      row[place] += Float(regularization)
    }
    guard try matrix.negateAndInvert(label: "ease", execution) else { throw Self.isSingular }
    matrix.becomeWeights(execution.workers)
    var place = 0
    return block.targets.map { target in
      while block.items[place] != target { place += 1 }
      let others = block.items.indices.filter { $0 != place }
      return Entries(
        target: Int(target), rated: others.map { block.items[$0] }, weights: others.map { matrix[$0, place] })
    }
  }

  /// users × the chosen items, which ascend.
  private func restricted(to chosen: [Int32]) -> SparseRows {
    let entries = chosen.flatMap { items.row(Int($0)) }
    let columns = chosen.indices.flatMap { place in items.row(Int(chosen[place])).map { _ in Int32(place) } }
    return SparseRows.counting(
      rows: entries.map { items.columns[$0] }, columns: columns, values: entries.map { items.values[$0] },
      rowCount: users.rowCount, columnCount: chosen.count)
  }
}
