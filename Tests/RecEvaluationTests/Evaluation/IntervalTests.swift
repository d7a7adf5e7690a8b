import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

struct IntervalTests {
  /// Users with one relevant test item each, which the model ranks first for the first `hits` of them.
  private func judged(users: Int, hits: Int, seed: UInt64 = 42) throws -> EvaluationReport.Measurement {
    let entities = Entities(
      users: Vocabulary((0..<users).map(String.init)), items: Vocabulary(["1", "2", "3"]))
    let scale = Feedback.ratings(RatingScale(occurring: [1, 5]))
    let train = Dataset((0..<users).map { Row(user: String($0), item: "1", value: 5) }, entities, feedback: scale)
    let test = Dataset((0..<users).map { Row(user: String($0), item: "2", value: 5) }, entities, feedback: scale)
    let scores = (0..<users).map { (String($0), $0 < hits ? [0, 2, 1] : [0, 1, 2] as [Float]) }
    let model = Model("m", Dictionary(uniqueKeysWithValues: scores), on: train)
    let report = try evaluate(
      models: [model], on: test,
      request: EvaluationRequest(metrics: [try MetricChoice(parsing: "hitrate@1", listLength: 1)]), seed: seed,
      execution: Execution(threadCount: 1))
    return try #require(report.measurement("hitrate@1", of: "m"))
  }

  @Test func `fewer than ten users have no interval`() throws {
    let nine = try judged(users: 9, hits: 4)
    #expect(nine.value == 4.0 / 9 && nine.low == nil && nine.high == nil)
    let ten = try judged(users: 10, hits: 4)
    #expect(try #require(ten.low) < 0.4 && #require(ten.high) > 0.4)
  }

  @Test func `the interval is as wide as the normal approximation of a share`() throws {
    // The standard error of 120 hits of 400 is √(0.3 · 0.7 / 400) = 0.0229; percentiles of 1,000 draws are off by a tenth.
    let measurement = try judged(users: 400, hits: 120)
    let halfWidth = 1.96 * (0.3 * 0.7 / 400.0).squareRoot()
    #expect(abs(try #require(measurement.low) - (0.3 - halfWidth)) < 0.15 * halfWidth)
    #expect(abs(try #require(measurement.high) - (0.3 + halfWidth)) < 0.15 * halfWidth)
  }

  @Test func `the seed decides the draws`() throws {
    #expect(try judged(users: 50, hits: 20) == judged(users: 50, hits: 20))
    #expect(try judged(users: 50, hits: 20) != judged(users: 50, hits: 20, seed: 43))
  }

  @Test func `ninety-five of a hundred intervals hold the truth, pooled errors included`() throws {
    // Predictions are off by N(0, 1), users by another N(0, ½) each and have 1 to 8 ratings: RMSE² is 1.25 in the limit.
    var generator = FixedGenerator(2024)
    var holding = 0
    let simulations = 120
    for _ in 0..<simulations {
      let users = 40
      var test: [Row] = []
      var scores: [String: [Float]] = [:]
      for user in 0..<users {
        let taste = 0.5 * normal(&generator)
        let count = Int.random(in: 1...8, using: &generator)
        for item in 1...count { test.append(Row(user: String(user), item: String(item), value: 0)) }
        scores[String(user)] = (0...8).map { _ in Float(taste + normal(&generator)) }
      }
      let entities = Entities(
        users: Vocabulary((0..<users).map(String.init)), items: Vocabulary((0...8).map(String.init)))
      let scale = Feedback.ratings(RatingScale(lowest: -100, highest: 100, relevant: 50))
      let train = Dataset(
        (0..<users).map { Row(user: String($0), item: "0", value: 0) }, entities, feedback: scale)
      let report = try evaluate(
        models: [Model("m", scores, on: train)], on: Dataset(test, entities, feedback: scale),
        request: EvaluationRequest(metrics: [try MetricChoice(parsing: "rmse", listLength: 1)]), seed: 42,
        execution: Execution(threadCount: 1))
      let measurement = try #require(report.measurement("rmse", of: "m"))
      let truth = 1.25.squareRoot()
      if try #require(measurement.low) <= truth && truth <= #require(measurement.high) { holding += 1 }
    }
    // A percentile bootstrap of 40 users falls a little short of 95%; three standard errors of 120 simulations are 6%.
    #expect((0.87...0.99).contains(Double(holding) / Double(simulations)), "\(holding) of \(simulations)")
  }
}

/// Close to normal: the sum of twelve uniform numbers less 6.
private func normal(_ generator: inout FixedGenerator) -> Double {
  (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
}
