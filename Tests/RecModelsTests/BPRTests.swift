import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Pairwise ranking against implicit (the script is in `Reference`), and what only this algorithm promises.
@Suite struct BPRTests {
  @Test(.enabled(if: ReferenceFile.hasMovieLens, "ml-latest-small is not here"))
  func `ranks as well as implicit on MovieLens, with the same settings`() throws {
    let expected = try ReferenceFile.rows("bpr-ndcg.csv", separator: ",").dropFirst().map {
      try #require(Double($0[1]))
    }
    let data = try Ranked.movieLens()
    let options: [String: OptionValue] = [
      "k": .count(16), "negatives": .word("popular"), "trials": .count(1),
      "spread": .number(0.5 / 16 / 3.0.squareRoot()),
    ]
    let values = try (0..<UInt64(expected.count)).map { try data.ndcg("bpr", options, seed: $0) }
    // Both are means over 20 starts, whose standard errors are below 0.001.
    #expect(abs(mean(values) - mean(expected)) < 0.003)
  }

  @Test(arguments: ["bpr", "warp"])
  func `strata of negatives rank as well as the whole`(loss: String) throws {
    let data = Ranked.tastes(users: 400, items: 600)
    func values(blocks: Int) throws -> [Double] {
      try (0..<UInt64(24)).map { seed in
        var configuration = BPR.Configuration()
        configuration.loss = loss == "bpr" ? .bpr : .warp
        configuration.factors = 8
        configuration.rate = 0.05
        configuration.epochs = 30
        configuration.blocks = blocks
        return data.ndcg(try BPR.trained(data.train, configuration, .threads(2, seed: seed)).model)
      }
    }
    let (strata, whole) = try (values(blocks: 16), values(blocks: 1))
    // The standard error of the difference of two means over 24 starts is 0.001.
    #expect(abs(mean(strata) - mean(whole)) < 0.003)
    // Both learn tastes: a list for everybody is far behind.
    #expect(
      mean(strata) > 1.3
        * data.ndcg(try trainModel(named: "popular", on: data.train, training: .threads(1)).model.recommender))
  }

  @Test(arguments: ["bpr", "warp"])
  func `gives the same bits for any number of threads where strata are many`(loss: String) throws {
    let data = Dataset.chance(users: 30, items: 700)
    let options = Algorithm.bpr.options(with: ["loss": .word(loss), "k": .count(20), "epochs": .count(3)])
    func bits(threads: Int) throws -> [[UInt32]] {
      let model = try trainModel(named: "bpr", on: data, options: options, training: .threads(threads)).model
        .recommender
      return (0..<30).map { model.bits(data.history(of: UserIndex($0))) }
    }
    let expected = try bits(threads: 1)
    for threads in [2, 7, 16] { #expect(try bits(threads: threads) == expected) }
  }

  @Test(arguments: ["bpr", "warp"])
  func `a folded user is ranked nearly as well as one trained on`(loss: String) throws {
    let data = Ranked.tastes(users: 400, items: 300)
    let options = Algorithm.bpr.options(with: ["loss": .word(loss), "k": .count(8), "rate": .number(0.05)])
    let model = try trainModel(named: "bpr", on: data.train, options: options, training: .threads(2)).model.recommender
    let (trained, folded) = (data.ndcg(model), data.ndcg(model, isFolding: true))
    #expect(folded > 0.9 * trained)
  }

  @Test func `the loss falls from ln 2`() throws {
    let data = Ranked.tastes(users: 100, items: 80).train
    let options = Algorithm.bpr.options(with: ["k": .count(8), "spread": .number(0), "epochs": .count(40)])
    let curve = try #require(
      try trainModel(named: "bpr", on: data, options: options, training: .threads(1)).model.curve)
    let losses = curve.points.compactMap(\.loss)
    // Without factors and biases every pair starts undecided.
    #expect(losses[0] < 0.6932 && losses[0] > 0.6 && curve.lossName == "log loss")
    #expect(losses.count == 40 && losses[39] < losses[20] && losses[20] < losses[0])
  }

  @Test func `takes ratings from three quarters of the scale on where it is told to`() throws {
    // Two tastes, and ratings of 1 for what is not liked: with all of them as positives the tastes are all one.
    let data = Dataset.checkerboard(16)
    let options = Algorithm.bpr.options(with: ["k": .count(2), "rate": .number(0.05), "positive": .word("relevant")])
    let model = try trainModel(named: "bpr", on: data, options: options, training: .threads(1)).model.recommender
    for user in 0..<16 {
      let scores = model.scores(data.history(of: UserIndex(user)))
      let liked = (0..<16).filter { ($0 + user) % 2 == 0 }.map { scores[$0] }
      let others = (0..<16).filter { ($0 + user) % 2 == 1 }.map { scores[$0] }
      #expect(try #require(liked.min()) > #require(others.max()))
    }
  }

  @Test func `says what is wrong where no rating is relevant`() {
    let data = Dataset([Entry(0, 0, 2), Entry(1, 1, 3)], users: 2, items: 2)
    let options = Algorithm.bpr.options(with: ["positive": .word("relevant")])
    #expect(throws: TrainingError.self) {
      try trainModel(named: "bpr", on: data, options: options, training: .threads(1))
    }
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
