import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Bayesian matrix factorization: what it recovers from data made by its own model, labels, and its edges.
@Suite struct BPMFTests {
  // MARK: Right

  /// Ratings are 3 + a_u + b_i + p · q + noise of deviation 0.5. Least squares would add the variance of 840 parameters
  /// from 6,400 ratings, √(1 + 0.13) of the deviation; shrunk factors add less. The 1,600 test errors have a standard
  /// error of 0.009, of which three are allowed.
  @Test func `predicts to the noise that the ratings were made with`() throws {
    let made = MadeRatings(users: 200, items: 80)
    let model = try train(made.train, k: 4, epochs: 80)
    var squares = 0.0
    for entry in made.test {
      let rating = model.predict(made.train.history(of: UserIndex(entry.user)), items: [Int32(entry.item)])[0]
      squares += Double((rating - entry.value) * (rating - entry.value))
    }
    let error = (squares / Double(made.test.count)).squareRoot()
    #expect(error > 0.47 && error < 0.56, "\(error)")
  }

  /// The mean precision of a Wishart distribution is degrees · scale; five standard errors of 2,000 draws.
  @Test func `draws the prior's precision from its normal-Wishart posterior`() {
    let (order, stride, count) = (2, 16, 40.0)
    var gram = [Double](repeating: 0, count: stride * stride)
    gram[0] = 90
    gram[1] = 20
    gram[stride + 1] = 50
    var sums = [Double](repeating: 0, count: stride)
    sums[0] = 21
    sums[1] = -10.5
    let rows = FactorPrior.Scatter(count: count, gram: gram, sums: sums)
    var prior = FactorPrior(order: order, stride: stride)
    let draws = 2000
    var precision = [0.0, 0.0, 0.0]
    var mean = [0.0, 0.0]
    for draw in 0..<draws {
      prior.draw(rows, features: [], seed: 5, purpose: CounterRandom.Purpose("prior test"), epoch: UInt64(draw))
      precision[0] += prior.precision[0]
      precision[1] += prior.precision[1]
      precision[2] += prior.precision[stride + 1]
      mean[0] += prior.mean[0]
      mean[1] += prior.mean[1]
      // N Nᵀ Λ = I.
      let covariance = prior.root[0] * prior.root[0] + prior.root[1] * prior.root[1]
      let determinant = prior.precision[0] * prior.precision[stride + 1] - prior.precision[1] * prior.precision[1]
      #expect(abs(covariance * determinant / prior.precision[stride + 1] - 1) < 1e-9)
    }
    // W⁻¹ = I + S + β₀ n / (β₀ + n) m mᵀ with the scatter S about m = (0.525, −0.2625): 1 + 90 − 40²/42 · m₀² and so on.
    let inverse = [91 - 1600 / 42.0 * 0.275625, 20 + 1600 / 42.0 * 0.1378125, 51 - 1600 / 42.0 * 0.06890625]
    let determinant = inverse[0] * inverse[2] - inverse[1] * inverse[1]
    let scale = [inverse[2] / determinant, -inverse[1] / determinant, inverse[0] / determinant]
    let degrees = 42.0
    for (place, (first, second)) in [(0, 0), (0, 2), (2, 2)].enumerated() {
      let variance = degrees * (scale[place] * scale[place] + scale[first] * scale[second])
      #expect(
        abs(precision[place] / Double(draws) - degrees * scale[place]) < 5 * (variance / Double(draws)).squareRoot())
    }
    // The mean is n m / (β₀ + n) on average, its variance about W⁻¹ / (degrees · 42).
    for (place, sum) in [21.0, -10.5].enumerated() {
      let error = (inverse[place * 2] / (degrees - 3) / 42 / Double(draws)).squareRoot()
      #expect(abs(mean[place] / Double(draws) - sum / 42) < 5 * error)
    }
  }

  /// myfm samples one factor at a time and has products within a side, too; .004 covers that and both chains' chance.
  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"), arguments: ["none", "genres"])
  func `has the error of myfm on MovieLens`(features: String) throws {
    let ratings = try ReferenceFile.movieLensRatings().map { row in
      (user: try #require(Int(row[0])), film: try #require(Int(row[1])), value: try #require(Float(row[2])))
    }
    let users = Set(ratings.map(\.user)).sorted()
    let films = Set(ratings.map(\.film)).sorted()
    let userPlaces = Dictionary(uniqueKeysWithValues: zip(users, 0...))
    let filmPlaces = Dictionary(uniqueKeysWithValues: zip(films, 0...))
    let genres = try ReferenceFile.movieLensGenres()
    let fields = [
      (name: "genres", column: FieldColumn.categories(CategoryColumn(films.map { genres[$0] ?? [] })))
    ]
    var (train, test) = ([Entry](), [Entry]())
    for (user, film, value) in ratings {
      let entry = Entry(try #require(userPlaces[user]), try #require(filmPlaces[film]), value)
      if ((user &* 73_856_093) ^ (film &* 19_349_663)) % 5 == 0 { test.append(entry) } else { train.append(entry) }
    }
    let data = Dataset(train, users: users.count, items: films.count, fields: fields, scale: 0.5...5)
    let model = try trainModel(
      named: "bpmf", on: data,
      options: Algorithm.bpmf.options(with: [
        "k": .count(8), "features": .words([features]), "implicit": .flag(false), "epochs": .count(150),
      ]), training: .threads(2)
    ).model.recommender
    var squares = 0.0
    for (user, entries) in Dictionary(grouping: test, by: \.user) {
      let predicted = model.predict(data.history(of: UserIndex(user)), items: entries.map { Int32($0.item) })
      for (rating, entry) in zip(predicted, entries) {
        let error = min(5, max(0.5, rating)) - entry.value
        squares += Double(error * error)
      }
    }
    let expected = try #require(
      ReferenceFile.rows("movielens-bpmf.csv", separator: ",").first { $0[0] == features })
    #expect(Int(expected[1]) == test.count)
    let error = (squares / Double(test.count)).squareRoot()
    #expect(abs(error - (try #require(Double(expected[2])))) < 0.004, "\(error) against \(expected[2])")
  }

  // MARK: Labels

  @Test func `rates what nobody has rated by its labels`() throws {
    // Items 0..<20 are rated; red ones a point and a half above, blue ones below. 20 is red, 21 blue, 22 has no label.
    let labels: [[String]] = (0..<23).map { $0 == 22 ? [] : [$0 % 2 == 0 ? "red" : "blue"] }
    let entries = Self.entries(items: 20, leavingOut: 3) { user, item in
      Float(item % 2 == 0 ? 4.5 : 1.5) + Float((user * 7 + item * 3) % 5 - 2) / 10
    }
    let data = Dataset(
      entries, users: 40, items: 23, fields: [("color", .categories(CategoryColumn(labels)))])
    let model = try train(data, k: 2, epochs: 60)
    let history = data.history(of: UserIndex(3))
    let scores = model.scores(history)
    // Twenty rated items tell how far items of a color differ, to a few tenths.
    #expect(abs(scores[20] - 4.5) < 0.4 && abs(scores[21] - 1.5) < 0.4, "\(scores[20]), \(scores[21])")
    #expect(scores[22] == -.infinity && model.explain(history, item: ItemIndex(22)) == nil)
    #expect(abs(model.predict(history, items: [22])[0] - 3) < 0.4)
    let parts = try #require(model.explain(history, item: ItemIndex(20))).parts
    #expect(parts.contains { $0.reason == .term("red") && $0.value > 0.5 })
  }

  @Test func `knows a user without ratings by labels`() throws {
    let labels = (0..<42).map { [$0 % 2 == 0 ? "kind" : "strict"] }
    let entries = Self.entries(items: 12, leavingOut: 4) { user, item in
      Float(user % 2 == 0 ? 4 : 2) + Float((user * 3 + item * 5) % 5 - 2) / 10
    }
    var data = Dataset(entries, users: 42, items: 12)
    data.entities.userFields = FieldTable([("temper", .categories(CategoryColumn(labels)))])
    let model = try train(data, k: 2, epochs: 60)
    let kind = model.predict(data.history(of: UserIndex(40)), items: [5])[0]
    let strict = model.predict(data.history(of: UserIndex(41)), items: [5])[0]
    #expect(abs(kind - 4) < 0.4 && abs(strict - 2) < 0.4, "\(kind), \(strict)")
    #expect(abs(model.predict(.unknown, items: [5])[0] - 3) < 0.4)
  }

  @Test func `cuts numbers and years into ranges, and takes texts that repeat`() throws {
    let count = 40
    let base = Dataset.chance(users: 12, items: count)
    let titles = (0..<count).map { $0 == 0 ? "No year" : "Film \($0) (\(1960 + $0))" }
    var lengths = [Double](repeating: 90, count: 20) + (20..<count).map { Double(100 + $0) }
    lengths[39] = .nan
    let studios = (0..<count).map { "studio \($0 % 4)" }
    let fields: [(name: String, column: FieldColumn)] = [
      ("title", .text(TextColumn(titles))), ("length", .number(lengths)), ("studio", .text(TextColumn(studios))),
    ]
    let terms = try self.terms(base, fields)
    #expect(terms[0].sorted() == ["length 90", "studio 0"])
    // 39 years in ranges of at least 39 / 16 of them: three for the first.
    #expect(terms[1].sorted() == ["length 90", "studio 1", "year 1961..1963"])
    #expect(terms[39].count == 2 && !terms[39].contains { $0.hasPrefix("length") })
    // Twenty equal numbers are one range, and take the place of those that they fill.
    #expect(Set(terms.joined().filter { $0.hasPrefix("length") }).count <= 10)
  }

  @Test func `reads the fields that it is told, and no others`() throws {
    let data = Dataset.chance(users: 12, items: 20)
    func terms(_ options: [String: OptionValue]) throws -> Set<String> {
      let model = try train(data, k: 2, epochs: 8, options)
      let parts = try #require(model.explain(data.history(of: UserIndex(0)), item: ItemIndex(0))).parts
      return Set(parts.compactMap { if case .term(let name) = $0.reason { name } else { nil } })
    }
    #expect(try terms([:]) == ["Drama", "Romance"])
    #expect(try terms(["features": .words(["none"])]) == [])
    #expect(try terms(["features": .words(["genres"])]) == ["Drama", "Romance"])
    #expect(throws: TrainingError.noField("color", known: ["title", "genres", "year"])) {
      try train(data, k: 2, epochs: 8, ["features": .words(["color"])])
    }
  }

  // MARK: The chain

  @Test func `keeps the samples asked for, and at most one for each epoch that counts`() throws {
    let data = Dataset.chance(users: 12, items: 20)
    func samples(_ options: [String: OptionValue]) throws -> OptionValue? {
      try train(data, k: 2, epochs: 12, options).facts.first { $0.name == "samples" }?.value
    }
    #expect(try samples([:]) == .count(9))
    #expect(try samples(["samples": .count(4)]) == .count(4))
    #expect(try samples(["burnin": .count(11)]) == .count(1))
    #expect(throws: TrainingError.self) { try train(data, k: 2, epochs: 12, ["burnin": .count(12)]) }
  }

  @Test(arguments: [2, 9])
  func `keeps what there is when it is interrupted`(epoch: Int) throws {
    let data = Dataset.chance(users: 12, items: 20)
    let cancellation = Cancellation()
    let execution = Execution(workers: Workers(threadCount: 2), cancellation: cancellation) { progress in
      if (progress.fraction ?? 0) * 12 >= Double(epoch) - 0.01 { cancellation.cancel() }
    }
    let trained = try trainModel(
      named: "bpmf", on: data, options: Algorithm.bpmf.options(with: ["epochs": .count(12), "k": .count(2)]),
      training: Training(seed: 1, execution: execution))
    let curve = try #require(trained.model.curve)
    #expect(curve.isPartial && curve.points.count == epoch && curve.lossName == "rmse")
    #expect(trained.model.recommender.scores(data.history(of: UserIndex(0))).allSatisfy { $0.isFinite })
  }

  @Test func `fits the training ratings better from epoch to epoch`() throws {
    let made = MadeRatings(users: 60, items: 40)
    let curve = try #require(
      trainModel(
        named: "bpmf", on: made.train, options: Algorithm.bpmf.options(with: ["epochs": .count(40), "k": .count(4)]),
        training: .threads(1)
      ).model.curve)
    let losses = curve.points.compactMap(\.loss)
    #expect(losses.count == 40 && losses[39] < losses[0] && losses[39] < 0.5)
  }

  @Test func `draws other samples for another seed`() throws {
    let data = Dataset.chance(users: 12, items: 20)
    let history = data.history(of: UserIndex(0))
    let first = try train(data, k: 2, epochs: 8, ["seed": .count(1)]).bits(history)
    #expect(try train(data, k: 2, epochs: 8, ["seed": .count(1)]).bits(history) == first)
    #expect(try train(data, k: 2, epochs: 8, ["seed": .count(2)]).bits(history) != first)
  }

  // MARK: Parts of the tests

  /// Ratings of 40 users, all but one item in so many.
  private static func entries(items: Int, leavingOut share: Int, _ rating: (Int, Int) -> Float) -> [Entry] {
    var entries: [Entry] = []
    for user in 0..<40 {
      for item in 0..<items where (user + item) % share > 0 { entries.append(Entry(user, item, rating(user, item))) }
    }
    return entries
  }

  @discardableResult
  private func train(
    _ data: Dataset, k: Int, epochs: Int, _ options: [String: OptionValue] = [:]
  ) throws -> any Recommender {
    let given = options.merging(["k": .count(k), "epochs": .count(epochs)]) { given, _ in given }
    return try trainModel(
      named: "bpmf", on: data, options: Algorithm.bpmf.options(with: given), training: .threads(2)
    ).model.recommender
  }

  /// The labels in the reasons of each item, where the items have these fields.
  private func terms(_ data: Dataset, _ fields: [(name: String, column: FieldColumn)]) throws -> [[String]] {
    var data = data
    data.entities.itemFields = FieldTable(fields)
    let model = try train(data, k: 2, epochs: 4)
    return try (0..<model.itemCount).map { item in
      try #require(model.explain(.unknown, item: ItemIndex(item))).parts.compactMap {
        if case .term(let name) = $0.reason { name } else { nil }
      }
    }
  }
}

/// Ratings made by the model itself: biases and two factors of deviation 0.5 and 0.8, noise of 0.5.
private struct MadeRatings {
  let train: Dataset
  let test: [Entry]

  init(users: Int, items: Int) {
    func normal(_ name: String, _ i: Int, _ j: Int = 0) -> Float {
      Float(CounterRandom.normal(seed: 9, purpose: CounterRandom.Purpose("made \(name)"), UInt64(i), UInt64(j)))
    }
    var (train, test) = ([Entry](), [Entry]())
    for user in 0..<users {
      for item in 0..<items {
        let place = CounterRandom.random(
          seed: 9, purpose: CounterRandom.Purpose("made place"), UInt64(user), UInt64(item))
        guard place % 10 < 5 else { continue }
        var value = 3 + 0.5 * normal("a", user) + 0.5 * normal("b", item) + 0.5 * normal("noise", user, item)
        for factor in 0..<2 { value += 0.64 * normal("p", user, factor) * normal("q", item, factor) }
        let entry = Entry(user, item, value)
        if place % 10 < 4 { train.append(entry) } else { test.append(entry) }
      }
    }
    self.train = Dataset(train, users: users, items: items, scale: -10...10)
    self.test = test
  }
}
