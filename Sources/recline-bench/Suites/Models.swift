import RecData
import RecKernels
import RecModels

extension Suite {
  static let models = Suite("models", "training, and scores of every item for every user, ml-latest-small, one thread")
  {
    let path = #filePath.split(separator: "/").dropLast(5).reduce(into: "") { $0 += "/" + $1 }
    let training = Training(seed: 42, execution: Execution(threadCount: 1))
    let folder = path + "/shared/data/ml-latest-small"
    guard let data = try? load(folder, execution: training.execution).dataset else {
      return print("  ml-latest-small is not here")
    }
    var models: [Model] = []
    for algorithm in AlgorithmCatalog.all {
      report(
        "train \(algorithm.name)",
        seconds: bestTime { _ = try? trainModel(named: algorithm.name, on: data, training: training) })
      if let trained = try? trainModel(named: algorithm.name, on: data, training: training) {
        models.append(trained.model)
      }
    }
    for (first, second, method) in [("svd", "tfidf", "score"), ("svd", "tfidf", "rank"), ("svd", "baseline", "score")] {
      let parts = models.filter { [first, second].contains($0.name) }.map { (model: $0, weight: 1.0) }
      let options = OptionValues([("method", .word(method))])
      let name = "blend of \(first) and \(second) by \(method)"
      if let blend = try? blendModel(named: name, parts: parts, options: options, seed: 42) { models.append(blend) }
    }
    for model in models { report("score \(model.name)", seconds: bestTime(runs: 3) { scoreAll(model, data) }) }
    let parts = models.filter { ["svd", "tfidf"].contains($0.name) }
    report(
      "learn the weights of svd and tfidf",
      seconds: bestTime(runs: 3) { _ = try? learnBlendWeights(parts: parts, on: data, training: training) })
  }

  /// Scores every item for every user, in blocks as evaluation does.
  private static func scoreAll(_ model: Model, _ data: Dataset) {
    let users = data.entities.users.count
    var scores = [Float](repeating: 0, count: 64 * model.recommender.itemCount)
    for first in stride(from: 0, to: users, by: 64) {
      let histories = (first..<min(users, first + 64)).map { data.history(of: UserIndex($0)) }
      var span = scores.mutableSpan
      model.recommender.score(histories, into: &span)
    }
  }
}
