import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

/// Two models judged from beginning to end by NumPy and scikit-learn: Reference/evaluation.py.
struct JudgedReferenceTests {
  private static let names = [
    "precision@5", "recall@5", "hitrate@5", "mrr", "map@5", "ndcg@5", "coverage@5", "rmse", "mae",
  ]

  @Test(arguments: [1, 3]) func `numbers are those of NumPy and scikit-learn`(threads: Int) throws {
    let (models, test) = try JudgedData.load()
    let metrics = try Self.names.map { try MetricChoice(parsing: $0, listLength: 10) }
    let execution = Execution(threadCount: threads)
    let report = try evaluate(
      models: models, on: test, request: EvaluationRequest(metrics: metrics), seed: 42, execution: execution)
    let graded = try evaluate(
      models: models, on: test, request: EvaluationRequest(metrics: metrics, gain: .graded), seed: 42,
      execution: execution)
    #expect(report.relevance == .atLeast(4))
    let expected = try ReferenceFile.lines("judged-expected.tsv")
    #expect(expected.count == 26)
    for line in expected {
      let row = try #require(report.rows.first { $0.model == line[0] })
      let wanted = try #require(Double(line[2]))
      let value: Double?
      switch line[1] {
      case "users": value = Double(row.users)
      case "ratings": value = Double(row.ratings)
      case "skipped": value = Double(row.skipped)
      case "fallback": value = Double(row.fallback)
      case "graded": value = graded.value("ndcg@5", of: line[0])
      default: value = report.value(line[1], of: line[0]) ?? report.value(line[1] + "@5", of: line[0])
      }
      // Both sides sum a few hundred doubles.
      #expect(abs(try #require(value) - wanted) < 1e-10, "\(line)")
    }
    #expect(report.value("rmse", of: "ranker") == nil && report.value("mae", of: "ranker") == nil)
  }
}

extension EvaluationReport {
  func measurement(_ metric: String, of model: String) -> Measurement? {
    guard let row = rows.first(where: { $0.model == model }),
      let place = metrics.firstIndex(where: { $0.name == metric })
    else { return nil }
    return row.values[place]
  }

  func value(_ metric: String, of model: String) -> Double? { measurement(metric, of: model)?.value }
}
