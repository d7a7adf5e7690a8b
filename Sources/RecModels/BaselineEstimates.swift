package import RecAlgebra

/// The mean of all ratings, and how items and users differ from it.
///
/// With n ratings of an item or by a user and a damping d: b_i = Σ(r − μ)/(n + d), then b_u = Σ(r − μ − b_i)/(n + d).
/// Y. Koren, "Factorization meets the neighborhood", KDD 2008, section 2.1, doi:10.1145/1401890.1401944, in the decoupled
/// form that LensKit calls *damped mean*. Sums are in Double and in the order of the entries.
package struct BaselineEstimates: Sendable, Equatable, Codable {
  /// μ; in the units of the ratings.
  package let mean: Double
  /// b_i of each item, 0 where nobody rated it; (itemCount,).
  package let itemBiases: [Double]
  /// How often each item was rated; (itemCount,).
  package let itemCounts: [Int32]
  package let damping: Double

  /// The damping that `baseline` and `svd` have where nothing else is said.
  package static let standardDamping = 5.0

  /// - Parameter interactions: users × items; may be empty, the mean is 0 then.
  package init(_ interactions: SparseRows, damping: Double = standardDamping) {
    var sum = 0.0
    for value in interactions.values { sum += Double(value) }
    let mean = sum / Double(max(1, interactions.entryCount))
    var biases = [Double](repeating: 0, count: interactions.columnCount)
    var counts = [Int32](repeating: 0, count: interactions.columnCount)
    for (column, value) in zip(interactions.columns, interactions.values) {
      biases[Int(column)] += Double(value) - mean
      counts[Int(column)] += 1
    }
    for item in biases.indices where counts[item] > 0 { biases[item] /= Double(counts[item]) + damping }
    self.mean = mean
    itemBiases = biases
    itemCounts = counts
    self.damping = damping
  }

  /// Biases that were found in another way; the bias of a user follows from them with the damping.
  init(mean: Double, itemBiases: [Double], itemCounts: [Int32], damping: Double) {
    self.mean = mean
    self.itemBiases = itemBiases
    self.itemCounts = itemCounts
    self.damping = damping
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    mean = try container.decode(Double.self, forKey: .mean)
    itemBiases = try container.decode([Double].self, forKey: .itemBiases)
    itemCounts = try container.decode([Int32].self, forKey: .itemCounts)
    damping = try container.decode(Double.self, forKey: .damping)
    guard itemBiases.count == itemCounts.count else { throw decoder.corrupted("not a count for each bias") }
  }

  package var itemCount: Int { itemBiases.count }

  /// b_u of somebody with this history; 0 where it is empty.
  package func userBias(_ history: History) -> Double {
    if history.isEmpty { return 0 }
    var sum = 0.0
    for (item, value) in zip(history.items, history.values) { sum += Double(value) - mean - itemBiases[Int(item)] }
    return sum / (Double(history.items.count) + damping)
  }

  /// Whether anybody rated an item.
  package func isKnown(_ item: Int) -> Bool { itemCounts[item] > 0 }
}
