import RecAlgebra
import RecData
import RecModels
import Testing

@Suite struct PopularTests {
  private static let day: Int64 = 86_400

  /// Items 0, 1 and 2 with one, two and no ratings, of ten days and of none.
  private var data: Dataset {
    var data = Dataset([Entry(0, 0, 5), Entry(0, 1, 2), Entry(1, 1, 4)], users: 2, items: 3)
    data.times = [10 * Self.day, 0, 0]
    return data
  }

  private func popular(_ options: [String: OptionValue], _ data: Dataset) throws -> any Recommender {
    try trainModel(
      named: "popular", on: data, options: Algorithm.popular.options(with: options), training: .threads(1)
    ).model.recommender
  }

  @Test func `ranks by damped means`() throws {
    // μ = 11/3; (5 + 2 μ)/3 and (6 + 2 μ)/4.
    let scores = try popular(["by": .word("mean"), "damping": .number(2)], data).scores(.unknown)
    #expect(abs(scores[0] - (5 + 22 / 3) / 3) < 1e-6 && abs(scores[1] - (6 + 22 / 3) / 4) < 1e-6)
    #expect(scores[2] == -.infinity)
  }

  @Test func `lets an interaction count half after the half-life`() throws {
    // Ten days are two half-lives of five: the two old ones count a quarter each.
    let model = try popular(["by": .word("decayed"), "halflife": .number(5)], data)
    #expect(model.scores(.unknown) == [1, 0.5, -.infinity])
    #expect(try #require(model.explain(.unknown, item: ItemIndex(1))).parts.map(\.value) == [2, -1.5])
  }

  @Test func `cannot tell fashion without times`() {
    let data = Dataset.chance(users: 3, items: 3)
    #expect(throws: TrainingError.self) { try popular(["by": .word("decayed")], data) }
  }

  @Test(arguments: [["by": OptionValue.word("mean")], ["by": .word("decayed")]])
  func `splits every score into parts that sum to it`(options: [String: OptionValue]) throws {
    let model = try popular(options, data)
    let scores = model.scores(.unknown)
    for item in 0..<2 {
      let explanation = try #require(model.explain(.unknown, item: ItemIndex(item)))
      #expect(abs(explanation.score - Double(scores[item])) < 1e-6)
    }
    #expect(model.explain(.unknown, item: ItemIndex(2)) == nil)
  }
}
