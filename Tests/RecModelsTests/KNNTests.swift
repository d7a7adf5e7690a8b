import RecData
import RecKernels
import RecModels
import Testing

/// What is particular to nearest neighbours.
@Suite struct KNNTests {
  static let options: [[String: OptionValue]] = ["item", "user"].flatMap { by in
    NeighborSimilarity.allCases.flatMap { similarity in
      NeighborCentering.allCases.map { centering in
        [
          "by": .word(by), "similarity": .word(similarity.rawValue), "center": .word(centering.rawValue),
          "k": .count(5),
          "keep": .count(20),
        ]
      }
    }
  }

  @Test(arguments: options) func `predicts one item as it does many, and splits what it predicts`(
    options: [String: OptionValue]
  ) throws {
    let data = Dataset.chance(users: 30, items: 40)
    let model = try train(data, options)
    for history in [.unknown, History(user: nil, items: [3], values: [4])]
      + (0..<8).map({ data.history(of: UserIndex($0)) })
    {
      let ratings = model.predict(history, items: (0..<40).map { Int32($0) })
      #expect(ratings.allSatisfy { $0.isFinite })
      for item in 0..<40 {
        #expect(model.predict(history, items: [Int32(item)])[0].bitPattern == ratings[item].bitPattern)
        let explanation = try #require(model.explainRating(history, item: ItemIndex(item)))
        #expect(abs(explanation.score - Double(ratings[item])) < 1e-5)
      }
    }
  }

  @Test func `gives the numbers of a calculation on paper`() throws {
    // Items 0 and 1 have the cosine (5·4 + 1·2) / (√26 √20) = 0.9648, items 0 and 2 the cosine 5·3 / (√26 √25) = 0.5883.
    let data = Dataset(
      [Entry(0, 0, 5), Entry(0, 1, 4), Entry(1, 0, 1), Entry(1, 1, 2), Entry(0, 2, 3), Entry(2, 2, 4)], users: 3,
      items: 3)
    let model = try train(data, ["center": .word("none")])
    let similarities = try #require(model.similarities(to: ItemIndex(0)))
    #expect(abs(similarities[1] - 0.964764) < 1e-6 && abs(similarities[2] - 0.588348) < 1e-6)
    let history = History(user: nil, items: [1, 2], values: [2, 5])
    #expect(abs(model.scores(history)[0] - (2 * 0.964764 + 5 * 0.588348)) < 1e-5)
    let rating = model.predict(history, items: [0])[0]
    #expect(abs(rating - (2 * 0.964764 + 5 * 0.588348) / (0.964764 + 0.588348)) < 1e-5)
    // The nearest one alone decides.
    #expect(abs(try train(data, ["center": .word("none"), "k": .count(1)]).predict(history, items: [0])[0] - 2) < 1e-6)
  }

  @Test func `answers by the baseline where there are not neighbours enough`() throws {
    let data = Dataset.chance(users: 20, items: 15)
    let history = data.history(of: UserIndex(3))
    let (few, none) = (
      try train(data, ["min": .count(1000)]), try train(data, ["min": .count(1000), "center": .word("none")])
    )
    let items = (0..<15).map { Int32($0) }
    #expect(few.predict(history, items: items) == none.predict(history, items: items))
    let reasons = try #require(few.explainRating(history, item: ItemIndex(2))).parts.map(\.reason)
    #expect(reasons == [.mean, .userBias, .itemBias])
  }

  @Test(arguments: ["pearson", "adjusted-cosine", "pearson-baseline"])
  func `compares events by cosine where there are no opinions`(similarity: String) throws {
    let data = Dataset.checkerboard(8, events: true)
    let (given, cosine) = (try train(data, ["similarity": .word(similarity)]), try train(data, [:]))
    for user in 0..<8 {
      let history = data.history(of: UserIndex(user))
      #expect(given.bits(history) == cosine.bits(history))
    }
  }

  @Test func `stops when it is cancelled`() {
    let execution = Execution(threadCount: 1)
    execution.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try trainModel(
        named: "knn", on: .chance(users: 20, items: 15), training: Training(seed: 1, execution: execution))
    }
  }

  private func train(_ data: Dataset, _ options: [String: OptionValue]) throws -> any Recommender {
    try trainModel(named: "knn", on: data, options: Algorithm.knn.options(with: options), training: .threads(2)).model
      .recommender
  }
}
