internal import RecAlgebra
package import RecData
internal import RecKernels

/// Random walks of three steps, user → item → user → item, held to each item's best followers: P³α and RP³β.
///
/// A step is taken with a probability proportional to the edge's weight, raised to α; what is reached is divided by its
/// number of interactions raised to β. So that scores are of readable size they are told against chance: multiplied by how
/// many items there are, and the number of interactions is divided by its mean. C. Cooper, S. H. Lee, T. Radzik & Y. Siantos, "Random walks in recommender systems:
/// exact computation and simulations", WWW 2014, doi:10.1145/2567948.2579244; B. Paudel, F. Christoffel, C. Newell &
/// A. Bernstein, "Updatable, accurate, diverse, and scalable recommendations for interactive applications", 2017,
/// doi:10.1145/2955101.
package struct GraphWalk: Recommender {
  private let weighting: InteractionGraph.Weighting
  /// What a walk from an item reaches by way of one user, each item's best; items × items.
  private let followers: SparseRows
  private let alpha: Double
  private let itemCounts: [Int32]

  package var itemCount: Int { itemCounts.count }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }

  package var isConsistent: Bool { followers.rowCount == itemCount && followers.columnCount == itemCount }

  /// - Parameter neighbors: How many followers of an item are kept.
  init(
    _ graph: InteractionGraph, alpha: Double, beta: Double, neighbors: Int, execution: Execution
  ) throws(Cancelled) {
    let power = { (share: Double) in alpha == 1 ? share : RealFunctions.pow(share, alpha) }
    let fromUsers = graph.mapEdges { user, _, weight in power(weight / graph.userDegrees[user]) }
    let fromItems = graph.mapEdges { _, item, weight in power(weight / graph.itemDegrees[item]) }
      .transposed(execution.workers)
    let count = graph.itemCounts.count
    let known = Double(graph.itemCounts.count { $0 > 0 })
    let meanCount = Double(graph.edges.entryCount) / known
    let discounts = graph.itemCounts.map { edges in
      Float(edges > 0 ? known / RealFunctions.pow(Double(edges) / meanCount, beta) : 0)
    }
    let itemsInChunk = 32
    let progress = ProgressCounter(label: "graph", total: count, execution)
    let chunks = execution.workers.map((count + itemsInChunk - 1) / itemsInChunk) { chunk in
      let items = chunk * itemsInChunk..<min(count, (chunk + 1) * itemsInChunk)
      let rows = reached(from: items, fromItems, fromUsers, discounts, limit: neighbors, execution.cancellation)
      progress.add(items.count)
      return rows
    }
    try execution.checkpoint()
    var offsets = [0]
    for row in chunks.joined() { offsets.append(offsets[offsets.count - 1] + row.items.count) }
    followers = SparseRows(
      rowCount: count, columnCount: count, offsets: offsets, columns: chunks.flatMap { $0.flatMap(\.items) },
      values: chunks.flatMap { $0.flatMap(\.values) })
    weighting = graph.weighting
    itemCounts = graph.itemCounts
    self.alpha = alpha
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    for item in 0..<itemCount {
      scores[item] = itemCounts[item] == 0 ? -.infinity : history.isEmpty ? Float(itemCounts[item]) : 0
    }
    for (item, start) in zip(history.items, starts(history)) {
      for entry in followers.row(Int(item)) {
        scores[Int(followers.columns[entry])] += Float(start) * followers.values[entry]
      }
    }
  }

  /// The probability of the first step to each item of the history, raised to α.
  private func starts(_ history: History) -> [Double] {
    let weights = history.values.map(weighting.weight)
    let total = weights.reduce(0, +)
    return weights.map { RealFunctions.pow($0 / total, alpha) }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard itemCounts[item.raw] > 0 else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(itemCounts[item.raw]))])
    }
    let starts = starts(history)
    let rated: [Explanation.Part] = history.items.indices.compactMap { place in
      let row = followers.row(Int(history.items[place]))
      guard let entry = row.first(where: { followers.columns[$0] == item.raw }) else { return nil }
      return Explanation.Part(
        .rated(ItemIndex(history.items[place]), value: history.values[place]),
        starts[place] * Double(followers.values[entry]))
    }
    if rated.isEmpty { return Explanation(parts: [.init(.other("no walk that leads here"), 0)]) }
    return Explanation(parts: Explanation.largest(rated, noun: "ratings"))
  }

  /// The cosine of what is reached from each.
  package func similarities(to item: ItemIndex) -> [Float]? {
    var mine = [Double](repeating: 0, count: itemCount)
    for entry in followers.row(item.raw) { mine[Int(followers.columns[entry])] = Double(followers.values[entry]) }
    let products = (0..<itemCount).map { other in
      followers.row(other).reduce(into: (product: 0.0, square: 0.0)) { sums, entry in
        let value = Double(followers.values[entry])
        sums.product += value * mine[Int(followers.columns[entry])]
        sums.square += value * value
      }
    }
    return products.map { other in
      let square = other.square * products[item.raw].square
      return square > 0 ? Float(other.product / square.squareRoot()) : .nan
    }
  }

  package var facts: [ModelFact] {
    let count = followers.entryCount
    return [ModelFact("neighbors", .count(count), of: "neighbor")]
  }
}

/// What is reached from some items: the best of each, items ascending.
private func reached(
  from items: Range<Int>, _ fromItems: SparseRows, _ fromUsers: SparseRows, _ discounts: [Float], limit: Int,
  _ cancellation: Cancellation
) -> [(items: [Int32], values: [Float])] {
  var probabilities = [Float](repeating: 0, count: discounts.count)
  return items.map { item in
    if cancellation.isCancelled { return ([], []) }
    walk(from: item, fromItems, fromUsers, into: &probabilities)
    probabilities[item] = 0
    for other in probabilities.indices { probabilities[other] *= discounts[other] }
    let best = topK(scores: probabilities.span, k: limit).filter { $0.score > 0 }.sorted { $0.index < $1.index }
    for other in probabilities.indices { probabilities[other] = 0 }
    return (best.map(\.index), best.map(\.score))
  }
}

/// The probabilities of two steps from an item, added to zeros; users ascend.
private func walk(from item: Int, _ fromItems: SparseRows, _ fromUsers: SparseRows, into probabilities: inout [Float]) {
  var sums = probabilities.mutableSpan
  let (columns, values) = (fromUsers.columns.span, fromUsers.values.span)
  for step in fromItems.row(item) {
    let weight = fromItems.values[step]
    for entry in fromUsers.row(Int(fromItems.columns[step])) { sums[Int(columns[entry])] += weight * values[entry] }
  }
}
