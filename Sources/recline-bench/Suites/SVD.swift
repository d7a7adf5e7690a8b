import RecAlgebra
import RecKernels

extension Suite {
  static let svd = Suite("svd", "truncated singular value decomposition, k = 50") {
    if let matrix = MovieLensRatings.latestSmall { time(matrix, "ml-latest-small") }
    for shape in [(943, 1682, 100_000), (6040, 3260, 490_000), (6040, 3706, 1_000_000)] {
      time(SyntheticRatings.matrix(users: shape.0, items: shape.1, count: shape.2), "synthetic")
    }
  }

  private static func time(_ matrix: SparseRows, _ name: String) {
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      let linear = SparseOperator(matrix, workers: execution.workers)
      var iterations = 0
      var residual = 0.0
      let seconds = bestTime {
        guard let svd = try? truncatedSVD(linear, rank: 50, seed: 42, execution: execution) else { return }
        iterations = svd.iterations
        residual = svd.residual
      }
      report("\(name), \(matrix.entryCount) entries, \(threads) threads", seconds: seconds)
      print("    \(iterations) blocks, estimated error \(residual)")
    }
  }
}
