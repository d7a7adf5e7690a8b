import RecData
import RecModels
import Testing

@Suite struct SlopeOneTests {
  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"), arguments: [false, true])
  func `predicts as Surprise and the paper do on MovieLens`(isWeighted: Bool) throws {
    let data = try Dataset.movieLens { place, _ in !place.isMultiple(of: 10) }
    let model = try train(data, ["weighted": .flag(isWeighted)])
    let rows = try ReferenceFile.rows("movielens-slopeone.csv", separator: ",")
      .filter { $0[0] == (isWeighted ? "on" : "off") }
    for row in rows {
      let history = data.history(of: try #require(data.entities.users.index(of: ID(row[1]))))
      let item = try #require(data.entities.items.index(of: ID(row[2])))
      let prediction = model.predict(history, items: [Int32(item.raw)])[0]
      #expect(abs(Double(prediction) - (try #require(Double(row[3])))) < 1e-5)
    }
    #expect(rows.count > 200)
  }

  @Test func `gives the numbers of the paper's example`() throws {
    // One user rated items I and J 1 and 1.5, another I 2: J is 2 + (1.5 − 1) = 2.5 for that one (figure 1).
    let data = Dataset([Entry(0, 0, 1), Entry(0, 1, 1.5), Entry(1, 0, 2)], users: 2, items: 2)
    for weighted in [true, false] {
      let model = try train(data, ["weighted": .flag(weighted)])
      #expect(model.predict(data.history(of: UserIndex(1)), items: [1]) == [2.5])
    }
  }

  @Test(arguments: [true, false], [1, 2]) func `predicts one item as it does many`(isWeighted: Bool, support: Int)
    throws
  {
    let data = Dataset.chance(users: 100, items: 33)
    let model = try train(data, ["weighted": .flag(isWeighted), "support": .count(support)])
    for user in [0, 50, 99] {
      let history = data.history(of: UserIndex(user))
      let ratings = model.predict(history, items: (0..<33).map { Int32($0) })
      for item in 0..<33 {
        #expect(model.predict(history, items: [Int32(item)])[0].bitPattern == ratings[item].bitPattern)
      }
    }
  }

  private func train(_ data: Dataset, _ options: [String: OptionValue]) throws -> any Recommender {
    try trainModel(
      named: "slopeone", on: data, options: Algorithm.slopeone.options(with: options), training: .threads(2)
    )
    .model.recommender
  }
}
