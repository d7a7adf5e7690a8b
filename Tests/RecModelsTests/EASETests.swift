import RecAlgebra
import RecData
import RecModels
import Testing

@Suite struct EASETests {
  @Test(
    .enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"),
    arguments: [("binary", 200.0), ("ratings", 150)])
  func `gives the weights and scores that NumPy does on MovieLens`(values: String, reg: Double) throws {
    let data = try Dataset.movieLens { place, _ in !place.isMultiple(of: 10) }
    let model = try train(data, ["values": .word(values), "reg": .number(reg)])
    func item(_ id: String) throws -> ItemIndex { try #require(data.entities.items.index(of: ID(id))) }
    let rows = try ReferenceFile.rows("movielens-ease.csv", separator: ",").dropFirst()
    var checked = 0
    for row in rows where row[0].hasSuffix(" \(values)") {
      let expected = try #require(Double(row[3]))
      let target = try item(row[2]).raw
      let history =
        row[0].hasPrefix("weight")
        ? History(user: nil, items: [Int32(try item(row[1]).raw)], values: [1])
        : data.history(of: try #require(data.entities.users.index(of: ID(row[1]))))
      var score = Double(model.scores(history)[target])
      if row[0].hasPrefix("weight") {
        // An item that nobody rated has weights of zero and no score.
        if score == -.infinity { score = 0 }
        // A history of one rating of 1 counts what ratings count.
        if values == "ratings" { score *= Self.rootMeanSquare(data) }
      }
      #expect(abs(score - expected) < 1e-5 * max(1, abs(expected)))
      checked += 1
    }
    #expect(checked == 203)
  }

  @Test func `gives in blocks that hold every item what the whole inverse gives`() throws {
    let data = Dataset.chance(users: 60, items: 30)
    let dense = try train(data, ["reg": .number(20)])
    let blocks = try train(data, ["reg": .number(20), "dense": .count(1), "block": .count(29)])
    for user in 0..<60 {
      let history = data.history(of: UserIndex(user))
      for (a, b) in zip(dense.scores(history), blocks.scores(history)) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `recommends in blocks nearly what the whole inverse does`() throws {
    let data = try Dataset.movieLens { place, count in !place.isMultiple(of: 10) && count >= 10 }
    let dense = try train(data, [:])
    let blocks = try train(data, ["dense": .count(1), "block": .count(300)])
    var common = 0
    for user in 0..<100 {
      let history = data.history(of: UserIndex(user))
      let lists = [dense, blocks].map { model in
        let scores = model.scores(history)
        let open = scores.indices.filter { !history.items.contains(Int32($0)) }
        return Set(open.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(10))
      }
      common += lists[0].intersection(lists[1]).count
    }
    // Two lists of ten by chance from these 2,000 items share one item in twenty users.
    #expect(common > 700)
  }

  @Test func `refuses a penalty that leaves nothing to invert`() throws {
    // Two items that are rated alike: their sums of squares drown the penalty.
    let data = Dataset((0..<50).flatMap { [Entry($0, 0, 1), Entry($0, 1, 1)] }, users: 50, items: 2)
    #expect(throws: TrainingError.self) { try train(data, ["reg": .number(1e-6)]) }
  }

  private static func rootMeanSquare(_ data: Dataset) -> Double {
    let values = data.interactions.values
    return (values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
  }

  private func train(_ data: Dataset, _ options: [String: OptionValue]) throws -> any Recommender {
    try trainModel(named: "ease", on: data, options: Algorithm.ease.options(with: options), training: .threads(2)).model
      .recommender
  }
}
