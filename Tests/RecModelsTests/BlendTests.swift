import RecAlgebra
import RecData
import RecModels
import Testing

/// Mixing models: scales, errors, other index spaces, learned weights, refitting.
@Suite struct BlendTests {
  private let data = Dataset.chance(users: 20, items: 15)

  /// A model whose scores are given.
  private struct Fixed: Recommender {
    let given: [Float]
    let predictsRatings: Bool
    var itemCount: Int { given.count }
    func score(_ history: History, into scores: inout MutableSpan<Float>) {
      for item in given.indices { scores[item] = given[item] }
    }
    func explain(_ history: History, item: ItemIndex) -> Explanation? {
      given[item.raw].isFinite
        ? Explanation(score: Double(given[item.raw]), parts: [.init(.other("given"), Double(given[item.raw]))]) : nil
    }
  }

  private func blend(
    _ parts: [([Float], weight: Double)], ratings: Bool = false, method: Blend.Method = .score
  ) throws(BlendError) -> Blend {
    var members: [Blend.Part] = []
    for (number, part) in parts.enumerated() {
      members.append(
        Blend.Part(
          name: "m\(number)", recommender: Fixed(given: part.0, predictsRatings: ratings), weight: part.weight))
    }
    return try Blend(members, method: method)
  }

  @Test func `mixes ratings by their weights`() throws {
    let model = try blend([([1, 2, 3], 3), ([5, 4, 3], 1)], ratings: true)
    #expect(model.predictsRatings)
    #expect(model.scores(.unknown) == [2, 2.5, 3])
  }

  @Test func `standardises other scores over the candidates`() throws {
    // Item 0 is in the history: the others have mean 2, deviation 1, and mean 25, deviation 5.
    let model = try blend([([9, 1, 3], 0.5), ([90, 30, 20], 0.5)])
    #expect(!model.predictsRatings)
    let scores = model.scores(History(user: nil, items: [0], values: [4]))
    #expect(scores == [10, 0, 0])
  }

  @Test func `fuses ranks, ties sharing their mean`() throws {
    let model = try blend([([3, 1, 1, 2], 1), ([1, 1, 1, 1], 1)], method: .rank)
    let tied = 1 / 62.5 / 2
    // Ranks 1, 3.5, 3.5, 2 and four times 2.5.
    let expected = [1 / 61.0, 1 / 63.5, 1 / 63.5, 1 / 62.0].map { Float($0 / 2 + tied) }
    for (score, value) in zip(model.scores(.unknown), expected) { #expect(abs(score - value) < 1e-8) }
  }

  @Test func `counts Borda points, what is not ranked sharing the rest`() throws {
    // Ranks 1, 3 and 2 of four candidates are worth 4, 2 and 3 quarters; the fourth gets the one point that is left.
    // Two of four ranked: 4 and 3 quarters, and (2 + 1) / 2 quarters for each of the others.
    let model = try blend([([9, 1, 5, -.infinity], 1), ([-.infinity, 2, -.infinity, 1], 1)], method: .borda)
    #expect(model.scores(.unknown) == [5.5, 6, 4.5, 4].map { $0 / 8 } as [Float])
    #expect(try !blend([([1, 2], 1), ([2, 1], 1)], ratings: true, method: .borda).predictsRatings)
  }

  @Test func `never predicts ratings from ranks`() throws {
    #expect(try !blend([([1, 2], 1), ([2, 1], 1)], ratings: true, method: .rank).predictsRatings)
  }

  @Test(arguments: [Blend.Method.score, .rank])
  func `takes what one part cannot score for neutral, and gives up where none can`(method: Blend.Method) throws {
    let model = try blend([([1, 2, -.infinity, -.infinity], 1), ([-.infinity, 1, 2, -.infinity], 1)], method: method)
    let scores = model.scores(.unknown)
    #expect(scores[3] == -.infinity)
    #expect(scores[0].isFinite && scores[2].isFinite)
    #expect(scores[2] > (method == .score ? scores[1] - 1 : 0))
    #expect(model.explain(.unknown, item: ItemIndex(3)) == nil)
  }

  @Test func `refuses parts that cannot be mixed`() {
    #expect(throws: BlendError.tooFewModels(count: 1)) { try blend([([1], 1)]) }
    #expect(throws: BlendError.tooFewModels(count: 0)) { try blend([]) }
    #expect(throws: BlendError.weightsSumToZero) { try blend([([1], 1), ([1], -1)]) }
    #expect(throws: BlendError.weightsSumToZero) { try blend([([1], 0), ([1], 0)]) }
    #expect(throws: BlendError.negativeWeight(model: "m1")) { try blend([([1], 2), ([1], -1)]) }
    #expect(throws: BlendError.weightNotFinite(model: "m0")) { try blend([([1], .nan), ([1], 1)]) }
    #expect(throws: BlendError.weightsSumToZero) {
      try blend([([1], .greatestFiniteMagnitude), ([1], .greatestFiniteMagnitude)])
    }
  }

  @Test func `scales the parts of its parts`() throws {
    let model = try blend([([1, 2, 3], 3), ([5, 4, 3], 1)])
    let explanation = try #require(model.explain(.unknown, item: ItemIndex(0)))
    #expect(explanation.parts.map(\.reason) == [.model(name: "m0", weight: 0.75), .model(name: "m1", weight: 0.25)])
    // Deviation √(2/3) of each.
    let deviation = (2.0 / 3).squareRoot()
    #expect(abs(explanation.parts[0].value + 0.75 / deviation) < 1e-12)
    #expect(abs(explanation.parts[0].parts[0].value - 0.75 / deviation) < 1e-12)
    #expect(abs(explanation.parts[0].parts[1].value + 1.5 / deviation) < 1e-12)
  }

  @Test func `mixes models with other indices by their ids`() throws {
    // The same ratings, with the ids a…e, and once more with two items before them.
    func named(_ ids: [String], shift: Int) -> Dataset {
      let entries = (0..<6).flatMap { user in
        (0..<5).filter { (user * 3 + $0) % 4 > 0 }.map { Entry(user, $0 + shift, Float((user + 2 * $0) % 5 + 1)) }
      }
      var data = Dataset(entries, users: 6, items: ids.count, fields: Dataset.content(ids.count))
      data.entities.items = Vocabulary(ids)
      return data
    }
    let one = named(["c", "d", "e", "f", "g"], shift: 0)
    let other = named(["a", "b", "c", "d", "e", "f", "g"], shift: 2)
    let left = try trainModel(named: "svd", on: one, training: .threads(1)).model
    let right = try trainModel(named: "baseline", on: other, training: .threads(1)).model
    let same = try trainModel(named: "baseline", on: one, training: .threads(1)).model
    let mixed = try blendModel(named: "mixed", parts: [(left, 1), (right, 1)], seed: 1)
    let expected = try blendModel(named: "mixed", parts: [(left, 1), (same, 1)], seed: 1)
    for user in 0..<6 {
      let history = one.history(of: UserIndex(user))
      #expect(mixed.recommender.bits(history) == expected.recommender.bits(history))
      #expect(
        mixed.recommender.explain(history, item: ItemIndex(1))
          == expected.recommender.explain(history, item: ItemIndex(1)))
    }
    // The other way round, items 0 and 1 are known to the first part only, and nobody rated them.
    let back = try blendModel(named: "back", parts: [(right, 1), (left, 1)], seed: 1).recommender
    let history = other.history(of: UserIndex(0))
    #expect(back.scores(history)[0] == -.infinity)
    #expect(back.predict(history, items: [0]) == right.recommender.predict(history, items: [0]))
    let strange = Dataset([Entry(0, 0, 1)], users: 1, items: 1)
    let nothing = try trainModel(named: "popular", on: strange, training: .threads(1)).model
    #expect(throws: BlendError.nothingInCommon(model: "popular", with: "svd")) {
      try blendModel(named: "x", parts: [(left, 1), (nothing, 1)], seed: 1)
    }
  }

  @Test func `learns to trust the part that predicts the held ratings`() throws {
    let board = Dataset.checkerboard(16)
    let isHeld = board.interactions.values.indices.map { $0 % 5 == 0 }
    let train = board.part(.train, keeping: isHeld.map { !$0 })
    let held = board.part(.valid, keeping: isHeld)
    let parts = try ["baseline", "svd"].map { try self.train($0, on: train) }
    let weights = try learnBlendWeights(parts: parts, on: held, training: .threads(1))
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
    #expect(weights[1] > 0.9)
    #expect(try learnBlendWeights(parts: parts, on: held, training: .threads(7)) == weights)
  }

  @Test func `learns to trust the part that ranks the held items`() throws {
    let board = Dataset.checkerboard(16)
    let isHeld = board.interactions.values.indices.map { $0 % 5 == 0 }
    let train = board.part(.train, keeping: isHeld.map { !$0 })
    let held = board.part(.valid, keeping: isHeld)
    let parts = try ["random", "tfidf"].map { try trainModel(named: $0, on: train, training: .threads(1)).model }
    for method in [Blend.Method.score, .rank, .borda] {
      let weights = try learnBlendWeights(parts: parts, method: method, on: held, training: .threads(1))
      #expect(weights[1] > 0.8, "\(method) \(weights)")
      #expect(try learnBlendWeights(parts: parts, method: method, on: held, training: .threads(7)) == weights)
    }
  }

  @Test func `holds a tenth out where there is nothing to learn from`() throws {
    let parts = try ["popular", "svd"].map { try train($0, on: Dataset.checkerboard(24)) }
    let weights = try learnBlendWeightsByHoldingOut(parts: parts, training: .threads(1))
    #expect(weights[1] > weights[0])
    let empty = Dataset([], users: 24, items: 24)
    #expect(throws: BlendError.nothingToLearnFrom) {
      try learnBlendWeights(parts: parts, on: empty, training: .threads(1))
    }
  }

  @Test func `keeps parts, weights and folded ratings when it is refitted`() throws {
    let parts = try ["svd", "tfidf", "random"].map { try trainModel(named: $0, on: data, training: .threads(1)).model }
    let inner = try blendModel(named: "inner", parts: [(parts[0], 3), (parts[1], 1)], seed: 42)
    var outer = try blendModel(
      named: "outer", parts: [(inner, 1), (parts[2], 1)], options: OptionValues([("method", .word("rank"))]), seed: 42)
    outer.fold([("3", 5), ("7", 1)], of: "me")
    let again = try refit(outer, on: data, execution: Training.threads(3).execution).model
    #expect(again.parts.map(\.weight) == [0.5, 0.5])
    #expect(again.parts[0].model.parts.map(\.weight) == [0.75, 0.25])
    #expect(again.options == outer.options)
    let history = data.history(of: UserIndex(4))
    #expect(again.recommender.bits(history) == outer.recommender.bits(history))
    #expect(again.history(of: "me") == outer.history(of: "me"))
    let smaller = try refit(outer, on: Dataset.chance(users: 3, items: 9), execution: Training.threads(1).execution)
      .model
    #expect(smaller.recommender.itemCount == 9)
  }

  /// A model with two factors, as many as a checkerboard has tastes.
  private func train(_ name: String, on data: Dataset) throws -> Model {
    let options = try #require(AlgorithmCatalog[name]).options(with: ["k": .count(2)])
    return try trainModel(named: name, on: data, options: options, training: .threads(1)).model
  }
}
