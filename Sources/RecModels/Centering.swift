package import RecAlgebra

/// What is subtracted from the observed entries before a matrix is factored; absent entries stay zero.
package enum Centering: String, Sendable, CaseIterable, Codable {
  /// μ + b_u + b_i.
  case bias
  /// The mean of the user's ratings.
  case user
  /// The mean of the item's ratings.
  case item
  /// Nothing.
  case none
}

/// The parts of a rating that a centring takes away, to subtract from a history and to add to a prediction.
package struct RatingCenter: Sendable, Equatable, Codable {
  package let centering: Centering
  package let estimates: BaselineEstimates
  /// What belongs to each item; empty where that is zero for all.
  private let itemOffsets: [Double]

  /// - Parameter interactions: users × items, with at least one entry.
  package init(_ centering: Centering, _ interactions: SparseRows) {
    self.centering = centering
    estimates = BaselineEstimates(interactions)
    switch centering {
    case .bias: itemOffsets = estimates.itemBiases
    case .item:
      // A mean is the bias without damping.
      let undamped = BaselineEstimates(interactions, damping: 0)
      itemOffsets = undamped.itemBiases.map { undamped.mean + $0 }
    case .user, .none: itemOffsets = []
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    centering = try container.decode(Centering.self, forKey: .centering)
    estimates = try container.decode(BaselineEstimates.self, forKey: .estimates)
    itemOffsets = try container.decode([Double].self, forKey: .itemOffsets)
    let isNeeded = centering == .bias || centering == .item
    guard itemOffsets.count == (isNeeded ? itemCount : 0) else {
      throw decoder.corrupted("not an offset for each item")
    }
  }

  package var itemCount: Int { estimates.itemCount }

  /// What belongs to the user.
  package func userOffset(_ history: History) -> Double {
    switch centering {
    case .bias: return estimates.mean + estimates.userBias(history)
    case .user:
      if history.isEmpty { return estimates.mean }
      return history.values.reduce(0) { $0 + Double($1) } / Double(history.values.count)
    case .item, .none: return 0
    }
  }

  /// What belongs to an item.
  package func itemOffset(_ item: Int) -> Double { itemOffsets.isEmpty ? 0 : itemOffsets[item] }

  /// The history's values less what the centring takes away: the same bits in training and in folding in.
  package func centered(_ history: History) -> [Float] {
    let userOffset = userOffset(history)
    return zip(history.items, history.values).map { item, value in
      Float(Double(value) - userOffset - itemOffset(Int(item)))
    }
  }

  /// What answers for somebody or something unknown: μ + b_u + b_i; where no ratings are predicted, how often the item
  /// occurs.
  package func fallback(_ history: History, _ item: Int, predictsRatings: Bool) -> Float {
    if !predictsRatings { return Float(estimates.itemCounts[item]) }
    return Float(estimates.mean + estimates.userBias(history) + estimates.itemBiases[item])
  }

  /// What the fallback for somebody of whom nothing is known is made of.
  package func unknownParts(item: Int, predictsRatings: Bool) -> [Explanation.Part] {
    if !predictsRatings { return [.init(.other("interactions with it"), Double(estimates.itemCounts[item]))] }
    return [.init(.mean, estimates.mean), .init(.itemBias, estimates.itemBiases[item])]
  }

  /// What a predicted rating is made of beside the factors, in the order in which people read it.
  package func parts(_ history: History, item: Int) -> [Explanation.Part] {
    let mean = estimates.mean
    switch centering {
    case .bias:
      return [
        .init(.mean, mean), .init(.userBias, estimates.userBias(history)), .init(.itemBias, estimates.itemBiases[item]),
      ]
    case .user: return [.init(.mean, mean), .init(.userBias, userOffset(history) - mean)]
    case .item: return [.init(.mean, mean), .init(.itemBias, itemOffset(item) - mean)]
    case .none: return []
    }
  }
}
