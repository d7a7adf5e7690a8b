import RecAlgebra
import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

struct EvaluateTests {
  private func choices(_ names: String...) throws -> [MetricChoice] {
    try names.map { try MetricChoice(parsing: $0, listLength: 10) }
  }

  private func judge(
    _ models: [Model], on test: Dataset, _ request: EvaluationRequest, seed: UInt64 = 42, threads: Int = 1
  ) throws -> EvaluationReport {
    try evaluate(models: models, on: test, request: request, seed: seed, execution: Execution(threadCount: threads))
  }

  /// Users 1…`users` who like odd items; items 1…20; a third of the likes held out.
  private func split(users: Int = 40, seed: UInt64 = 3) throws -> Split {
    var generator = FixedGenerator(seed)
    let rows = (1...users).flatMap { user in
      (1...20).filter { _ in Int.random(in: 0..<2, using: &generator) == 0 }.map { item in
        Row(
          user: String(user), item: String(item),
          value: item % 2 == 1 ? 5 : Float(Int.random(in: 1...3, using: &generator)))
      }
    }
    return try Dataset(rows).split(
      by: #require(SplitCatalog["user"]), SplitRule.Request(test: 0.3, seed: 1), execution: Execution(threadCount: 1))
  }

  private func trained(_ names: String..., on train: Dataset) throws -> [Model] {
    try names.map { name in
      let algorithm = try #require(AlgorithmCatalog[name])
      let training = Training(seed: 7, execution: Execution(threadCount: 1))
      return Model(
        name: name, algorithm: name, options: algorithm.defaults,
        recommender: try algorithm.train(train, algorithm.defaults, training).recommender, training: train, seed: 7)
    }
  }

  @Test func `a metric that is asked for twice is one column`() throws {
    let request = EvaluationRequest(metrics: try choices("ndcg", "rmse", "NDCG@10"))
    #expect(request.metrics.map(\.name) == ["ndcg@10", "rmse"])
  }

  @Test func `no models, nothing held out and rows that were trained on are errors`() throws {
    let split = try split()
    let request = EvaluationRequest(metrics: try choices("ndcg"))
    let models = try trained("baseline", on: split.train)
    let empty = split.test.part(.test, keeping: [Bool](repeating: false, count: split.test.count))
    #expect(throws: EvaluationError.noModels) { try judge([], on: split.test, request) }
    #expect(throws: EvaluationError.nothingHeldOut) { try judge(models, on: empty, request) }
    let leaky = try trained("popular", on: split.test)
    let error = #expect(throws: EvaluationError.self) { try judge(models + leaky, on: split.test, request) }
    guard case .trainedOnTest(let model, let rows, let examples, false) = error else { return }
    #expect(model == "popular" && rows == split.test.count && examples.count == 3)
    let first = try #require(split.test.rows.first)
    #expect(examples.first == LeakedRow(user: ID(first.user), item: ID(first.item)))
  }

  @Test func `training error is judged among all items and says so`() throws {
    let split = try split()
    let perfect = Dictionary(uniqueKeysWithValues: (1...40).map { (String($0), (1...20).map { Float($0 % 2) }) })
    let model = Model("perfect", perfect, on: split.train)
    let request = EvaluationRequest(metrics: try choices("rmse", "precision@1"), allowsTrainingRows: true)
    let report = try judge([model], on: split.train, request)
    #expect(report.isTrainingError)
    #expect(report.notes == [.trainingError(model: "perfect", rows: split.train.count)])
    // Ten odd items are tied on top; of those a user's relevant ones count by their share.
    let liked = Dictionary(grouping: split.train.rows.filter { $0.value == 5 }, by: \.user).values.map(\.count)
    let expected = Double(liked.reduce(0, +)) / 10 / Double(liked.count)
    let value = try #require(report.value("precision@1", of: "perfect"))
    #expect(abs(value - expected) < 1e-12)
    #expect(try !judge([model], on: split.test, request).isTrainingError)
  }

  @Test(arguments: [2, 7]) func `the number of threads changes no bit`(threads: Int) throws {
    let split = try split(users: 90)
    let models = try trained("baseline", "svd", "random", on: split.train)
    for candidates in [EvaluationRequest.Candidates.all, .sampled(5)] {
      let request = EvaluationRequest(
        metrics: MetricCatalog.defaults(for: split.train.feedback, listLength: 5), candidates: candidates)
      let expected = try judge(models, on: split.test, request)
      let report = try judge(models, on: split.test, request, threads: threads)
      #expect(report.rows == expected.rows && report.differences == expected.differences)
      #expect(report.notes == expected.notes)
    }
  }

  @Test func `what a model was trained on is no candidate, for any of the models`() throws {
    // User 1 rated items 1 and 2 in different training sets; item 3 is held out and scored last of all.
    let entities = Entities(users: Vocabulary(["1"]), items: Vocabulary(["1", "2", "3", "4"]))
    let first = Dataset([Row(user: "1", item: "1", value: 5)], entities)
    let second = Dataset([Row(user: "1", item: "2", value: 5)], entities)
    let test = Dataset([Row(user: "1", item: "3", value: 5)], entities)
    let models = [Model("one", ["1": [9, 8, 1, 2]], on: first), Model("two", ["1": [9, 8, 1, 2]], on: second)]
    let report = try judge(models, on: test, EvaluationRequest(metrics: try choices("mrr")))
    #expect(report.value("mrr", of: "one") == 0.5 && report.value("mrr", of: "two") == 0.5)
  }

  @Test func `models of another vocabulary are matched by id, and what they lack stands last, tied`() throws {
    let test = Dataset(
      [Row(user: "1", item: "b", value: 5), Row(user: "2", item: "c", value: 5), Row(user: "3", item: "a", value: 1)],
      items: ["d"])
    let train = Dataset(
      [Row(user: "0", item: "b", value: 2), Row(user: "1", item: "a", value: 4), Row(user: "1", item: "x", value: 3)])
    let model = Model("m", ["1": [1, 2, 3], "": [3, 2, 9]], on: train)
    let report = try judge([model], on: test, EvaluationRequest(metrics: try choices("mrr", "rmse", "coverage")))
    // User 1: candidates b, c, d, of which only b is scored. User 2, a stranger: a, b before c and d, tied: 1/3 or 1/4.
    let mrr = try #require(report.value("mrr", of: "m"))
    let expected = (1.0 + (1.0 / 3 + 1.0 / 4) / 2) / 2
    #expect(abs(mrr - expected) < 1e-12)
    // b: 2 against 5; c: the mean of training, 3, against 5; a for a stranger: 3 against 1.
    let rmse = try #require(report.value("rmse", of: "m"))
    #expect(abs(rmse - (17.0 / 3).squareRoot()) < 1e-6)
    #expect(report.value("coverage", of: "m") == 0.5)
    #expect(report.rows[0].fallback == 2 && report.rows[0].skipped == 1 && report.rows[0].users == 2)
  }

  @Test func `predictions are clipped to the scale of the file`() throws {
    let entities = Entities(users: Vocabulary(["1"]), items: Vocabulary(["1", "2", "3"]))
    let scale = Feedback.ratings(RatingScale(occurring: [1, 5]))
    let train = Dataset([Row(user: "1", item: "1", value: 3)], entities, feedback: scale)
    let test = Dataset(
      [Row(user: "1", item: "2", value: 5), Row(user: "1", item: "3", value: 2)], entities, feedback: scale)
    let model = Model("m", ["1": [0, 90, -90]], on: train)
    let report = try judge([model], on: test, EvaluationRequest(metrics: try choices("mae")))
    #expect(report.value("mae", of: "m") == 0.5)
  }

  @Test func `every interaction of events is relevant, and events have no rmse`() throws {
    let entities = Entities(users: Vocabulary(["1", "2"]), items: Vocabulary(["1", "2", "3"]))
    let train = Dataset([Row(user: "1", item: "1", value: 1)], entities, feedback: .events)
    let test = Dataset(
      [Row(user: "1", item: "2", value: 1), Row(user: "2", item: "3", value: 1)], entities, feedback: .events)
    let model = Model("m", ["": [3, 2, 1], "1": [3, 2, 1], "2": [3, 2, 1]], on: train)
    let report = try judge([model], on: test, EvaluationRequest(metrics: try choices("rmse", "mrr")))
    #expect(report.relevance == .everyInteraction && report.rows[0].users == 2)
    #expect(report.value("rmse", of: "m") == nil)
    // User 1 finds it at once among two candidates, user 2 at the third place of three.
    let expected = (1.0 + 1.0 / 3) / 2
    #expect(report.value("mrr", of: "m") == expected)
  }

  @Test func `a threshold of one's own decides what is relevant`() throws {
    let split = try split()
    let models = try trained("popular", on: split.train)
    let request = EvaluationRequest(metrics: try choices("recall"), relevance: .atLeast(2))
    let report = try judge(models, on: split.test, request)
    let users = Set(split.test.rows.filter { $0.value >= 2 }.map(\.user)).count
    #expect(report.rows[0].users == users && report.relevance == .atLeast(2))
    let none = try judge(
      models, on: split.test, EvaluationRequest(metrics: try choices("recall"), relevance: .atLeast(9)))
    #expect(none.rows[0].users == 0 && none.value("recall@10", of: "popular") == nil)
    #expect(none.rows[0].skipped == Set(split.test.rows.map(\.user)).count)
  }

  @Test func `sampled candidates are the test items and so many others, keyed by seed and user`() throws {
    // All scores are equal: with t relevant among t + s + u candidates hitrate@1 is t over all of them.
    let split = try split()
    let model = Model("flat", ["": [Float](repeating: 1, count: 20)], on: split.train)
    let request = EvaluationRequest(metrics: try choices("precision@1"), candidates: .sampled(3))
    let tests: [String: [Row]] = Dictionary(grouping: split.test.rows, by: \.user)
    let known = Dictionary(grouping: split.train.rows, by: \.user)
    let shares = tests.compactMap { user, rows in
      let others = min(3, 20 - rows.count - (known[user]?.count ?? 0))
      let relevant = rows.count { $0.value >= 4 }
      return relevant > 0 ? Double(relevant) / Double(rows.count + others) : nil
    }
    let value = try #require(judge([model], on: split.test, request).value("precision@1", of: "flat"))
    #expect(abs(value - shares.reduce(0, +) / Double(shares.count)) < 1e-12)

    let random = try trained("random", on: split.train)
    let first = try judge(random, on: split.test, request)
    #expect(try judge(random, on: split.test, request).rows == first.rows)
    #expect(try judge(random, on: split.test, request, seed: 43).rows != first.rows)
  }

  @Test func `the best model is compared with the next best, and popular beats random`() throws {
    let split = try split()
    let perfect = Model(
      "perfect",
      ["": (1...20).map { Float($0 % 2) }].merging(
        (1...40).map { (String($0), (1...20).map { Float($0 % 2) }) }
      ) { $1 }, on: split.train)
    let worst = Model(
      "worst",
      Dictionary(
        uniqueKeysWithValues: (1...40).map { (String($0), (1...20).map { Float(-($0 % 2)) }) }), on: split.train)
    let report = try judge([worst, perfect], on: split.test, EvaluationRequest(metrics: try choices("rmse", "ndcg@5")))
    let difference = try #require(report.differences.first)
    #expect(report.differences.count == 1)
    #expect(difference.first == "perfect" && difference.second == "worst" && difference.metric == "ndcg@5")
    #expect(try #require(difference.low) > 0 && difference.value <= #require(difference.high))
    let other = try #require(report.difference(between: 0, and: 1, metric: 1))
    #expect(abs(other.value + difference.value) < 1e-15)
    guard case .belowPopular("worst", "ndcg@5", let value, let popular) = try #require(report.notes.first) else {
      Issue.record("a note says that worst ranks below popular")
      return
    }
    #expect(value < popular && report.notes.count == 1)
    #expect(try judge([perfect], on: split.test, EvaluationRequest(metrics: try choices("ndcg@5"))).notes.isEmpty)
  }

  @Test func `a metric of lists needs one file of its own only`() throws {
    let split = try split()
    let meanCount = Metric(
      "popularity", summary: "mean number of training ratings of the items shown", cutoff: .always,
      isLargerBetter: false,
      definition: "popularity@k = …",
      measure: .list { items, audience in
        items.isEmpty
          ? nil : items.reduce(0.0) { $0 + Double(audience.ratingCounts[Int($1)]) } / Double(items.count)
      })
    let model = Model(
      "one",
      ["": (1...20).map { $0 == 4 ? 2 : -.infinity }].merging(
        (1...40).map { (String($0), (1...20).map { $0 == 4 ? 2 : -.infinity }) }
      ) { $1 }, on: split.train)
    let request = EvaluationRequest(metrics: [MetricChoice(meanCount, written: 3, listLength: 10)])
    let report = try judge([model], on: split.test, request)
    let measurement = try #require(report.measurement("popularity@3", of: "one"))
    #expect(measurement.value == Double(split.train.rows.count { $0.item == "4" }))
    // Whoever rated item 4 in training has an empty list, for whom it is undefined and not 0.
    let judged = Set(split.test.rows.filter { $0.value >= 4 }.map(\.user))
    #expect(
      measurement.undefinedUsers == judged.intersection(split.train.rows.filter { $0.item == "4" }.map(\.user)).count)
  }

  @Test func `judging stops when it is asked to`() throws {
    let split = try split()
    let models = try trained("baseline", on: split.train)
    let cancellation = Cancellation()
    cancellation.cancel()
    let execution = Execution(workers: Workers(threadCount: 2), cancellation: cancellation)
    #expect(throws: Cancelled.self) {
      try evaluate(
        models: models, on: split.test, request: EvaluationRequest(metrics: try choices("ndcg")), seed: 1,
        execution: execution)
    }
  }
}
