import RecAlgebra
import RecData
import RecModels
import Testing

/// Worked with paper and pencil: two factors, the third item cannot be scored, the fourth has no factors.
@Suite struct BilinearScorerTests {
  private let scorer = BilinearScorer(
    itemFactors: DenseMatrix(rows: [[1, 2], [3, -1], [2, 2], [0, 0]]), itemOffsets: [0.5, -0.25, 1, 0.125],
    canScore: { $0 != 2 })
  private let factor: [Float] = [2, 0.5]

  @Test func `a score is both offsets and the product of the factors`() {
    var scores = [Float](repeating: 0, count: 4)
    var output = scores.mutableSpan
    scorer.score(factor: factor.span, userOffset: 3, into: &output)
    #expect(scores == [6.5, 8.25, -.infinity, 3.125])
    #expect(scorer.predict(factor: factor.span, userOffset: 3, items: [3, 0, 2, 0]) == [3.125, 6.5, -.infinity, 6.5])
  }

  @Test func `scores several users one after the other, and a range of the items`() {
    let factors = DenseMatrix(rows: [factor, [0, 1]])
    var scores = [Float](repeating: 0, count: 8)
    var output = scores.mutableSpan
    scorer.score(factors: factors, userOffsets: [3, 0], into: &output)
    #expect(scores == [6.5, 8.25, -.infinity, 3.125, 2.5, -1.25, -.infinity, 0.125])
    var some = [Float](repeating: 0, count: 4)
    var ranged = some.mutableSpan
    scorer.score(factors: factors, items: 1..<3, into: &ranged)
    #expect(some == [5.25, -.infinity, -1.25, -.infinity])
    var nobody: [Float] = []
    var empty = nobody.mutableSpan
    scorer.score(factors: DenseMatrix(rowCount: 0, columnCount: 2), into: &empty)
    #expect(nobody.isEmpty)
  }

  @Test func `lists over many tiles hold the best of all scores, ties by index`() {
    let itemCount = 2500
    // Few values, so that there are many ties.
    let scorer = BilinearScorer(
      itemFactors: DenseMatrix(rows: (0..<itemCount).map { [Float($0 * 7 % 11), Float($0 % 5)] }),
      canScore: { $0 % 13 != 0 })
    let factors = DenseMatrix(rows: (0..<9).map { [Float($0), Float(3 - $0)] })
    let histories = (0..<9).map { user in
      let items = stride(from: Int32(user), to: 2500, by: user + 1).map { $0 }
      return History(user: nil, items: items, values: [Float](repeating: 1, count: items.count))
    }
    var scores = [Float](repeating: 0, count: 9 * itemCount)
    var output = scores.mutableSpan
    scorer.score(factors: factors, into: &output)
    let rule = ListRule(length: 20, hidesSeen: true, allowed: (0..<itemCount).map { $0 % 3 > 0 })
    let lists = scorer.lists(factors: factors, for: histories, rule)
    for user in 0..<9 {
      let own = scores[user * itemCount..<(user + 1) * itemCount]
      let seen = Set(histories[user].items)
      let expected = own.enumerated().filter { $0.offset % 3 > 0 && $0.element > -.infinity }
        .filter { !seen.contains(Int32($0.offset)) }.sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
      #expect(lists[user] == expected.prefix(20).map { ScoredItem(item: Int32($0.offset), score: $0.element) })
    }
  }

  @Test func `folding in sums the factors of items by weight`() {
    #expect(scorer.sum(of: [1, 0], weights: [2, -1]) == [5, -4])
    #expect(scorer.sum(of: [], weights: []) == [0, 0])
  }

  @Test func `the parts of a score are one for each factor, the largest first, with the item that has most of it`() {
    // Of what can be scored, item 1 has most of the first factor, and most of the second downward; upward that is item 0.
    let parts = scorer.parts(factor: factor.span, item: 1)
    #expect(parts == [.init(.factor(1, like: ItemIndex(1)), 6), .init(.factor(2, like: ItemIndex(1)), -0.5)])
    let others = scorer.parts(factor: factor.span, item: 0)
    #expect(others == [.init(.factor(1, like: ItemIndex(1)), 2), .init(.factor(2, like: ItemIndex(0)), 1)])
  }

  @Test func `likeness is the cosine of factors, and unknown where there are none`() {
    let likeness = scorer.similarities(to: 0)
    #expect(likeness[0] == 1)
    // (3 − 2) / √(5 · 10), and with the first factor counted twice (4 · 3 − 2) / √(8 · 37).
    #expect(abs(likeness[1] - 0.141_421_36) < 1e-7)
    #expect(abs(scorer.similarities(to: 0, scales: [2, 1])[1] - 10 / Float(296).squareRoot()) < 1e-7)
    #expect(likeness[2].isNaN && likeness[3].isNaN)
    #expect(scorer.similarities(to: 2).allSatisfy { $0.isNaN })
  }
}
