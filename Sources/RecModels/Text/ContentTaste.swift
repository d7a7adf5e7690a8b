internal import RecAlgebra
internal import RecData

extension History {
  /// How much each item counts for what somebody likes: what its rating is above the user's mean; of events, the weight.
  ///
  /// Where that leaves nothing, as with ratings that are all equal, every item counts the same.
  func tasteWeights(isEvents: Bool) -> [Float] {
    let mean = isEvents ? 0 : values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
    let weights = values.map { max(0, Float(Double($0) - mean)) }
    return weights.contains { $0 > 0 } ? weights : [Float](repeating: 1, count: values.count)
  }
}

extension Dataset {
  /// How many interactions each item has against the most popular one; (itemCount,).
  var relativePopularity: [Float] {
    let counts = ratingCounts
    let most = Float(max(1, counts.max() ?? 1))
    return counts.map { Float($0) / most }
  }
}

extension FieldTable {
  /// The fields that content usually stands in; where none of them is there, all that hold text or labels.
  var contentFields: [String] {
    let usual = ["title", "genres", "text", "description"].filter { self[$0] != nil }
    if !usual.isEmpty { return usual }
    return names.filter { name in
      switch self[name] {
      case .text, .categories: true
      case .number, nil: false
      }
    }
  }
}
