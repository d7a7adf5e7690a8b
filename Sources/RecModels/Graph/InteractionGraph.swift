internal import RecAlgebra
internal import RecData
internal import RecKernels

/// The edges between users and items with their weights, which are positive, and the degrees of both.
struct InteractionGraph: Sendable {
  /// What an edge weighs.
  struct Weighting: Sendable, Codable, Equatable {
    /// The scale that ratings lie on; nil where every edge weighs 1.
    let scale: ClosedScale?

    /// The ends of a scale.
    struct ClosedScale: Sendable, Codable, Equatable {
      let lowest: Float
      let highest: Float
    }

    /// - Parameter isBinary: Whether every edge weighs 1; events weigh what they count otherwise.
    init(_ feedback: Feedback, isBinary: Bool) {
      switch feedback {
      case .ratings(let scale) where !isBinary: self.scale = ClosedScale(lowest: scale.lowest, highest: scale.highest)
      case .events where !isBinary: scale = ClosedScale(lowest: 1, highest: 5)
      default: scale = nil
      }
    }

    /// 1 at the lowest end of the scale and 5 at the highest, so that ratings from 1 to 5 weigh what they are.
    func weight(_ value: Float) -> Double {
      guard let scale else { return 1 }
      let width = Double(scale.highest - scale.lowest)
      return width > 0 ? max(0x1p-20, 1 + 4 * (Double(value) - Double(scale.lowest)) / width) : 1
    }
  }

  let weighting: Weighting
  /// Users × items; the values are weights.
  let edges: SparseRows
  /// The sum of the weights at each user and item.
  let userDegrees: [Double]
  let itemDegrees: [Double]
  /// How many edges each item has.
  let itemCounts: [Int32]

  init(_ dataset: Dataset, isBinary: Bool) throws(TrainingError) {
    if dataset.count == 0 { throw .noInteractions }
    let weighting = Weighting(dataset.feedback, isBinary: isBinary)
    let interactions = dataset.interactions
    let edges = interactions.replacingValues(interactions.values.map { Float(weighting.weight($0)) })
    var itemDegrees = [Double](repeating: 0, count: edges.columnCount)
    var itemCounts = [Int32](repeating: 0, count: edges.columnCount)
    for (column, value) in zip(edges.columns, edges.values) {
      itemDegrees[Int(column)] += Double(value)
      itemCounts[Int(column)] += 1
    }
    userDegrees = (0..<edges.rowCount).map { user in edges.values[edges.row(user)].reduce(0) { $0 + Double($1) } }
    self.weighting = weighting
    self.edges = edges
    self.itemDegrees = itemDegrees
    self.itemCounts = itemCounts
  }

  /// The edges with other values, of a user, an item and the weight.
  func mapEdges(_ value: (Int, Int, Double) -> Double) -> SparseRows {
    var values = edges.values
    for user in 0..<edges.rowCount {
      for entry in edges.row(user) {
        values[entry] = Float(value(user, Int(edges.columns[entry]), Double(values[entry])))
      }
    }
    return edges.replacingValues(values)
  }
}
