import RecAlgebra

/// Finds where a user's test items rank; its buffers are used again for the next user.
struct Ranking {
  private var held: [(score: Float, item: TestUser.Item)] = []
  /// What `rank` found.
  private(set) var ranked = RankedRelevance(groups: [], relevantCount: 0, candidateCount: 0, idealGains: [])

  /// Ranks the test items among all candidates, which are the scores that are not NaN, or among themselves and a sample
  /// of the others.
  ///
  /// - Parameter depth: The largest cutoff that is looked at; items below it need not be found.
  mutating func rank(_ user: TestUser, among sample: [Int32]?, scores: Span<Float>, depth: Int) {
    collect(user, scores)
    guard let sample else {
      group(user, scores, candidateCount: scores.count - user.masked.count, depth: depth)
      return
    }
    let competing = user.items.map { scores[Int($0.index)] } + sample.map { scores[Int($0)] }
    group(user, competing.span, candidateCount: competing.count, depth: depth)
  }

  /// The test items that count, best first; what is not a number stands last.
  private mutating func collect(_ user: TestUser, _ scores: Span<Float>) {
    held.removeAll(keepingCapacity: true)
    for item in user.items where item.isRelevant || item.gain > 0 {
      let score = scores[Int(item.index)]
      held.append((score.isNaN ? -.infinity : score, item))
    }
    held.sort { $0.score > $1.score }
  }

  /// Up to this depth the best candidates are found once; beyond it, each held-out item is compared with all.
  private static let listLimit = 256

  private mutating func group(_ user: TestUser, _ scores: Span<Float>, candidateCount: Int, depth: Int) {
    let best = depth <= Self.listLimit ? topK(scores: scores, k: depth) : []
    // The least score that the best candidates hold all of; more of them may equal it.
    let least: Float? = best.isEmpty ? nil : best.count < depth ? -.infinity : best[best.count - 1].score
    ranked.groups.removeAll(keepingCapacity: true)
    ranked.relevantCount = user.relevantCount
    ranked.candidateCount = candidateCount
    ranked.itemCount = scores.count
    ranked.idealGains = user.idealGains
    var next = 0
    while next < held.count {
      let score = held[next].score
      if let least, score < least { return }
      let counts =
        if let least, score > least {
          (above: best.count { $0.score > score }, equal: best.count { $0.score == score })
        } else {
          countAbove(scores: scores, threshold: score)
        }
      if counts.above >= depth { return }
      var relevant = 0
      var gain = 0.0
      while next < held.count && held[next].score == score {
        relevant += held[next].item.isRelevant ? 1 : 0
        gain += held[next].item.gain
        next += 1
      }
      // What the model cannot score is tied at the end, a NaN it may have given included.
      let size = score == -.infinity ? candidateCount - counts.above : counts.equal
      ranked.groups.append(RankedRelevance.Group(above: counts.above, size: size, relevant: relevant, gain: gain))
    }
  }
}
