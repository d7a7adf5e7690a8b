import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Models that are trained by descent against Surprise's; `Reference/sgd.py` made the values.
@Suite struct DescentReferenceTests {
  @Test func `mf predicts as Surprise does from the same first factors`() throws {
    try compare("small-sgd.csv", "mf", tolerance: 1e-5, on: SurpriseData.small()) { data, training in
      try mf(data, k: 6, biased: true, training)
    }
    try compare("small-sgd.csv", "mf unbiased", tolerance: 1e-5, on: SurpriseData.small()) { data, training in
      try mf(data, k: 6, biased: false, training)
    }
  }

  // Surprise adds in Double, we in Float: 2 million steps apart by some 1e-5 at most.
  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `mf predicts as Surprise does on MovieLens`() throws {
    let data = try SurpriseData.movieLens()
    try compare("movielens-sgd.csv", "mf", tolerance: 3e-5, on: data) { data, training in
      try mf(data, k: 20, biased: true, training)
    }
    try compare("movielens-sgd.csv", "mf unbiased", tolerance: 3e-5, on: data) { data, training in
      try mf(data, k: 20, biased: false, training)
    }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `mf has Surprise's error on held-out ratings`() throws {
    let (ours, theirs) = try errors("mf", reference: "mf", ["order": .word("file")])
    #expect(abs(ours - theirs) < 0.002)
    // Strata mix the users' ratings, and that does no harm.
    let stratified = try errors("mf", reference: "mf", [:])
    #expect(stratified.ours < theirs + 0.002)
  }

  @Test func `svdpp predicts as Surprise does from the same first factors`() throws {
    try compare("small-sgd.csv", "svdpp", tolerance: 1e-5, on: SurpriseData.small()) { try svdpp($0, k: 6, $1) }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `svdpp predicts as Surprise does on MovieLens`() throws {
    try compare("movielens-sgd.csv", "svdpp", tolerance: 5e-5, on: SurpriseData.movieLens()) {
      try svdpp($0, k: 20, $1)
    }
    let (ours, theirs) = try errors("svdpp", reference: "svdpp", [:])
    #expect(abs(ours - theirs) < 0.002)
  }

  // Ratios of sums, so that rounding does not add up from one update to the next.
  @Test func `nmf predicts as Surprise does from the same first factors`() throws {
    try compare("small-sgd.csv", "nmf", tolerance: 1e-4, on: SurpriseData.small()) { try nmf($0, k: 6, $1) }
  }

  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `nmf predicts as Surprise does on MovieLens`() throws {
    try compare("movielens-sgd.csv", "nmf", tolerance: 1e-4, on: SurpriseData.movieLens()) { try nmf($0, k: 20, $1) }
    // The updates in turns are ours, and not worse than Surprise's at once.
    let (ours, theirs) = try errors("nmf", reference: "nmf", [:])
    #expect(ours < theirs + 0.002)
  }

  @Test(arguments: [("als", 1e-9), ("sgd", 1e-9)])
  func `baseline estimates as Surprise does`(method: String, tolerance: Double) throws {
    let options = Algorithm.baseline.options(with: ["method": .word(method)])
    var sources = [("small-sgd.csv", try SurpriseData.small().dataset)]
    if ReferenceFile.hasMovieLens { sources.append(("movielens-sgd.csv", try SurpriseData.movieLens().dataset)) }
    for (file, data) in sources {
      let model = try #require(
        try trainModel(named: "baseline", on: data, options: options, training: .threads(2)).model.recommender
          as? Baseline)
      let rows = try ReferenceFile.rows(file, separator: ",").filter { $0[0] == "baseline \(method)" }
      #expect(rows.count > 50)
      for row in rows {
        let user = try #require(data.entities.users.index(of: ID(row[1])))
        let item = try #require(data.entities.items.index(of: ID(row[2])))
        let rating =
          model.estimates.mean + model.userBias(data.history(of: user)) + model.estimates.itemBiases[item.raw]
        #expect(abs(rating - (try #require(Double(row[3])))) < tolerance)
      }
    }
  }

  // MARK: Both sides

  private func svdpp(_ data: Dataset, k: Int, _ training: Training) throws -> any Recommender {
    var configuration = DescentConfiguration()
    configuration.factors = k
    configuration.rate = 0.007
    let (users, items) = (data.entities.users.count, data.entities.items.count)
    let start = SVDPlusPlus.Start(
      users: SurpriseData.normal(0, rows: users, k), items: SurpriseData.normal(1, rows: items, k),
      implicit: SurpriseData.normal(2, rows: items, k))
    return try SVDPlusPlus.trained(data, configuration, initial: start, training).recommender
  }

  private func nmf(_ data: Dataset, k: Int, _ training: Training) throws -> any Recommender {
    var configuration = NonnegativeFactorization.Configuration()
    configuration.factors = k
    configuration.order = .together
    let initial = (
      SurpriseData.uniform(0, rows: data.entities.users.count, k),
      SurpriseData.uniform(1, rows: data.entities.items.count, k)
    )
    return try NonnegativeFactorization.trained(data, configuration, initial: initial, training).recommender
  }

  private func mf(_ data: Dataset, k: Int, biased: Bool, _ training: Training) throws -> any Recommender {
    var configuration = DescentConfiguration()
    configuration.factors = k
    configuration.hasBiases = biased
    let initial = (
      SurpriseData.normal(0, rows: data.entities.users.count, k),
      SurpriseData.normal(1, rows: data.entities.items.count, k)
    )
    return try MatrixFactorization.trained(data, configuration, order: .file, initial: initial, training).recommender
  }

  private func compare(
    _ file: String, _ name: String, tolerance: Double, on data: SurpriseData,
    _ train: (Dataset, Training) throws -> any Recommender
  ) throws {
    let model = try train(data.dataset, .threads(2))
    let rows = try ReferenceFile.rows(file, separator: ",").filter { $0[0] == name }
    #expect(rows.count > 50)
    for row in rows {
      let user = try #require(data.dataset.entities.users.index(of: ID(row[1])))
      let item = try #require(data.dataset.entities.items.index(of: ID(row[2])))
      let rating = model.predict(data.dataset.history(of: user), items: [Int32(item.raw)])[0]
      #expect(
        abs(Double(rating) - (try #require(Double(row[3])))) < tolerance,
        "user \(row[1]) item \(row[2]): \(rating), not \(row[3])")
    }
  }

  /// The mean errors over three starts by chance.
  private func errors(
    _ algorithm: String, reference: String, _ options: [String: OptionValue]
  ) throws -> (ours: Double, theirs: Double) {
    let (train, test) = try SurpriseData.movieLens().split()
    let entry = try #require(AlgorithmCatalog[algorithm])
    let errors = try (1...3).map { seed in
      let model = try trainModel(
        named: algorithm, on: train, options: entry.options(with: options), training: .threads(2, seed: UInt64(seed))
      ).model.recommender
      return SurpriseData.error(of: model, test, histories: train)
    }
    let row = try #require(
      try ReferenceFile.rows("movielens-sgd-rmse.csv", separator: ",").first { $0[0] == reference })
    return (errors.reduce(0, +) / 3, try #require(Double(row[1])))
  }
}
