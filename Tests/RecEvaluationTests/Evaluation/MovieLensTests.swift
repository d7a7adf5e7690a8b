import FoundationEssentials
import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

/// `popular` and `baseline` on ml-latest-small, as NumPy and scikit-learn judge them: Reference/movielens.py.
struct MovieLensTests {
  /// The ratings, where the data lies beside the repository.
  private static let rows: [Row]? = {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
    let file = root.deletingLastPathComponent().appending(path: "shared/data/ml-latest-small/ratings.csv")
    guard let data = try? Data(contentsOf: file) else { return nil }
    return data.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
      let fields = line.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
      return Row(user: fields[0], item: fields[1], value: Float(fields[2]) ?? .nan)
    }
  }()

  @Test(.enabled(if: rows != nil)) func `numbers are those of NumPy and scikit-learn`() throws {
    let dataset = Dataset(try #require(Self.rows), hasTimes: false)
    let execution = Execution(threadCount: 2)
    let split = try dataset.split(
      by: #require(SplitCatalog["user"]), SplitRule.Request(test: 0.2, seed: 42), execution: execution)
    let models = try ["popular", "baseline"].map { name in
      let algorithm = try #require(AlgorithmCatalog[name])
      let trained = try algorithm.train(split.train, algorithm.defaults, Training(seed: 42, execution: execution))
      return Model(
        name: name, algorithm: name, options: algorithm.defaults, recommender: trained.recommender,
        training: split.train, seed: 42)
    }
    let metrics = try ["precision", "recall", "ndcg", "hitrate", "mrr", "coverage", "rmse"].map {
      try MetricChoice(parsing: $0, listLength: 10)
    }
    let report = try evaluate(
      models: models, on: split.test, request: EvaluationRequest(metrics: metrics), seed: 42, execution: execution)
    let expected = try ReferenceFile.lines("movielens-expected.tsv")
    #expect(expected.count == 11)
    let counts = [
      "users": report.rows[0].users, "ratings": report.rows[0].ratings, "skipped": report.rows[0].skipped,
      "fallback": report.rows[0].fallback,
    ]
    for line in expected {
      let value = counts[line[1]].map(Double.init) ?? report.value(line[1], of: line[0])
      let wanted = try #require(Double(line[2]))
      // Ranks are whole numbers, so that only sums differ; predictions are rounded to Float.
      #expect(abs(try #require(value) - wanted) < (line[1] == "rmse" ? 1e-6 : 1e-12), "\(line)")
    }
  }
}
