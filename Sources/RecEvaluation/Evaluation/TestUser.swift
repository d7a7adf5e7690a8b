import RecAlgebra
internal import RecData
internal import RecKernels

/// One user's held-out items and what they compete with; the same for all models.
struct TestUser: Sendable {
  /// A test row.
  struct Item: Sendable {
    let index: Int32
    let isRelevant: Bool
    let gain: Double
  }

  /// The user's index in the test data.
  let index: Int
  /// In the order of their indices.
  let items: [Item]
  let relevantCount: Int
  /// The gains of all test items, largest first.
  let idealGains: [Double]
  /// The items that are no candidates: those that the user has a training rating of; ascending.
  let masked: [Int32]

  init(
    _ index: Int, in test: Dataset, masked: [Int32], relevance: RelevanceRule, gain: EvaluationRequest.Gain
  ) {
    self.index = index
    self.masked = masked
    items = test.interactions.row(index).map { entry in
      let value = test.interactions.values[entry]
      let isRelevant = relevance.holds(value)
      let itemGain =
        switch gain {
        case .binary: isRelevant ? 1.0 : 0
        case .graded: max(0, RealFunctions.pow(2, Double(value)) - 1)
        case .rating: max(0, Double(value))
        }
      return Item(index: test.interactions.columns[entry], isRelevant: isRelevant, gain: itemGain)
    }
    relevantCount = items.count { $0.isRelevant }
    idealGains = items.map(\.gain).filter { $0 > 0 }.sorted(by: >)
  }

  /// So many of the other candidates, drawn without replacement; all of them where there are not so many.
  ///
  /// - Parameter key: A number for the user that depends on the id alone.
  func sample(_ count: Int, of itemCount: Int, seed: UInt64, key: UInt64) -> [Int32] {
    var isTaken = [Bool](repeating: false, count: itemCount)
    for item in masked { isTaken[Int(item)] = true }
    for item in items { isTaken[Int(item.index)] = true }
    var others = (0..<Int32(itemCount)).filter { !isTaken[Int($0)] }
    let drawn = min(count, others.count)
    for place in 0..<drawn {
      let bits = CounterRandom.random(seed: seed, purpose: Self.sampling, key, UInt64(place))
      let chosen = place + Int(bits.multipliedFullWidth(by: UInt64(others.count - place)).high)
      others.swapAt(place, chosen)
    }
    return Array(others[..<drawn])
  }

  private static let sampling = CounterRandom.Purpose("sampled candidates")
}
