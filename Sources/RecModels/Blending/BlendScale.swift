/// How the scores of one part, for one user, are made comparable with those of the others.
enum BlendScale {
  /// Mean 0 and standard deviation 1 over the candidates; scores that are all equal become 0.
  case standardized(mean: Double, deviation: Double)
  /// 1/(60 + rank) among the candidates, equal scores sharing the mean of their ranks.
  case reciprocalRank(CandidateOrder)

  /// The candidates' scores, ascending, and the item of each; (candidates,).
  struct CandidateOrder {
    let scores: [Float]
    let items: [Int32]
  }

  /// Cormack, Clarke & Büttcher, "Reciprocal rank fusion", SIGIR 2009, section 2, doi:10.1145/1571941.1572114.
  private static let rankOffset = 60.0

  /// - Parameters:
  ///   - scores: (items,); `-infinity` where the part cannot score.
  ///   - isCandidate: whether the user has not interacted with the item; (items,).
  init(_ method: Blend.Method, _ scores: [Float], _ isCandidate: [Bool]) {
    switch method {
    case .rank: self = .reciprocalRank(CandidateOrder(scores, isCandidate))
    case .score:
      var (count, sum, squares) = (0, 0.0, 0.0)
      for item in scores.indices where isCandidate[item] && scores[item].isFinite {
        count += 1
        sum += Double(scores[item])
      }
      let mean = sum / Double(max(1, count))
      for item in scores.indices where isCandidate[item] && scores[item].isFinite {
        let difference = Double(scores[item]) - mean
        squares += difference * difference
      }
      self = .standardized(mean: mean, deviation: (squares / Double(max(1, count))).squareRoot())
    }
  }

  /// What a score becomes; 0, which is neutral, for one that is not finite.
  func value(_ score: Double, isCandidate: Bool) -> Double {
    guard score.isFinite else { return 0 }
    switch self {
    case .standardized(let mean, let deviation): return deviation > 0 ? (score - mean) / deviation : 0
    case .reciprocalRank(let order):
      let count = order.scores.count
      let below = partitioningIndex(count) { Double(order.scores[$0]) >= score }
      let notAbove = partitioningIndex(count) { Double(order.scores[$0]) > score }
      // An item that is no candidate gets the rank that it would have among them.
      return Self.reciprocal(above: count - notAbove, equal: notAbove - below + (isCandidate ? 0 : 1))
    }
  }

  /// `value` of every item; (items,).
  func values(_ scores: [Float], _ isCandidate: [Bool]) -> [Double] {
    var values = [Double](repeating: 0, count: scores.count)
    switch self {
    case .standardized(let mean, let deviation):
      if deviation == 0 { return values }
      for item in scores.indices where scores[item].isFinite {
        values[item] = (Double(scores[item]) - mean) / deviation
      }
    case .reciprocalRank(let order):
      var first = 0
      while first < order.scores.count {
        var end = first + 1
        while end < order.scores.count, order.scores[end] == order.scores[first] { end += 1 }
        let value = Self.reciprocal(above: order.scores.count - end, equal: end - first)
        for place in first..<end { values[Int(order.items[place])] = value }
        first = end
      }
      for item in scores.indices where !isCandidate[item] {
        values[item] = value(Double(scores[item]), isCandidate: false)
      }
    }
    return values
  }

  /// 1/(60 + rank) of one of `equal` items that share the ranks behind those above.
  private static func reciprocal(above: Int, equal: Int) -> Double {
    1 / (rankOffset + Double(above) + Double(equal + 1) / 2)
  }

  /// The first of `0..<count` for which a condition, false and then true, holds.
  private func partitioningIndex(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension BlendScale.CandidateOrder {
  /// Sorts the candidates that have a finite score.
  init(_ scores: [Float], _ isCandidate: [Bool]) {
    // A key orders as its score does, and then by item: whole numbers sort faster than pairs.
    var keys: [UInt64] = []
    keys.reserveCapacity(scores.count)
    for item in scores.indices where isCandidate[item] && scores[item].isFinite {
      let bits = scores[item].bitPattern
      let ordered = bits >> 31 == 1 ? ~bits : bits | 1 << 31
      keys.append(UInt64(ordered) << 32 | UInt64(item))
    }
    keys.sort()
    items = keys.map { Int32($0 & 0xffff_ffff) }
    self.scores = keys.map { scores[Int($0 & 0xffff_ffff)] }
  }
}
