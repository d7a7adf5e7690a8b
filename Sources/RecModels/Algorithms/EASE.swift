internal import RecAlgebra
package import RecData
package import RecKernels

/// Linear item-to-item weights in closed form: each item is regressed on all others at once.
///
/// With P the inverse of XᵀX + λ, the weights are B_ij = −P_ij / P_jj, zero on the diagonal, and the scores of a history its
/// values times B. Beyond a number of items the inverse is made in blocks of items that are alike.
package struct EASE: Recommender {
  /// How it is trained.
  package struct Configuration: Sendable {
    /// What an interaction counts.
    package enum Values: String, Sendable, CaseIterable {
      /// Ratings as they are, events as having happened.
      case auto
      /// Ratings or weights, divided by their root mean square.
      case ratings
      /// One.
      case binary
    }

    package var values = Values.auto
    /// λ, in interactions: what is added to every item's sum of squares.
    package var regularization = 500.0
    /// With more items than this the inverse is made in blocks.
    package var denseItems = 24_000
    /// How many items a block has beside the one it is made for.
    package var blockItems = 500
    package init() {}
  }

  /// The weights from rated items (rows) to scored ones (columns).
  private enum Weights: Sendable, Codable {
    case dense(DenseMatrix)
    case sparse(SparseRows)
  }

  private let weights: Weights
  /// How many interactions each item has; (itemCount,).
  private let counts: [Int32]
  /// What a history's values are multiplied by; nil where every item counts one.
  private let scale: Double?

  package var itemCount: Int { counts.count }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }

  package init(_ dataset: Dataset, _ configuration: Configuration, _ execution: Execution) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let interactions = dataset.interactions
    var counts = [Int32](repeating: 0, count: interactions.columnCount)
    for column in interactions.columns { counts[Int(column)] += 1 }
    self.counts = counts
    let isBinary =
      configuration.values == .binary || configuration.values == .auto && dataset.feedback == .events
    let squares = interactions.values.reduce(0) { $0 + Double($1) * Double($1) } / Double(interactions.entryCount)
    scale = isBinary ? nil : squares > 0 ? 1 / squares.squareRoot() : 1
    let users = interactions.replacingValues(Self.scaled(interactions.values, scale))
    let items = users.transposed(execution.workers)
    let training = ItemToItemRegression(users: users, items: items, regularization: configuration.regularization)
    weights =
      items.rowCount <= configuration.denseItems
      ? .dense(try training.weights(execution))
      : .sparse(try training.weights(blockItems: configuration.blockItems, execution))
  }

  private static func scaled(_ values: [Float], _ scale: Double?) -> [Float] {
    values.map { value in scale.map { Float(Double(value) * $0) } ?? 1 }
  }

  package func isConsistent(userCount: Int) -> Bool {
    switch weights {
    case .dense(let matrix): matrix.rowCount == itemCount && matrix.columnCount == itemCount
    case .sparse(let rows): rows.rowCount == itemCount && rows.columnCount == itemCount
    }
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) { score([history], into: &scores) }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    let values = histories.map { Self.scaled($0.values, scale) }
    scores.update(repeating: 0)
    switch weights {
    case .dense(let matrix): Self.add(matrix, histories, values, to: &scores)
    case .sparse(let rows):
      for (place, history) in histories.enumerated() {
        let (items, values) = (history.items, values[place])
        var own = scores._mutatingExtracting(place * itemCount..<(place + 1) * itemCount)
        NeighborKernels.addRows(
          items.span, weights: values.span, offsets: rows.offsets.span, columns: rows.columns.span,
          values: rows.values.span, columnCount: itemCount, into: &own)
      }
    }
    for (place, history) in histories.enumerated() {
      for item in 0..<itemCount {
        if counts[item] == 0 {
          scores[place * itemCount + item] = -.infinity
        } else if history.isEmpty {
          scores[place * itemCount + item] = Float(counts[item])
        }
      }
    }
  }

  /// Adds the rows of the histories' items, in their order for each; a row serves all who need it while it is at hand.
  private static func add(
    _ matrix: DenseMatrix, _ histories: [History], _ values: [[Float]], to scores: inout MutableSpan<Float>
  ) {
    let width = matrix.columnCount
    let uses = histories.indices.flatMap { place in
      histories[place].items.indices.map { (item: histories[place].items[$0], place: place, value: values[place][$0]) }
    }.sorted { ($0.item, $0.place) < ($1.item, $1.place) }
    let tile = 2048
    for start in stride(from: 0, to: width, by: tile) {
      let columns = start..<min(width, start + tile)
      for use in uses {
        let row = Int(use.item) * matrix.stride
        var own = scores._mutatingExtracting(
          use.place * width + columns.lowerBound..<use.place * width + columns.upperBound)
        VectorKernels.addScaled(
          use.value, matrix.rows.extracting(row + columns.lowerBound..<row + columns.upperBound), to: &own)
      }
    }
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard counts[item.raw] > 0 else { return nil }
    if history.isEmpty {
      return Explanation(parts: [.init(.other("interactions with it"), Double(counts[item.raw]))])
    }
    let values = Self.scaled(history.values, scale)
    let parts = history.items.indices.map { place in
      Explanation.Part(
        .rated(ItemIndex(history.items[place]), value: history.values[place]),
        Double(values[place]) * Double(weight(from: Int(history.items[place]), to: item.raw) ?? 0))
    }
    return Explanation(parts: Explanation.largest(parts, noun: "ratings"))
  }

  private func weight(from rated: Int, to item: Int) -> Float? {
    switch weights {
    case .dense(let matrix): matrix[rated, item]
    case .sparse(let rows): rows.value(row: rated, column: item)
    }
  }

  /// The partial correlation, what two items have in common beside all others: √(B_ij B_ji), with the sign of both.
  package func similarities(to item: ItemIndex) -> [Float]? {
    (0..<itemCount).map { other in
      if counts[item.raw] == 0 || counts[other] == 0 { return .nan }
      if other == item.raw { return 1 }
      guard let there = weight(from: item.raw, to: other), let back = weight(from: other, to: item.raw) else {
        return .nan
      }
      // The signs differ where blocks do.
      return there * back < 0 ? 0 : (there < 0 ? -1 : 1) * min(1, (there * back).squareRoot())
    }
  }

  package var facts: [ModelFact] {
    switch weights {
    case .dense(let matrix): [ModelFact("weights", .count(matrix.rowCount * matrix.columnCount), of: "weight")]
    case .sparse(let rows): [ModelFact("weights", .count(rows.entryCount), of: "weight")]
    }
  }
}

extension Algorithm {
  /// Linear item-to-item weights in closed form.
  package static let ease = Algorithm(
    name: "ease", summary: "regress every item on all others at once, in closed form",
    options: [
      OptionSpec(
        "reg", .number(1e-6...1e12), default: "500", unit: "interactions",
        "ridge penalty; larger ones go by what is rated together often"),
      .choice(
        "values", default: "auto",
        [
          Choice("auto", "ratings as they are, of events that they happened"),
          Choice("ratings", "ratings or weights, divided by their root mean square"),
          Choice("binary", "one for every interaction"),
        ], "what an interaction counts"),
      .count("dense", default: 24_000, unit: "items", "with more items than this the inverse is made in blocks"),
      .count("block", default: 500, in: 1...20_000, unit: "items", "how many items a block has beside its own"),
    ],
    examples: ["ease", "ease reg=200 values=binary"],
    notes: """
      P = (XᵀX + reg)⁻¹, B_ij = −P_ij/P_jj, B_jj = 0; a score is the sum of the history's values times their weights, so \
      that anybody is folded in and every part of why is exact. The default of reg is the paper's for MovieLens 20M; the \
      list changes little between a third and three times of it. Values are divided by their root mean square, so that \
      reg means the same for ratings and for events. The inverse needs 4 bytes for each pair of items. In blocks, each item \
      is regressed on the items of a block only: those that are most alike by cosine to one of its items; a block that \
      holds every item gives the same weights as the whole. An unknown user gets the most popular items; an item \
      without ratings cannot be scored. It predicts no ratings. similar shows partial correlations.
      """,
    source: """
      Steck 2019, "Embarrassingly shallow autoencoders for sparse data", doi:10.1145/3308558.3313710; Steck 2019, "Markov \
      random fields for collaborative filtering", NeurIPS (in blocks)
      """,
    models: EASE.self
  ) { dataset, options, training in
    var configuration = EASE.Configuration()
    configuration.values = options.word("values").flatMap(EASE.Configuration.Values.init) ?? configuration.values
    configuration.regularization = options.number("reg") ?? configuration.regularization
    configuration.denseItems = options.count("dense") ?? configuration.denseItems
    configuration.blockItems = options.count("block") ?? configuration.blockItems
    return TrainedRecommender(try EASE(dataset, configuration, training.execution))
  }
}
