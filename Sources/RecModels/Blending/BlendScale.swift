internal import RecAlgebra

/// How the scores of one part, for one user, are made comparable with those of the others.
enum BlendScale {
  /// Mean 0 and standard deviation 1 over the candidates; scores that are all equal become 0.
  case standardized(mean: Double, deviation: Double)
  /// What the rank among the candidates is worth; equal scores share the mean of their ranks.
  case ranked(ScoreOrder, RankFusion, candidateCount: Int)

  /// - Parameters:
  ///   - scores: (items,); `-infinity` where the part cannot score.
  ///   - isCandidate: whether the user has not interacted with the item; (items,).
  init(_ method: Blend.Method, _ scores: [Float], _ isCandidate: [Bool]) {
    if let fusion = method.fusion {
      self = .ranked(
        ScoreOrder(scores, including: isCandidate), fusion, candidateCount: isCandidate.count { $0 })
      return
    }
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

  /// What a score becomes; what one that is not finite becomes is neutral.
  func value(_ score: Float, isCandidate: Bool) -> Double {
    guard score.isFinite else { return unscored }
    switch self {
    case .standardized(let mean, let deviation): return deviation > 0 ? (Double(score) - mean) / deviation : 0
    case .ranked(let order, let fusion, let count):
      let (equal, above) = order.places(of: score)
      // An item that is no candidate gets the rank that it would have among them.
      return fusion.value(above: above, equal: equal.count + (isCandidate ? 0 : 1), of: count)
    }
  }

  /// `value` of every item; (items,).
  func values(_ scores: [Float], _ isCandidate: [Bool]) -> [Double] {
    var values = [Double](repeating: unscored, count: scores.count)
    switch self {
    case .standardized(let mean, let deviation):
      if deviation == 0 { return values }
      for item in scores.indices where scores[item].isFinite {
        values[item] = (Double(scores[item]) - mean) / deviation
      }
    case .ranked(let order, let fusion, let count):
      var first = 0
      while first < order.count {
        var end = first + 1
        while end < order.count, order.scores[end] == order.scores[first] { end += 1 }
        let value = fusion.value(above: order.count - end, equal: end - first, of: count)
        for place in first..<end { values[Int(order.items[place])] = value }
        first = end
      }
      for item in scores.indices where !isCandidate[item] && scores[item].isFinite {
        values[item] = value(scores[item], isCandidate: false)
      }
    }
    return values
  }

  /// The value of an item that the part cannot score.
  private var unscored: Double {
    switch self {
    case .standardized: 0
    case .ranked(let order, let fusion, let count): fusion.unranked(ranked: order.count, of: count)
    }
  }
}

/// What a place in a part's list is worth to the blend.
enum RankFusion: Sendable {
  /// 1/(60 + rank): Cormack, Clarke & Büttcher, "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009, section 2,
  /// doi:10.1145/1571941.1572114. An item that is not ranked adds nothing.
  case reciprocal
  /// The share of the candidates from this rank on, (n + 1 − rank)/n: Aslam & Montague, "Models for metasearch", SIGIR
  /// 2001, section 4, doi:10.1145/383952.384007. What is not ranked shares the points that are left.
  case borda

  private static let rankOffset = 60.0

  /// The worth of one of `equal` items that share the ranks behind those above, among `count` candidates.
  func value(above: Int, equal: Int, of count: Int) -> Double {
    let rank = Double(above) + Double(equal + 1) / 2
    return switch self {
    case .reciprocal: 1 / (Self.rankOffset + rank)
    case .borda: (Double(count) + 1 - rank) / Double(max(1, count))
    }
  }

  /// The worth of an item that a part which ranked so many did not rank.
  func unranked(ranked: Int, of count: Int) -> Double {
    switch self {
    case .reciprocal: 0
    case .borda: Double(count - ranked + 1) / 2 / Double(max(1, count))
    }
  }
}

extension Blend.Method {
  /// How the ranks count, where ranks are mixed.
  var fusion: RankFusion? {
    switch self {
    case .rank: .reciprocal
    case .borda: .borda
    case .score, .switch: nil
    }
  }
}
