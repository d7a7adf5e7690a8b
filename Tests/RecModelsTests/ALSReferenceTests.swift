import RecAlgebra
import RecData
import RecModels
import Testing

/// Objectives and predictions against implicit, LensKit and NumPy from the same factors; the script is `Reference/als.py`.
@Suite struct ALSReferenceTests {
  /// What the script calls a kind, how it is trained here, and how far predictions may be apart.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let isImplicit: Bool
    let solver: ALS.Configuration.Solver
    let predictions: Double
    let objective: Double
  }

  static let cases = [
    // Both in Float; three steps leave the factors room to differ where the objective hardly does.
    Case(testDescription: "implicit-cg", isImplicit: true, solver: .gradients, predictions: 5e-3, objective: 1e-3),
    Case(testDescription: "implicit-cholesky", isImplicit: true, solver: .exact, predictions: 1e-3, objective: 1e-5),
    Case(testDescription: "lenskit", isImplicit: false, solver: .exact, predictions: 1e-3, objective: 0),
  ]

  @Test(arguments: cases) func `agrees with the peer on generated ratings`(peer: Case) throws {
    try compare(peer, Self.small(), rows("als-small.csv"), factors: 6) {
      Int($0).map { $0 - 1 }
    } item: {
      Int($0).map { $0 - 1 }
    }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"), arguments: cases)
  func `agrees with the peer on MovieLens`(peer: Case) throws {
    let (train, _) = try Self.movieLens()
    let entities = train.entities
    try compare(peer, train, rows("als-movielens.csv"), factors: 20) {
      entities.users.index(of: UserID($0))?.raw
    } item: {
      entities.items.index(of: ItemID($0))?.raw
    }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `has LensKit's error on held-out ratings with its defaults`() throws {
    let (train, held) = try Self.movieLens()
    let expected = try #require(rows("als-movielens.csv").first { $0.kind == "lenskit-rmse" }).value
    var configuration = ALS.Configuration()
    configuration.regularization = 0.1
    var errors: [Double] = []
    for seed in 0..<3 as Range<UInt64> {
      configuration.seed = seed
      let model = try ALS.train(train, configuration, .threads(2)).recommender
      var (squares, count) = (0.0, 0.0)
      for user in 0..<held.interactions.rowCount {
        let own = held.history(of: UserIndex(user))
        let scores = model.scores(train.history(of: UserIndex(user)))
        for (item, value) in zip(own.items, own.values) where scores[Int(item)].isFinite {
          squares += Double(scores[Int(item)] - value) * Double(scores[Int(item)] - value)
          count += 1
        }
      }
      errors.append((squares / count).squareRoot())
    }
    let mean = errors.reduce(0, +) / Double(errors.count)
    #expect(abs(mean - expected) < 0.002, "\(errors)")
  }

  @Test(arguments: [false, true])
  func `solves items first and weights as Spark does`(isImplicit: Bool) throws {
    let data = try isImplicit ? Self.small(less: 2) : Self.small()
    var configuration = ALS.Configuration()
    configuration.factors = 5
    configuration.epochs = 4
    configuration.isImplicit = isImplicit
    configuration.regularization = 0.05
    configuration.countsRatings = true
    configuration.alpha = 3
    configuration.centering = .none
    configuration.solver = .exact
    configuration.beginsWithItems = true
    configuration.start = ALSFactors(users: start(40, 5), items: DenseMatrix(rowCount: 30, columnCount: 5))
    let model = try ALS.train(data, configuration, .threads(1)).recommender
    for row in try rows("als-small.csv") where row.kind == (isImplicit ? "spark-implicit" : "spark-explicit") {
      let user = try #require(Int(row.user)) - 1
      let item = try #require(Int(row.item)) - 1
      // Float here, Double there, over four epochs.
      #expect(abs(Double(model.scores(data.history(of: UserIndex(user)))[item]) - row.value) < 1e-4)
    }
  }

  // MARK: What both sides do

  private func compare(
    _ peer: Case, _ data: Dataset, _ rows: [(kind: String, user: String, item: String, value: Double)], factors: Int,
    user: (String) -> Int?, item: (String) -> Int?
  ) throws {
    var configuration = ALS.Configuration()
    configuration.factors = factors
    configuration.epochs = 6
    configuration.isImplicit = peer.isImplicit
    configuration.regularization = 0.1
    configuration.alpha = 2
    configuration.solver = peer.solver
    let scale: Float = peer.isImplicit ? 0.01 : 1
    // LensKit knows no items without ratings.
    var known = [Bool](repeating: peer.isImplicit, count: data.interactions.columnCount)
    for column in data.interactions.columns { known[Int(column)] = true }
    configuration.start = ALSFactors(
      users: start(data.interactions.rowCount, factors, scale: scale),
      items: start(known.count, factors, scale: scale, known: known))
    let trained = try ALS.train(data, configuration, .threads(1))
    var compared = 0
    for row in rows where row.kind == peer.testDescription {
      guard let user = user(row.user), let item = item(row.item) else {
        let objective = try #require(trained.curve?.points.last?.loss)
        #expect(abs(objective / row.value - 1) < peer.objective)
        continue
      }
      let score = trained.recommender.scores(data.history(of: UserIndex(user)))[item]
      #expect(abs(Double(score) - row.value) < peer.predictions, "user \(row.user), item \(row.item)")
      compared += 1
    }
    #expect(compared > 50)
  }

  /// The factors to start from that the script computes, too; rows count those that are known.
  private func start(_ rows: Int, _ factors: Int, scale: Float = 1, known: [Bool]? = nil) -> DenseMatrix {
    var matrix = DenseMatrix(rowCount: rows, columnCount: factors)
    var number = 0
    for row in 0..<rows where known?[row] ?? true {
      for factor in 0..<factors {
        matrix[row, factor] = Float(Double((number * 7919 + factor * 104_729) % 1009 + 1) / 1009) * scale
      }
      number += 1
    }
    return matrix
  }

  private static func small(less offset: Float = 0) throws -> Dataset {
    let entries = try ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { row in
      Entry(
        try #require(Int(row[0])) - 1, try #require(Int(row[1])) - 1, try #require(Float(row[2])) - offset)
    }
    return Dataset(entries, users: 40, items: 30)
  }

  /// MovieLens without every fifth rating, and those.
  private static func movieLens() throws -> (train: Dataset, held: Dataset) {
    let ratings = try ReferenceFile.movieLensRatings()
    let users = Vocabulary<User>(ratings.map { String($0[0]) })
    let items = Vocabulary<Item>(ratings.map { String($0[1]) })
    var parts: [[Entry]] = [[], []]
    for (number, row) in ratings.enumerated() {
      let entry = Entry(
        try #require(users.index(of: ID(String(row[0])))).raw, try #require(items.index(of: ID(String(row[1])))).raw,
        try #require(Float(row[2])))
      parts[number % 5 == 0 ? 1 : 0].append(entry)
    }
    let sets = parts.map { part in
      var data = Dataset(part, users: users.count, items: items.count, scale: 0.5...5)
      data.entities = Entities(users: users, items: items)
      return data
    }
    return (sets[0], sets[1])
  }

  private func rows(_ name: String) throws -> [(kind: String, user: String, item: String, value: Double)] {
    try ReferenceFile.rows(name, separator: ",").dropFirst().map { row in
      (row[0], row[1], row[2], try #require(Double(row[3])))
    }
  }
}
