/// How the scores of one part, for one user, are made comparable with those of the others.
enum BlendScale {
  /// Mean 0 and standard deviation 1 over the candidates; scores that are all equal become 0.
  case standardized(mean: Double, deviation: Double)
  /// 1/(60 + rank) among the candidates, equal scores sharing the mean of their ranks; (candidates,), ascending.
  case reciprocalRank(ascending: [Float])

  /// Cormack, Clarke & Büttcher, "Reciprocal rank fusion", SIGIR 2009, section 2, doi:10.1145/1571941.1572114.
  private static let rankOffset = 60.0

  /// - Parameters:
  ///   - scores: (items,); `-infinity` where the part cannot score.
  ///   - isCandidate: whether the user has not interacted with the item; (items,).
  init(_ method: Blend.Method, _ scores: [Float], _ isCandidate: [Bool]) {
    let scores = scores.indices.filter { isCandidate[$0] && scores[$0].isFinite }.map { scores[$0] }
    switch method {
    case .rank: self = .reciprocalRank(ascending: scores.sorted())
    case .score:
      let count = Double(max(1, scores.count))
      let mean = scores.reduce(0) { $0 + Double($1) } / count
      let variance = scores.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
      self = .standardized(mean: mean, deviation: variance.squareRoot())
    }
  }

  /// What a score becomes; 0, which is neutral, for one that is not finite.
  func value(_ score: Double, isCandidate: Bool) -> Double {
    guard score.isFinite else { return 0 }
    switch self {
    case .standardized(let mean, let deviation): return deviation > 0 ? (score - mean) / deviation : 0
    case .reciprocalRank(let ascending):
      let below = partitioningIndex(ascending.count) { Double(ascending[$0]) >= score }
      let notAbove = partitioningIndex(ascending.count) { Double(ascending[$0]) > score }
      // An item that is no candidate gets the rank that it would have among them.
      let equal = Double(notAbove - below + (isCandidate ? 0 : 1))
      return 1 / (Self.rankOffset + Double(ascending.count - notAbove) + (equal + 1) / 2)
    }
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
