/// p-values of several tests, so that many comparisons do not find by luck what is not there.
package enum MultipleComparisons: String, Sendable, CaseIterable {
  /// The chance of any false finding stays below alpha: S. Holm, A simple sequentially rejective multiple test
  /// procedure, 1979.
  case holm
  /// The expected share of false findings stays below alpha: Y. Benjamini & Y. Hochberg, Controlling the false discovery
  /// rate, 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
  case benjaminiHochberg = "bh"
  case none

  /// Adjusted p-values, to be compared with alpha; in the order given, NaN stays NaN and is not counted.
  package func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
    let count = order.count
    var adjusted = values
    switch self {
    case .none: break
    case .holm:
      var largest = 0.0
      for (rank, place) in order.enumerated() {
        largest = max(largest, min(1, Double(count - rank) * values[place]))
        adjusted[place] = largest
      }
    case .benjaminiHochberg:
      var smallest = 1.0
      for (rank, place) in order.enumerated().reversed() {
        smallest = min(smallest, Double(count) / Double(rank + 1) * values[place])
        adjusted[place] = smallest
      }
    }
    return adjusted
  }
}
