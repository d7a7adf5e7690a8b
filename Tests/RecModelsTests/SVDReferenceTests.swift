import RecData
import RecModels
import Testing

/// Predictions against NumPy and SciPy; the scripts are in `Reference`.
@Suite struct SVDReferenceTests {
  @Test func `gives the numbers of the guide's example`() throws {
    let matrix: [[Float]] = [[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [0, 0, 0, 4]]
    let entries = (0..<4).flatMap { user in
      (0..<4).filter { matrix[user][$0] != 0 }.map { Entry(user, $0, matrix[user][$0]) }
    }
    // Item 3 of the guide has no rating; nothing can be predicted of it but its user's fallback.
    let data = Dataset(entries, users: 4, items: 4)
    let model = try svd(data, k: 2, center: "none")
    for row in try rows("guide-svd.csv") where row.item != 3 || row.user == nil {
      guard let user = row.user else {
        #expect(abs((model.singularValues ?? [])[row.item - 1] - row.value) < 1e-6)
        continue
      }
      let history = data.history(of: UserIndex(user - 1))
      // Float factors: 24 bits of numbers up to 5.
      #expect(abs(Double(model.predict(history, items: [Int32(row.item - 1)])[0]) - row.value) < 2e-6)
    }
  }

  @Test(arguments: ["bias", "user", "item", "none"])
  func `predicts as SciPy does on generated ratings`(center: String) throws {
    let data = try Dataset(
      ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { row in
        Entry(try #require(Int(row[0])) - 1, try #require(Int(row[1])) - 1, try #require(Float(row[2])))
      }, users: 40, items: 30)
    let model = try svd(data, k: 6, center: center)
    for row in try rows("small-svd.csv") where row.kind == center {
      guard let user = row.user else {
        #expect(abs((model.singularValues ?? [])[row.item - 1] - row.value) < 2e-6)
        continue
      }
      let rating = model.predict(data.history(of: UserIndex(user - 1)), items: [Int32(row.item - 1)])[0]
      #expect(abs(Double(rating) - row.value) < 5e-6)
    }
  }

  @Test(
    arguments: ["mean", "median", "most-frequent", "constant", "user-mean", "item-mean"],
    ["bias", "user", "item", "none"])
  func `decomposes the imputed matrix as NumPy decomposes the dense one`(by: String, center: String) throws {
    var data = try Dataset(
      ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { row in
        Entry(try #require(Int(row[0])) - 1, try #require(Int(row[1])) - 1, try #require(Float(row[2])))
      }, users: 40, items: 30)
    let source = try #require(MatrixImputation.Source(rawValue: by))
    data.preparation.imputation = MatrixImputation(source, constant: source == .constant ? 2.25 : 0)
    let model = try svd(data, k: 6, center: center)
    var compared = 0
    for row in try ReferenceFile.rows("small-imputed-svd.csv", separator: ",") where row[0] == by && row[1] == center {
      let expected = try #require(Double(row[4]))
      let place = try #require(Int32(row[3])) - 1
      compared += 1
      guard let user = Int(row[2]) else {
        #expect(abs((model.singularValues ?? [])[Int(place)] - expected) < 1e-5)
        continue
      }
      let history = data.history(of: UserIndex(user - 1))
      // Float factors, and a folded user is the row times V.
      #expect(abs(Double(model.predict(history, items: [place])[0]) - expected) < 1e-5)
    }
    #expect(compared == 54)
  }

  @Test(arguments: [0.25, 0.5, 1.5])
  func `weighs popular items as EigenRec does`(popularity: Double) throws {
    let data = try Dataset(
      ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { row in
        Entry(try #require(Int(row[0])) - 1, try #require(Int(row[1])) - 1, try #require(Float(row[2])))
      }, users: 40, items: 30)
    let options = Algorithm.svd.options(with: [
      "k": .count(6), "center": .word("none"), "popularity": .number(popularity), "tolerance": .number(1e-9),
    ])
    let model = try trainModel(named: "svd", on: data, options: options, training: .threads(1)).model.recommender
    for row in try rows("small-eigenrec.csv") where row.kind == "\(popularity)" {
      guard let user = row.user else {
        #expect(abs((model.singularValues ?? [])[row.item - 1] / row.value - 1) < 1e-6)
        continue
      }
      let rating = model.predict(data.history(of: UserIndex(user - 1)), items: [Int32(row.item - 1)])[0]
      #expect(abs(Double(rating) - row.value) < 1e-5)
    }
  }

  @Test func `estimates biases as NumPy does`() throws {
    let data = try Dataset(
      ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { row in
        Entry(try #require(Int(row[0])) - 1, try #require(Int(row[1])) - 1, try #require(Float(row[2])))
      }, users: 40, items: 30)
    let model = try trainModel(named: "baseline", on: data, training: .threads(1)).model.recommender
    for row in try rows("small-svd.csv") where row.kind == "baseline" {
      let rating = model.predict(data.history(of: UserIndex(try #require(row.user) - 1)), items: [Int32(row.item - 1)])[
        0]
      #expect(abs(Double(rating) - row.value) < 1e-6)
    }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `predicts as SciPy does on MovieLens`() throws {
    let ratings = try ReferenceFile.movieLensRatings()
    let users = Vocabulary<User>(ratings.map { String($0[0]) })
    let items = Vocabulary<Item>(ratings.map { String($0[1]) })
    let data = Dataset(
      try ratings.map { row in
        Entry(
          try #require(users.index(of: ID(String(row[0])))).raw, try #require(items.index(of: ID(String(row[1])))).raw,
          try #require(Float(row[2])))
      }, users: users.count, items: items.count, scale: 0.5...5)
    let svd = try svd(data, k: 20, center: "bias")
    let baseline = try trainModel(named: "baseline", on: data, training: .threads(1)).model.recommender
    for row in try rows("movielens-svd.csv") {
      guard let user = row.user else {
        #expect(abs((svd.singularValues ?? [])[row.item - 1] / row.value - 1) < 1e-6)
        continue
      }
      let model = row.kind == "baseline" ? baseline : svd
      let history = data.history(of: try #require(users.index(of: ID(String(user)))))
      let item = try #require(items.index(of: ID(String(row.item))))
      let rating = model.predict(history, items: [Int32(item.raw)])[0]
      // The singular vectors are found to 1e-6 of the spectrum's gaps.
      #expect(abs(Double(rating) - row.value) < (row.kind == "baseline" ? 1e-6 : 2e-4))
    }
  }

  private func svd(_ data: Dataset, k: Int, center: String) throws -> any Recommender {
    let options = Algorithm.svd.options(with: ["k": .count(k), "center": .word(center), "tolerance": .number(1e-9)])
    return try trainModel(named: "svd", on: data, options: options, training: .threads(1)).model.recommender
  }

  /// A line of a file of values: a prediction, or (without a user) the singular value with the item's number.
  private func rows(_ name: String) throws -> [(kind: String, user: Int?, item: Int, value: Double)] {
    try ReferenceFile.rows(name, separator: ",").dropFirst().map { row in
      (row[0], Int(row[1]), try #require(Int(row[2])), try #require(Double(row[3])))
    }
  }
}
