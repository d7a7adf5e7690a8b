import RecAlgebra
import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Suite {
  static let evaluation = Suite("evaluation", "split by user, then judge popular and svd k=50 by the default metrics") {
    if let matrix = MovieLensRatings.latestSmall { time(matrix, "ml-latest-small") }
    time(SyntheticRatings.matrix(users: 6040, items: 3706, count: 1_000_000), "synthetic")
    time(SyntheticRatings.matrix(users: 30_000, items: 20_000, count: 3_000_000), "synthetic")
  }

  private static func time(_ matrix: SparseRows, _ name: String) {
    let entities = Entities(
      users: Vocabulary(sorted: .numbers(Array(0..<Int64(matrix.rowCount)))),
      items: Vocabulary(sorted: .numbers(Array(0..<Int64(matrix.columnCount)))))
    let scale = RatingScale(lowest: 0.5, highest: 5, relevant: 4)
    let dataset = Dataset(name: name, entities: entities, interactions: matrix, feedback: .ratings(scale))
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      let label = "\(matrix.entryCount) ratings, \(threads) threads"
      guard let rule = SplitCatalog["user"],
        let split = try? dataset.split(by: rule, SplitRule.Request(test: 0.2, seed: 42), execution: execution)
      else { return }
      let seconds = bestTime(runs: 3) {
        _ = try? dataset.split(by: rule, SplitRule.Request(test: 0.2, seed: 42), execution: execution)
      }
      report("split \(name), \(label)", seconds: seconds, rate: Double(matrix.entryCount) / seconds / 1e6, unit: "M/s")
      let models = ["popular", "svd"].compactMap { train($0, on: split.train, execution) }
      for judged in [[models[0]], [models[1]], models] {
        let names = judged.map(\.name).joined(separator: " ")
        let request = EvaluationRequest(
          metrics: MetricCatalog.defaults(for: dataset.feedback, listLength: 10), candidates: .all)
        let seconds = bestTime(runs: 3) {
          _ = try? evaluate(models: judged, on: split.test, request: request, seed: 42, execution: execution)
        }
        report(
          "eval \(names), \(threads) threads", seconds: seconds, rate: Double(matrix.rowCount) / seconds / 1e3,
          unit: "k users/s")
      }
    }
  }

  private static func train(_ name: String, on dataset: Dataset, _ execution: Execution) -> Model? {
    guard let algorithm = AlgorithmCatalog[name],
      let trained = try? algorithm.train(dataset, algorithm.defaults, Training(seed: 42, execution: execution))
    else { return nil }
    return Model(
      name: name, algorithm: name, options: algorithm.defaults, recommender: trained.recommender, training: dataset,
      seed: 42)
  }
}
