import RecAlgebra
import RecData
import RecModels
import Testing

/// Nearest neighbours against Surprise and implicit; the script is `Reference/knn.py`.
@Suite struct KNNReferenceTests {
  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `predicts as Surprise does on MovieLens`() throws {
    let data = try Dataset.movieLens { place, _ in !place.isMultiple(of: 10) }
    let cases = try references().filter { $0.options.contains("=") }
    for (options, rows) in Dictionary(grouping: cases, by: \.options) {
      let model = try train(options + " keep=10000", on: data)
      var differences: [Double] = []
      for row in rows {
        let prediction = model.predict(data.history(of: try user(row.user, data)), items: [try item(row.item, data)])
        differences.append(abs(Double(prediction[0]) - row.value))
      }
      #expect((differences.max() ?? 1) < 1e-5, "\(options), \(differences.count) predictions")
    }
  }

  @Test(
    .enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"), arguments: ["cosine", "tfidf", "bm25"])
  func `finds the neighbours and gives the scores that implicit does`(similarity: String) throws {
    // Only the items with 20 ratings or more; BM25 and TF-IDF count items, so that the others must not be there.
    let data = try Dataset.movieLens { _, count in count >= 20 }.withoutUnratedItems()
    let model = try train("similarity=\(similarity) nearest=rated k=20 keep=20", on: data)
    var rows = 0
    for row in try references() where row.options.hasSuffix(" \(similarity)") && !row.options.contains("=") {
      let item = Int(try self.item(row.item, data))
      if row.options == "row \(similarity)" {
        let own = try self.item(try #require(Int(row.user)), data)
        let similarities = try #require(model.similarities(to: ItemIndex(own)))
        if similarity == "bm25" {
          // Shown as cosines; the kept products are what a user with this one item gets.
          let scores = model.scores(History(user: nil, items: [own], values: [1]))
          #expect(abs(Double(scores[item]) / row.value - 1) < 1e-5)
        } else {
          #expect(abs(Double(similarities[item]) - row.value) < 1e-5)
        }
        rows += 1
      } else if row.options == "score \(similarity)" {
        let scores = model.scores(data.history(of: try user(row.user, data)))
        #expect(abs(Double(scores[item]) / row.value - 1) < 1e-5)
        rows += 1
      }
    }
    #expect(rows == 210)
  }

  private func train(_ text: String, on data: Dataset) throws -> any Recommender {
    var given: [String: OptionValue] = [:]
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "=").map(String.init)
      let spec = try #require(Algorithm.knn.options.first { $0.name == parts[0] })
      given[parts[0]] =
        switch spec.slot {
        case .count: .count(try #require(Int(parts[1])))
        case .number: .number(try #require(Double(parts[1])))
        default: .word(parts[1])
        }
    }
    return try trainModel(named: "knn", on: data, options: Algorithm.knn.options(with: given), training: .threads(2))
      .model.recommender
  }

  private func references() throws -> [(options: String, user: String, item: Int, value: Double)] {
    try ReferenceFile.rows("movielens-knn.csv", separator: ",").dropFirst().map { row in
      (row[0], row[1], try #require(Int(row[2])), try #require(Double(row[3])))
    }
  }

  private func user(_ id: String, _ data: Dataset) throws -> UserIndex {
    try #require(data.entities.users.index(of: ID(id)))
  }

  private func item(_ id: Int, _ data: Dataset) throws -> Int32 {
    Int32(try #require(data.entities.items.index(of: ID(String(id)))).raw)
  }
}

extension Dataset {
  /// The same ratings without the items that have none.
  fileprivate func withoutUnratedItems() throws -> Dataset {
    let rated = Set(interactions.columns).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(rated, 0...))
    let entries = entities.users.indices.flatMap { user in
      interactions.row(user).map { Entry(user, places[interactions.columns[$0]] ?? 0, interactions.values[$0]) }
    }
    var data = Dataset(entries, users: entities.users.count, items: rated.count, scale: 0.5...5)
    data.entities = Entities(
      users: entities.users,
      items: Vocabulary(sorted: .numbers(try rated.map { try #require(Int64(entities.items[ItemIndex($0)].text)) })),
      itemFields: FieldTable([]))
    return data
  }
}
