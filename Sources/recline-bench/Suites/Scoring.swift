import RecAlgebra
import RecKernels
import RecModels

extension Suite {
  static let scoring = Suite("topk", "scores of all items, the ten best, and counting ranks") {
    let itemCount = 9724
    for rank in [16, 64, 128] {
      let items = matrix(itemCount, rank, seed: 1)
      let users = matrix(128, rank, seed: 2)
      let scorer = BilinearScorer(itemFactors: items)
      var scores = [Float](repeating: 0, count: 128 * itemCount)
      let operations = Double(2 * rank * itemCount) * 1e-9
      var seconds = bestTime {
        var output = scores.mutableSpan
        scorer.score(factors: users, into: &output)
      }
      report(
        "128 users × \(itemCount) items, rank \(rank)", seconds: seconds, rate: 128 * operations / seconds,
        unit: "GFLOP/s", limit: MachineLimit.matrixProduct)
      seconds = bestTime {
        var output = scores.mutableSpan
        scorer.score(factor: users.rows.extracting(0..<rank), into: &output)
      }
      report(
        "1 user × \(itemCount) items, rank \(rank)", seconds: seconds, rate: operations / seconds, unit: "GFLOP/s",
        limit: MachineLimit.matrixProduct)
    }
    let scores = matrix(1, itemCount, seed: 3).storage
    for k in [1, 10, 100] {
      let seconds = bestTime { _ = topK(scores: scores.span, k: k) }
      report("top \(k) of \(itemCount)", seconds: seconds, rate: Double(itemCount) / seconds * 1e-9, unit: "G scores/s")
    }
    let seconds = bestTime { _ = countAbove(scores: scores.span, threshold: 0.9) }
    report("count above, \(itemCount)", seconds: seconds, rate: Double(itemCount) / seconds * 1e-9, unit: "G scores/s")
  }

  private static func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> DenseMatrix {
    let purpose = CounterRandom.Purpose("bench factors")
    return DenseMatrix(
      rows: (0..<rows).map { row in
        (0..<columns).map { Float(CounterRandom.uniform(seed: seed, purpose: purpose, UInt64(row), UInt64($0))) }
      })
  }
}
