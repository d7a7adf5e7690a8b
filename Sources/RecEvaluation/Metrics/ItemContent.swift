internal import RecAlgebra
internal import RecData
internal import RecKernels
internal import RecModels

/// What is known of items, as vectors of length 1 that can be compared; items of which nothing is known have none.
package struct ItemContent: Sendable, Equatable {
  /// items × labels or terms.
  private let vectors: SparseRows

  /// The labels of the items, else the TF-IDF vectors of their texts; nil where they have neither.
  init?(_ entities: Entities, execution: Execution) throws(Cancelled) {
    let table = entities.itemFields
    let labels = table.columns.compactMap { if case .categories(let column) = $0 { column } else { nil } }
    if labels.contains(where: { !$0.members.isEmpty }) {
      vectors = Self.vectors(of: labels, itemCount: entities.items.count)
      return
    }
    let texts = table.names.filter { if case .text? = table[$0] { true } else { false } }
    guard !texts.isEmpty else { return nil }
    let quiet = Execution(workers: execution.workers, cancellation: execution.cancellation)
    vectors = try TextVectorizer().vectors(
      of: texts, in: table, itemCount: entities.items.count, execution: quiet
    ).items
  }

  /// 1 − cosine for all pairs of items that have vectors, on average; nil where there is no pair.
  func meanDistance(of items: ArraySlice<Int32>) -> Double? {
    let known = items.filter { !vectors.row(Int($0)).isEmpty }
    guard known.count > 1 else { return nil }
    // Of vectors of length 1 the products of all pairs are what the length of their sum says.
    var sum: [Int32: Double] = [:]
    var own = 0.0
    for item in known {
      for entry in vectors.row(Int(item)) {
        let value = Double(vectors.values[entry])
        sum[vectors.columns[entry], default: 0] += value
        own += value * value
      }
    }
    let columns = sum.keys.sorted()
    let length = columns.reduce(0.0) { total, column in
      let value = sum[column] ?? 0
      return total + value * value
    }
    let pairs = Double(known.count) * Double(known.count - 1) / 2
    // Rounding may bring items that are all alike below 0.
    return max(0, 1 - (length - own) / 2 / pairs)
  }

  private static func vectors(of columns: [CategoryColumn], itemCount: Int) -> SparseRows {
    var offsets = [0]
    var members: [Int32] = []
    var values: [Float] = []
    for item in 0..<itemCount {
      var first: Int32 = 0
      let start = members.count
      for column in columns {
        for member in column.members[column.offsets[item]..<column.offsets[item + 1]]
        where members.count == start || members[members.count - 1] != first + member {
          // A label that stands twice is one.
          members.append(first + member)
        }
        first += Int32(column.labels.count)
      }
      let count = members.count - start
      values += [Float](repeating: count > 0 ? 1 / Float(count).squareRoot() : 0, count: count)
      offsets.append(members.count)
    }
    return SparseRows(
      rowCount: itemCount, columnCount: columns.reduce(0) { $0 + $1.labels.count }, offsets: offsets, columns: members,
      values: values)
  }
}
