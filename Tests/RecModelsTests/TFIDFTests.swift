import RecData
import RecKernels
import RecModels
import Testing

/// What `tfidf` makes of items and users.
@Suite struct TFIDFTests {
  private let fields: [(name: String, column: FieldColumn)] = [
    ("title", .text(TextColumn(["space war", "space love", "quiet river", "", "comedy night"]))),
    ("genres", .categories(CategoryColumn([["Action"], ["Romance"], ["Romance"], [], ["Comedy"]]))),
    ("year", .number([1990, 2000, 2000, .nan, 1990])),
  ]

  @Test func `scores items that nobody rated, and none without a term`() throws {
    let data = Dataset([Entry(0, 0, 5), Entry(0, 2, 1)], users: 1, items: 5, fields: fields)
    let trained = try train(data)
    let scores = trained.model.recommender.scores(data.history(of: UserIndex(0)))
    #expect(scores[1] > scores[4])
    #expect(scores[3] == -.infinity)
    #expect(trained.warnings == [.itemsWithoutText(count: 1)])
  }

  @Test func `keeps a label and a word apart`() throws {
    let data = Dataset([], users: 0, items: 5, fields: fields)
    let model = try train(data).model.recommender
    // Film 4 has the word "comedy" and the label "Comedy": space, war, love, quiet, river, comedy, night and 3 labels.
    #expect(model.facts == [ModelFact("terms", .count(10), of: "term")])
    let words = try train(data, ["labels": .word("words")]).model.recommender
    #expect(words.facts == [ModelFact("terms", .count(9), of: "term")])
  }

  @Test func `takes a number for a label`() throws {
    let data = Dataset([], users: 0, items: 5, fields: fields)
    let model = try train(data, ["fields": .words(["year"])]).model.recommender
    let similarities = try #require(model.similarities(to: ItemIndex(0)))
    #expect(similarities[4] == 1 && similarities[1] == 0 && similarities[3].isNaN)
  }

  @Test func `goes by what a user rated above their mean`() throws {
    let data = Dataset([], users: 0, items: 5, fields: fields)
    let model = try train(data).model.recommender
    let liked = model.scores(History(user: nil, items: [0, 2], values: [5, 1]))
    let alone = model.scores(History(user: nil, items: [0], values: [3]))
    #expect(liked == alone)
    let equal = model.scores(History(user: nil, items: [0, 2], values: [-2, -2]))
    #expect(equal[2] > 0.1 && equal[0] > 0.1)
  }

  @Test func `names fields that are not there and text that is missing`() {
    let data = Dataset([Entry(0, 0, 5)], users: 1, items: 5, fields: fields)
    #expect(throws: TrainingError.noField("plot", known: ["title", "genres", "year"])) {
      try train(data, ["fields": .words(["plot"])])
    }
    let bare = Dataset([Entry(0, 0, 5)], users: 1, items: 2, fields: [("title", .text(TextColumn(["", "a"])))])
    #expect(throws: TrainingError.noText(fields: ["title"])) { try train(bare) }
    #expect(throws: TrainingError.noText(fields: [])) { try train(Dataset([], users: 1, items: 1)) }
  }

  @Test(arguments: [(0.0, 1.0), (1.5, 2.0), (2.0, 1.0), (1.0, 99.0), (.infinity, .infinity), (.nan, 1)])
  func `refuses lengths of n-grams that are none`(lowest: Double, highest: Double) {
    let data = Dataset([], users: 0, items: 5, fields: fields)
    #expect(throws: TrainingError.self) {
      try train(data, ["ngrams": .range(lowest: lowest, highest: highest, step: nil)])
    }
  }

  @Test func `stops when it is asked to`() {
    let execution = Execution(threadCount: 1)
    execution.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try trainModel(
        named: "tfidf", on: Dataset([], users: 0, items: 5, fields: fields),
        training: Training(seed: 1, execution: execution))
    }
  }

  @Test func `explains a score by the shared terms`() throws {
    let data = Dataset([Entry(0, 0, 5)], users: 1, items: 5, fields: fields)
    let model = try train(data).model.recommender
    let explanation = try #require(model.explain(data.history(of: UserIndex(0)), item: ItemIndex(1)))
    #expect(explanation.parts.map(\.reason) == [.term("space")])
  }

  private func train(_ data: Dataset, _ options: [String: OptionValue] = [:]) throws -> TrainedModel {
    try trainModel(named: "tfidf", on: data, options: Algorithm.tfidf.options(with: options), training: .threads(1))
  }
}
