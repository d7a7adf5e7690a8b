import RecData
import RecModels
import Testing

/// Which part answers: a user or an item with fewer than two ratings is cold here.
@Suite struct SwitchingTests {
  /// A model whose scores are given.
  private struct Fixed: Recommender {
    let given: [Float]
    let predictsRatings: Bool
    var itemCount: Int { given.count }
    func score(_ history: History, into scores: inout MutableSpan<Float>) {
      for item in given.indices { scores[item] = given[item] }
    }
    func explain(_ history: History, item: ItemIndex) -> Explanation? {
      let value = Double(given[item.raw])
      return value.isFinite
        ? Explanation(score: value, parts: [.init(.mean, 1), .init(.other("rest"), value - 1)]) : nil
    }
  }

  private func switching(_ parts: [[Float]], ratings: Bool = true, counts: [Int]) throws -> Switching {
    let members = parts.enumerated().map { number, given in
      Blend.Part(name: "m\(number)", recommender: Fixed(given: given, predictsRatings: ratings), weight: 1)
    }
    return try Switching(members, coldBelow: 2, ratingCounts: counts)
  }

  private let warm = History(user: nil, items: [0, 3], values: [4, 2])
  private let cold = History(user: nil, items: [0], values: [4])

  @Test func `the first part answers where user and item are warm`() throws {
    let model = try switching([[1, 2, 3, 4], [5, 6, 7, 8]], counts: [9, 2, 1, 0])
    #expect(model.scores(warm) == [1, 2, 7, 8])
    #expect(model.predict(warm, items: [1, 2]) == [2, 7])
  }

  @Test func `the next part answers a cold user`() throws {
    let model = try switching([[1, 2, 3, 4], [5, 6, 7, 8]], counts: [9, 2, 1, 0])
    #expect(model.scores(cold) == [5, 6, 7, 8])
    #expect(model.scores(.unknown) == [5, 6, 7, 8])
  }

  @Test func `whoever can answers what the preferred part cannot score`() throws {
    let no = -Float.infinity
    let model = try switching([[no, 2, 3, no], [5, no, no, no], [9, no, 9, no]], counts: [9, 9, 0, 0])
    // The second has item 0; items 1 and 2 are warm and cold: the first, and the third; nobody can score item 3.
    #expect(model.scores(warm) == [5, 2, 9, no])
    #expect(model.scores(cold) == [5, 2, 9, no])
    #expect(model.explain(cold, item: ItemIndex(3)) == nil)
  }

  @Test func `explains by the part that answers, to the sum`() throws {
    let model = try switching([[1, 2, 3, 4], [5, 6, 7, 8]], counts: [9, 2, 1, 0])
    let explanation = try #require(model.explain(warm, item: ItemIndex(2)))
    #expect(explanation.score == 7 && explanation.parts.map(\.reason) == [.model(name: "m1", weight: 1)])
    #expect(explanation.parts[0].parts.map(\.value) == [1, 6])
  }

  @Test func `standardises scores that are no ratings, so that one list can hold both`() throws {
    // Items 1 and 2 are the candidates: means 3 and 30, deviations 1 and 10.
    let model = try switching([[0, 2, 4, 0], [0, 20, 40, 0]], ratings: false, counts: [9, 9, 0, 9])
    let scores = model.scores(warm)
    #expect(scores[1] == -1 && scores[2] == 1)
    let explanation = try #require(model.explain(warm, item: ItemIndex(2)))
    #expect(abs(explanation.score - 1) < 1e-12)
  }
}
