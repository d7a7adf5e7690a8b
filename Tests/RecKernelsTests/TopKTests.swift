import RecAlgebra
import Testing

@Suite struct TopKTests {
  @Test(arguments: [0, 1, 2, 10, 64, 65, 200, 1000], [0, 1, 2, 5, 10, 64, 300]) func `agrees with sorting everything`(
    count: Int, k: Int
  ) {
    var random = TestRandom(UInt64(count * 1000 + k))
    // Few different values, so that there are many ties; some NaN and infinities.
    let scores = (0..<count).map { _ in
      let draw = Int.random(in: 0..<12, using: &random)
      return draw == 10 ? Float.nan : draw == 11 ? -.infinity : Float(draw)
    }
    let expected = scores.indices.filter { !scores[$0].isNaN }
      .sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(k)
    let result = topK(scores: scores.span, k: k)
    #expect(result.map { Int($0.index) } == Array(expected))
    #expect(result.allSatisfy { $0.score == scores[Int($0.index)] })
  }

  @Test func `puts the smaller index first among equal scores`() {
    let scores = [Float](repeating: 1, count: 500)
    #expect(topK(scores: scores.span, k: 3).map(\.index) == [0, 1, 2])
  }

  @Test func `leaves out NaN but not minus infinity`() {
    let scores: [Float] = [.nan, -.infinity, .nan, 3, -.infinity]
    #expect(topK(scores: scores.span, k: 5).map(\.index) == [3, 1, 4])
  }
}
