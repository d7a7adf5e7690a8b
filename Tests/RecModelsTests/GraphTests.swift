import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Graph filtering and random walks against NumPy and SciPy; the script is in `Reference`.
@Suite struct GraphTests {
  @Test func `scores as the papers' formulas do on generated ratings`() throws {
    let ratings = try ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst()
    try expectScores("small", ratings.map { ($0[0], $0[1], try #require(Float($0[2]))) })
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `scores as the papers' formulas do on MovieLens`() throws {
    let ratings = try ReferenceFile.movieLensRatings()
    try expectScores("movielens", ratings.map { (String($0[0]), String($0[1]), try #require(Float($0[2]))) })
  }

  @Test(arguments: ["filter", "walk"])
  func `leads to what is liked by those who are alike`(method: String) throws {
    let data = Ranked.tastes(users: 400, items: 300)
    let graph = try data.ndcg("graph", ["method": .word(method), "k": .count(8)])
    #expect(try graph > 1.3 * data.ndcg("popular", [:]))
  }

  @Test func `walks from an item lead to its best followers alone`() throws {
    // Item 0 is met with item 1 by three users, with item 2 by two, with item 3 by one.
    let pairs = [(0, [0, 1]), (1, [0, 1, 2]), (2, [0, 1, 2, 3])]
    let data = Dataset(pairs.flatMap { user, items in items.map { Entry(user, $0, 5) } }, users: 3, items: 4)
    func scores(neighbors: Int) throws -> [Float] {
      let options = Algorithm.graph.options(
        with: ["method": .word("walk"), "beta": .number(0), "neighbors": .count(neighbors)])
      return try trainModel(named: "graph", on: data, options: options, training: .threads(1)).model.recommender
        .scores(History(user: nil, items: [0], values: [5]))
    }
    // 1/3 (1/2 + 1/3 + 1/4), 1/3 (1/3 + 1/4), 1/3 · 1/4; against the chance of 1/4.
    let all = try scores(neighbors: 9)
    for (score, expected) in zip(all, [0, 13.0 / 9, 7.0 / 9, 1.0 / 3]) {
      #expect(abs(Double(score) - expected) < 1e-7)
    }
    #expect(try scores(neighbors: 1) == [0, all[1], 0, 0])
  }

  private func expectScores(_ name: String, _ ratings: [(user: String, item: String, value: Float)]) throws {
    let users = Vocabulary<User>(ratings.map(\.user))
    let items = Vocabulary<Item>(ratings.map(\.item))
    func user(_ id: String) throws -> UserIndex { try #require(users.index(of: ID(id))) }
    func item(_ id: String) throws -> ItemIndex { try #require(items.index(of: ID(id))) }
    let data = Dataset(
      try ratings.map { Entry(try user($0.user).raw, try item($0.item).raw, $0.value) }, users: users.count,
      items: items.count, scale: 0.5...5)
    let rows = try ReferenceFile.rows("graph-scores.csv", separator: ",").filter { $0[0] == name }
    for (options, rows) in Dictionary(grouping: rows, by: { $0[1] }) {
      var given: [String: OptionValue] = ["tolerance": .number(1e-12)]
      for option in options.split(separator: " ") {
        let parts = option.split(separator: "=").map(String.init)
        given[parts[0]] =
          Int(parts[1]).map { ["k", "neighbors"].contains(parts[0]) ? .count($0) : .number(Double($0)) }
          ?? Double(parts[1]).map { .number($0) } ?? .word(parts[1])
      }
      let model = try trainModel(
        named: "graph", on: data, options: Algorithm.graph.options(with: given), training: .threads(2)
      ).model.recommender
      for (id, rows) in Dictionary(grouping: rows, by: { $0[2] }) {
        let scores = model.scores(data.history(of: try user(id)))
        for row in rows {
          // A walk's score is told against chance.
          let scale =
            Double(items.count)
            * RealFunctions.pow(Double(ratings.count) / Double(items.count), given["beta"]?.asNumber ?? 0)
          let expected = try #require(Double(row[4])) * (given["method"] == .word("walk") ? scale : 1)
          let score = Double(scores[try item(row[3]).raw])
          #expect(abs(score - expected) < 1e-5 * max(1, abs(expected)), "\(options) user \(id) item \(row[3])")
        }
      }
    }
  }
}

extension OptionValue {
  fileprivate var asNumber: Double? { if case .number(let value) = self { value } else { nil } }
}
