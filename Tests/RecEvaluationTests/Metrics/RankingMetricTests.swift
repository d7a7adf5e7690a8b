import RecEvaluation
import Testing

/// What every ranking metric of the catalog must hold, with nothing written for it.
struct RankingMetricTests {
  /// Up to six candidates with few distinct scores, some relevant, with gains.
  struct Case: Sendable {
    let scores: [Float]
    let relevant: [Bool]
    let gains: [Double]

    init(_ generator: inout FixedGenerator) {
      let count = Int.random(in: 1...6, using: &generator)
      let levels = Int.random(in: 1...4, using: &generator)
      scores = (0..<count).map { _ in Float(Int.random(in: 0..<levels, using: &generator)) }
      var relevant = (0..<count).map { _ in Bool.random(using: &generator) }
      relevant[Int.random(in: 0..<count, using: &generator)] = true
      self.relevant = relevant
      gains = relevant.map { $0 ? Double(Int.random(in: 1...31, using: &generator)) : 0 }
    }
  }

  static let cases: [Case] = {
    var generator = FixedGenerator(11)
    return (0..<60).map { _ in Case(&generator) }
  }()

  @Test(arguments: rankingMetrics)
  func `tied scores count by the mean over all orders`(metric: String) throws {
    for example in Self.cases {
      let orders = permutations(Array(example.scores.indices)).filter { order in
        zip(order, order.dropFirst()).allSatisfy { example.scores[$0] >= example.scores[$1] }
      }
      for cutoff in 1...7 {
        let tied = RankedRelevance(scores: example.scores, relevant: example.relevant, gains: example.gains)
        let values = orders.compactMap { order in
          let untied = RankedRelevance(
            scores: order.indices.map { Float(-$0) }, relevant: order.map { example.relevant[$0] },
            gains: order.map { example.gains[$0] })
          return measure(metric, untied, cutoff)
        }
        // AUC is undefined where every candidate is relevant, in whatever order.
        guard let value = measure(metric, tied, cutoff) else {
          #expect(values.isEmpty && !example.relevant.contains(false))
          continue
        }
        let mean = values.reduce(0, +) / Double(orders.count)
        #expect(abs(value - mean) < 1e-12, "\(example) at \(cutoff)")
      }
    }
  }

  @Test(arguments: rankingVariants.map(\.name))
  func `tied scores count by the mean over all orders in other libraries' definitions, too`(name: String) throws {
    let variant = try #require(rankingVariants.first { $0.name == name })
    for example in Self.cases {
      let orders = permutations(Array(example.scores.indices)).filter { order in
        zip(order, order.dropFirst()).allSatisfy { example.scores[$0] >= example.scores[$1] }
      }
      for cutoff in 1...7 {
        let tied = RankedRelevance(scores: example.scores, relevant: example.relevant, gains: example.gains)
        let values = orders.compactMap { order in
          variant.measure(
            RankedRelevance(
              scores: order.indices.map { Float(-$0) }, relevant: order.map { example.relevant[$0] },
              gains: order.map { example.gains[$0] }), cutoff)
        }
        guard let value = variant.measure(tied, cutoff) else {
          #expect(values.isEmpty)
          continue
        }
        #expect(abs(value - values.reduce(0, +) / Double(orders.count)) < 1e-12, "\(example) at \(cutoff)")
      }
    }
  }

  @Test(arguments: rankingMetrics)
  func `values lie between 0 and 1, and the perfect order has the largest`(metric: String) throws {
    for example in Self.cases {
      let perfect = RankedRelevance(
        scores: example.gains.map { Float($0) }, relevant: example.relevant, gains: example.gains)
      let ranked = RankedRelevance(scores: example.scores, relevant: example.relevant, gains: example.gains)
      for cutoff in 1...7 {
        guard let value = measure(metric, ranked, cutoff), let best = measure(metric, perfect, cutoff) else {
          #expect(!example.relevant.contains(false))
          continue
        }
        #expect(value >= 0 && best <= 1 + 1e-12 && value <= best + 1e-12)
      }
    }
  }

  @Test(arguments: ["recall", "hitrate", "mrr"])
  func `a longer list never lowers it`(metric: String) throws {
    for example in Self.cases {
      let ranked = RankedRelevance(scores: example.scores, relevant: example.relevant)
      let values = try (1...8).map { try #require(measure(metric, ranked, $0)) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
    }
  }

  @Test func `precision divides by k, recall by the relevant, map by the smaller`() throws {
    let ranked = RankedRelevance(scores: [5, 4, 3, 2], relevant: [true, false, false, true])
    #expect(measure("precision", ranked, 10) == 0.2)
    #expect(measure("recall", ranked, 1) == 0.5)
    #expect(measure("map", ranked, 1) == 1)
    #expect(measure("map", ranked, 10) == 0.75)
    #expect(measure("mrr", ranked, 4) == 1)
  }

  @Test func `ndcg is undefined where nothing has a gain`() {
    let ranked = RankedRelevance(scores: [2, 1], relevant: [true, false], gains: [0, 0])
    #expect(measure("ndcg", ranked, 2) == nil)
  }

  @Test func `large groups of ties need no factorials`() throws {
    // One relevant item among 100,000 tied ones: the mean of 1/j over all places, H(100000)/100000.
    let group = RankedRelevance.Group(above: 0, size: 100_000, relevant: 1, gain: 1)
    let ranked = RankedRelevance(groups: [group], relevantCount: 1, candidateCount: 100_000, idealGains: [1])
    let harmonic = 12.090_146_129_863_428
    #expect(abs(try #require(measure("mrr", ranked, 100_000)) - harmonic / 100_000) < 1e-15)
    #expect(abs(try #require(measure("hitrate", ranked, 10)) - 1e-4) < 1e-15)
  }
}

private func permutations(_ items: [Int]) -> [[Int]] {
  guard let first = items.first else { return [[]] }
  return permutations(Array(items.dropFirst())).flatMap { rest in
    (0...rest.count).map { place in Array(rest[..<place]) + [first] + Array(rest[place...]) }
  }
}
