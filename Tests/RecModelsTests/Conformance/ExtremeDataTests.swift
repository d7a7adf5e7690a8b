import RecAlgebra
import RecData
import RecModels
import Testing

/// Data at the edges: every model is trained on it and answers.
@Suite struct ExtremeDataTests {
  /// A dataset with its name.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let data: Dataset
    init(_ name: String, _ data: Dataset) {
      testDescription = name
      self.data = data
    }
  }

  static let cases: [Case] = [
    Case("one rating", Dataset([Entry(0, 0, 3)], users: 1, items: 1, fields: Dataset.content(1))),
    Case(
      "one user", Dataset((0..<5).map { Entry(0, $0, Float($0)) }, users: 1, items: 6, fields: Dataset.content(6))),
    Case(
      "one item", Dataset((0..<5).map { Entry($0, 0, Float($0)) }, users: 6, items: 1, fields: Dataset.content(1))),
    Case("constant ratings", constant(3)),
    Case("ratings that are all zero", constant(0)),
    Case("negative ratings", constant(-4)),
    Case("events", Dataset.checkerboard(8, events: true)),
    Case("a user with every item, and one with none", allOrNothing),
    Case("users and items that are alike", alike),
    Case("a scale from 0 to 100", Dataset.chance(users: 20, items: 15, scale: 0...100)),
    Case("a scale from -10 to 10", Dataset.chance(users: 20, items: 15, scale: -10...10)),
    Case("a hundredth apart", Dataset.chance(users: 20, items: 15, scale: 3...3.01)),
  ]

  @Test(arguments: Subject.all, cases)
  func `answers everybody with finite scores`(subject: Subject, edge: Case) throws {
    let data = edge.data
    let model = try subject.train(data, .threads(2)).model.recommender
    var isRated = [Bool](repeating: false, count: model.itemCount)
    for item in data.interactions.columns { isRated[Int(item)] = true }
    #expect(model.itemCount == data.entities.items.count)
    let everything = History(
      user: nil, items: (0..<model.itemCount).map { Int32($0) }, values: (0..<model.itemCount).map { Float($0 % 5) })
    let histories = data.entities.users.indices.map { data.history(of: UserIndex($0)) }
    for history in histories + [.unknown, everything] {
      let scores = model.scores(history)
      for item in scores.indices {
        #expect(scores[item].isFinite || (scores[item] == -.infinity && !isRated[item]))
        #expect((model.explain(history, item: ItemIndex(item)) == nil) == (scores[item] == -.infinity))
      }
      if model.predictsRatings {
        let ratings = model.predict(history, items: everything.items)
        #expect(ratings.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test(arguments: AlgorithmCatalog.all.filter { $0.options.contains { $0.name == "k" } }.map(\.name))
  func `takes a k above the rank of the data`(algorithm: String) throws {
    let entry = try #require(AlgorithmCatalog[algorithm])
    let options = entry.options(with: ["k": .count(60)])
    for data in [Dataset.chance(users: 7, items: 4), Self.alike] {
      let one = try trainModel(named: algorithm, on: data, options: options, training: .threads(1)).model.recommender
      let more = try trainModel(named: algorithm, on: data, options: options, training: .threads(7)).model.recommender
      for history in [.unknown] + data.entities.users.indices.map({ data.history(of: UserIndex($0)) }) {
        #expect(one.scores(history).allSatisfy { !$0.isNaN && $0 < .infinity })
        #expect(one.bits(history) == more.bits(history))
      }
    }
  }

  @Test func `lowers k to the rank of the data, and says so`() throws {
    let data = Dataset.chance(users: 7, items: 4)
    let trained = try trainModel(named: "svd", on: data, training: .threads(1))
    #expect(trained.warnings == [.factorsLowered(asked: 50, rank: 4)])
    #expect(trained.model.recommender.singularValues?.count == 4)
  }

  @Test func `finds no factors in ratings that are all the same`() throws {
    let trained = try trainModel(named: "svd", on: Self.constant(3), training: .threads(1))
    #expect(trained.warnings == [.factorsLowered(asked: 50, rank: 0)])
    #expect(trained.model.recommender.predict(Self.constant(3).history(of: UserIndex(0)), items: [0]) == [3])
  }

  /// Those that content or chance answers for are no part of it.
  @Test(arguments: AlgorithmCatalog.all.filter { $0.needs == .interactions && $0.name != "random" }.map(\.name))
  func `refuses data without interactions`(algorithm: String) {
    let empty = Dataset([], users: 2, items: 2)
    #expect(throws: TrainingError.noInteractions) {
      try trainModel(named: algorithm, on: empty, training: .threads(1))
    }
  }

  @Test(arguments: ["popular", "baseline", "svd", "bpr"])
  func `cannot rank an item that nobody rated`(algorithm: String) throws {
    let data = Dataset([Entry(0, 0, 4), Entry(1, 0, 2), Entry(1, 2, 5)], users: 2, items: 3)
    let model = try trainModel(named: algorithm, on: data, training: .threads(1)).model.recommender
    #expect(model.scores(data.history(of: UserIndex(0)))[1] == -.infinity)
    #expect(model.explain(.unknown, item: ItemIndex(1)) == nil)
  }

  private static func constant(_ value: Float) -> Dataset {
    let entries = (0..<6).flatMap { user in (0..<5).filter { (user + $0) % 3 > 0 }.map { Entry(user, $0, value) } }
    return Dataset(entries, users: 6, items: 5, fields: Dataset.content(5))
  }

  /// Everybody rates the same items alike; of the items, two are rated alike.
  private static var alike: Dataset {
    let entries = (0..<6).flatMap { user in (0..<5).map { Entry(user, $0, Float(max(1, $0))) } }
    return Dataset(entries, users: 6, items: 5, fields: Dataset.content(5))
  }

  private static var allOrNothing: Dataset {
    let entries = (0..<5).map { Entry(0, $0, Float($0 + 1)) } + [Entry(2, 1, 4)]
    return Dataset(entries, users: 3, items: 5, fields: Dataset.content(5))
  }
}
