import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

/// The judged models by metrics of lists, and as libraries compute them: Reference/beyond.py.
struct BeyondAccuracyTests {
  private static let own = ["f1@5", "auc", "novelty@5", "popularity@5", "diversity@5", "overlap@5", "gini@5"]

  /// Each library's metrics in the reference, and what its values are called here.
  private static let foreign: [(library: MetricLibrary, metrics: [String])] = [
    (.lenskit, ["ndcg@5", "recall@5", "precision@5", "rmse", "mae"]),
    (.implicit, ["precision@5", "map@5", "ndcg@5", "auc"]),
    (.ranx, ["map@5"]), (.recbole, ["auc"]),
  ]

  private func report(
    _ metrics: [String], library: MetricLibrary? = nil, gain: EvaluationRequest.Gain = .binary
  ) throws -> EvaluationReport {
    var (models, test) = try JudgedData.load()
    test.entities = JudgedData.withLabels(test.entities)
    let choices = try metrics.map { try MetricChoice(parsing: $0, listLength: 5, library: library) }
    return try evaluate(
      models: models, on: test, request: EvaluationRequest(metrics: choices, gain: gain, library: library), seed: 42,
      execution: Execution(threadCount: 1))
  }

  @Test func `numbers are those of NumPy, scikit-learn, LensKit and implicit`() throws {
    let expected = try ReferenceFile.lines("beyond-expected.tsv")
    #expect(expected.count == 36)
    var reports = [("", try report(Self.own))]
    for (library, metrics) in Self.foreign {
      reports.append((library.rawValue + " ", try report(metrics, library: library)))
    }
    let graded = try report(["ndcg@5"], library: .lenskit, gain: .rating)
    for line in expected {
      let wanted = try #require(Double(line[2]))
      let value: Double?
      if line[1] == "lenskit graded" {
        value = graded.value("ndcg@5", of: line[0])
      } else {
        let parts = line[1].split(separator: " ").map(String.init)
        let prefix = parts.count > 1 ? parts[0] + " " : ""
        let report = try #require(reports.first { $0.0 == prefix }).1
        let name = parts[parts.count - 1]
        let column = report.metrics.first { $0.metric.name == name }?.name ?? name
        value = report.value(column, of: line[0])
      }
      // implicit and the vectors of labels hold single precision; the others sum some hundred doubles.
      let tolerance = line[1] == "diversity" ? 1e-6 : 1e-9
      #expect(abs(try #require(value, "\(line)") - wanted) < tolerance, "\(line) is \(String(describing: value))")
    }
  }

  @Test func `the lists that a report tells of are those of overlap and popularity`() throws {
    let report = try report(["overlap@5", "popularity@5"])
    for (lists, row) in zip(report.lists, report.rows) {
      #expect(lists.overlap == row.values[0].value && lists.model == row.model)
      // All lists are full, so that the mean over users is that over places.
      #expect(abs(try #require(lists.popularity) - (row.values[1].value ?? .nan)) < 1e-12)
    }
    #expect(try self.report(["ndcg@5"]).lists.isEmpty)
  }

  @Test func `one list for everybody overlaps wholly, and items of one label have no distance`() throws {
    let labels = CategoryColumn([["a"], ["a", "a"], ["a"], ["b"], []])
    let entities = Entities(
      users: Vocabulary(["1", "2", "3"]), items: Vocabulary(["1", "2", "3", "4", "5"]),
      itemFields: FieldTable([("genres", .categories(labels))], describedCount: 5))
    let train = Dataset([Row(user: "1", item: "4", value: 5)], entities)
    let test = Dataset((1...3).map { Row(user: String($0), item: "5", value: 5) }, entities)
    let same = Model("same", ["": [3, 2, 1, 0, 0], "1": [3, 2, 1, 0, 0]], on: train)
    let metrics = try ["overlap@3", "diversity@3", "diversity@5", "gini@3", "novelty@1"].map {
      try MetricChoice(parsing: $0, listLength: 3)
    }
    let report = try evaluate(
      models: [same], on: test, request: EvaluationRequest(metrics: metrics), seed: 1,
      execution: Execution(threadCount: 1))
    #expect(report.value("overlap@3", of: "same") == 1)
    #expect(abs(try #require(report.value("diversity@3", of: "same"))) < 1e-6)
    // User 1 may not be shown item 4, the only other label; the others have 3 pairs of 6 without anything in common.
    #expect(abs(try #require(report.value("diversity@5", of: "same")) - 1 / 3) < 1e-6)
    // Three of five items take all places: 1 − 3/5.
    #expect(abs(try #require(report.value("gini@3", of: "same")) - 0.4) < 1e-12)
    // The one user with a training rating knows everything that nobody rated, as it were.
    #expect(report.value("novelty@1", of: "same") == 0)
  }

  @Test func `texts stand in where items have no labels, and without fields there is no diversity`() throws {
    func diversity(_ fields: [(name: String, column: FieldColumn)]) throws -> Double? {
      let entities = Entities(
        users: Vocabulary(["1", "2"]), items: Vocabulary(["1", "2", "3"]),
        itemFields: FieldTable(fields, describedCount: 3))
      let train = Dataset([Row(user: "2", item: "3", value: 5)], entities)
      let test = Dataset([Row(user: "1", item: "3", value: 5)], entities)
      return try evaluate(
        models: [Model("m", ["": [3, 2, 1], "1": [3, 2, 1]], on: train)], on: test,
        request: EvaluationRequest(metrics: [try MetricChoice(parsing: "diversity@2", listLength: 2)]), seed: 1,
        execution: Execution(threadCount: 1)
      ).value("diversity@2", of: "m")
    }
    #expect(try diversity([("title", .text(TextColumn(["red house", "blue boat", "red"])))]) == 1)
    #expect(try diversity([]) == nil)
  }
}

/// The two models of Reference/evaluation.py.
enum JudgedData {
  static func load() throws -> (models: [Model], test: Dataset) {
    let ratings = try ReferenceFile.lines("judged-ratings.tsv")
    let ids = (0..<50).map(String.init)
    let entities = Entities(users: Vocabulary(ids.prefix(40).map { $0 }), items: Vocabulary(ids))
    let scale = Feedback.ratings(RatingScale(occurring: ratings.compactMap { Float($0[2]) }))
    func side(_ name: String) -> Dataset {
      Dataset(
        ratings.filter { $0[3] == name }.map { Row(user: $0[0], item: $0[1], value: Float($0[2]) ?? 0) }, entities,
        feedback: scale)
    }
    let train = side("train")
    let scores = try ReferenceFile.lines("judged-scores.tsv")
    func model(_ name: String, column: Int, predictsRatings: Bool) -> Model {
      var byUser: [String: [Float]] = [:]
      for line in scores { byUser[line[0], default: []].append(Float(line[column]) ?? .nan) }
      return Model(name, byUser, on: train, predictsRatings: predictsRatings)
    }
    return (
      [model("rater", column: 2, predictsRatings: true), model("ranker", column: 3, predictsRatings: false)],
      side("test")
    )
  }

  /// Item i has the labels j of "abcde" with (7i + 3j) % 5 < 2.
  static func withLabels(_ entities: Entities) -> Entities {
    var entities = entities
    let labels = entities.items.indices.map { index -> [String] in
      let item = Int(entities.items[ItemIndex(index)].text) ?? 0
      return "abcde".enumerated().filter { (7 * item + 3 * $0.offset) % 5 < 2 }.map { String($0.element) }
    }
    entities.itemFields = FieldTable([("genres", .categories(CategoryColumn(labels)))], describedCount: labels.count)
    return entities
  }
}
