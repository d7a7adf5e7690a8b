/// How often each item stands in the lists of all judged users.
package struct Exposure: Sendable, Equatable {
  /// Lists that hold each item, (itemCount,).
  package let listCounts: [Int]
  /// How many lists there are, empty ones included.
  package let listCount: Int

  package init(listCounts: [Int], listCount: Int) {
    self.listCounts = listCounts
    self.listCount = listCount
  }
}

extension Exposure {
  /// The places of all lists, filled ones only.
  var shownCount: Int { listCounts.reduce(0, +) }

  /// How many ratings an item in the lists has, on average; nil where no item is shown.
  ///
  /// - Parameter ratingCounts: of each item, (itemCount,).
  package func popularity(_ ratingCounts: [Int]) -> Double? {
    let shown = shownCount
    return shown > 0 ? Double(zip(listCounts, ratingCounts).reduce(0) { $0 + $1.0 * $1.1 }) / Double(shown) : nil
  }
}
