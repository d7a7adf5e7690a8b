import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// What mf, svdpp and nmf have in common: units, absences beside events, folding in.
@Suite struct FactorizationTests {
  static let scales: [(scale: ClosedRange<Float>, unit: Double)] = [
    (1...5, 1), (0.5...5, 1), (-10...10, 4), (0...100, 32), (0...1, 0.25), (3...3, 1),
  ]

  @Test(arguments: scales) func `takes the power of two that makes a scale about four wide`(
    scale: ClosedRange<Float>, unit: Double
  ) throws {
    let data = Dataset.chance(users: 30, items: 30, scale: scale)
    let targets = try FactorTargets(data, isCentered: true, seed: 1)
    #expect(targets.unit == unit)
    #expect(abs(targets.rows.values.reduce(0) { $0 + Double($1) }) < 1e-3)
  }

  @Test func `predicts on a scale four times as wide exactly four times as much`() throws {
    let plain = Dataset.chance(users: 20, items: 15, scale: 1...5)
    let wide = Dataset.chance(users: 20, items: 15, scale: 4...20)
    for algorithm in ["mf", "svdpp"] {
      let models = try [plain, wide].map { try trainModel(named: algorithm, on: $0, training: .threads(1)).model }
      for user in 0..<20 {
        let known = models.map { $0.recommender.scores($0.training.history(of: UserIndex(user))) }
        #expect(known[0].map { 4 * $0 } == known[1])
      }
    }
  }

  @Test func `draws as many absences as there are events, of items that are known and were left alone`() {
    let absences = SampledAbsences(seed: 5)
    let touched: [Int32] = [3, 4, 11, 20]
    let drawn = absences.items(of: 7, besides: touched, of: 40) { $0 % 2 == 0 }
    #expect(drawn.count == 4 && Set(drawn).count == 4 && drawn == drawn.sorted())
    #expect(drawn.allSatisfy { $0 % 2 == 0 && (0..<40).contains($0) && !touched.contains($0) })
    #expect(absences.items(of: 7, besides: touched, of: 40) { $0 % 2 == 0 } == drawn)
    #expect(absences.items(of: 8, besides: touched, of: 40) { $0 % 2 == 0 } != drawn)
    #expect(absences.items(of: nil, besides: [0, 1, 2] as [Int32], of: 3) { _ in true }.isEmpty)
  }

  @Test func `refuses steps that lead nowhere`() {
    let data = Dataset.chance(users: 40, items: 40)
    for algorithm in ["mf", "svdpp"] {
      let options = AlgorithmCatalog[algorithm]?.options(with: ["rate": .number(1), "k": .count(50)])
      #expect(throws: TrainingError.self) {
        try trainModel(named: algorithm, on: data, options: options, training: .threads(1))
      }
    }
  }

  @Test(arguments: ["mf", "svdpp", "nmf"])
  func `ranks for a newcomer as for a trained user with the same history`(algorithm: String) throws {
    let data = Dataset.checkerboard(12)
    let options = AlgorithmCatalog[algorithm]?.options(with: [
      "k": .count(2), "epochs": .count(300), "rate": .number(0.02), "reg": .number(0.1), "seed": .count(1),
    ])
    let model = try trainModel(named: algorithm, on: data, options: options, training: .threads(1)).model.recommender
    for user in 0..<12 {
      let known = data.history(of: UserIndex(user))
      let folded = History(user: nil, items: known.items, values: known.values)
      #expect(best(model.scores(folded), except: known.items) == user)
    }
  }

  // The folded in have less to go by than the trained, whose ratings shaped the items' factors.
  @Test(
    .enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"),
    arguments: [("mf", 0.01), ("svdpp", 0.01), ("nmf", 0.02)])
  func `predicts for the folded in nearly as well as for the trained`(algorithm: String, margin: Double) throws {
    let (train, test) = try SurpriseData.movieLens().split()
    let model = try trainModel(named: algorithm, on: train, training: .threads(2)).model.recommender
    let trained = SurpriseData.error(of: model, test, histories: train)
    let folded = SurpriseData.error(of: model, test, histories: train, isKnown: false)
    #expect(folded < trained + margin, "folded in \(folded), trained \(trained)")
  }

  @Test func `has no negative factor`() throws {
    for scale in [1...5, -10...10, 0...100] as [ClosedRange<Float>] {
      for options in [["order": "together"], ["loss": "kl"], [:]] {
        let data = Dataset.chance(users: 30, items: 25, scale: scale)
        let options = Algorithm.nmf.options(with: options.mapValues { .word($0) })
        let model = try #require(
          try trainModel(named: "nmf", on: data, options: options, training: .threads(2)).model.recommender
            as? NonnegativeFactorization)
        let learned = model.learned
        #expect(learned.users.storage.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(learned.scorer.itemFactors.storage.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(learned.offset == Double(min(0, scale.lowerBound)))
        let folded = model.folded(History(user: nil, items: [1, 3], values: [scale.lowerBound, scale.upperBound]))
        #expect(folded.factors.allSatisfy { $0 >= 0 && $0.isFinite })
      }
    }
  }

  @Test func `nmf in turns never makes its error larger`() throws {
    let data = Dataset.chance(users: 40, items: 30)
    let options = Algorithm.nmf.options(with: ["reg": .number(0), "epochs": .count(40)])
    let curve = try #require(
      try trainModel(named: "nmf", on: data, options: options, training: .threads(1)).model.curve)
    let losses = curve.points.compactMap(\.loss)
    #expect(losses.count == 40)
    for (before, after) in zip(losses, losses.dropFirst()) { #expect(after <= before * 1.000001) }
  }
}
