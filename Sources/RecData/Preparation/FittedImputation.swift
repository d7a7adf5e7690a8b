package import RecAlgebra

/// What absent entries stand for, with what was found in the ratings: α of the user + β of the item.
///
/// One of the two is zero everywhere, so that the matrix of all absent entries has rank one.
package struct FittedImputation: Sendable, Equatable, Codable {
  package let source: MatrixImputation.Source
  /// The number of all ratings, which also is that of a user or an item without any.
  package let overall: Double
  /// Of each item where the source is `itemMean`, else empty; (itemCount,).
  private let itemMeans: [Double]

  /// - Parameter interactions: users × items, finite; may be empty.
  package init(_ imputation: MatrixImputation, on interactions: SparseRows) {
    source = imputation.source
    let mean = interactions.values.reduce(0) { $0 + Double($1) } / Double(max(1, interactions.entryCount))
    var itemMeans: [Double] = []
    switch imputation.source {
    case .mean, .userMean: overall = mean
    case .median: overall = Statistic.median(interactions.values.map { Double($0) }) ?? 0
    case .mostFrequent: overall = Statistic.mostFrequent(interactions.values.map { Double($0) }) ?? 0
    case .constant: overall = imputation.constant
    case .itemMean:
      overall = mean
      var sums = [Double](repeating: 0, count: interactions.columnCount)
      var counts = [Int](repeating: 0, count: interactions.columnCount)
      for (column, value) in zip(interactions.columns, interactions.values) {
        sums[Int(column)] += Double(value)
        counts[Int(column)] += 1
      }
      itemMeans = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : mean }
    }
    self.itemMeans = itemMeans
  }

  /// What an absent entry takes from its user, by the user's ratings.
  package func userShare(_ ratings: some Collection<Float>) -> Double {
    switch source {
    case .itemMean: 0
    case .userMean where !ratings.isEmpty: ratings.reduce(0) { $0 + Double($1) } / Double(ratings.count)
    case .userMean, .mean, .median, .mostFrequent, .constant: overall
    }
  }

  /// What an absent entry takes from its item.
  package func itemShare(_ item: Int) -> Double { itemMeans.isEmpty ? 0 : itemMeans[item] }

  /// Whether its numbers fit a number of items.
  package func isConsistent(itemCount: Int) -> Bool {
    itemMeans.count == (source == .itemMean ? itemCount : 0) && overall.isFinite && itemMeans.allSatisfy(\.isFinite)
  }
}

/// Numbers that stand for many.
package enum Statistic {
  /// The middle one, or the mean of the two in the middle; nil of none.
  package static func median(_ numbers: [Double]) -> Double? {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The one that occurs most often, of equally frequent ones the smallest; nil of none.
  package static func mostFrequent<Element: Hashable & Comparable>(_ elements: [Element]) -> Element? {
    var counts: [Element: Int] = [:]
    for element in elements { counts[element, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// A quantile between the two nearest numbers in proportion (Hyndman & Fan 1996, type 7, NumPy's default).
  ///
  /// - Parameters:
  ///   - sorted: ascending, not empty.
  ///   - share: from 0 to 1.
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(sorted.count - 1, low + 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
