import RecAlgebra
import RecKernels

extension Suite {
  static let neighbors = Suite("knn", "similarities of all pairs, mean differences, the inverse behind ease") {
    if let matrix = MovieLensRatings.latestSmall { time(matrix, "ml-latest-small") }
    time(SyntheticRatings.matrix(users: 6040, items: 3706, count: 1_000_000), "synthetic")
    for threads in [1, 2] {
      let seconds = bestTime(runs: 2) {
        var matrix = DenseMatrix(rowCount: 3706, columnCount: 3706)
        for row in 0..<3706 {
          matrix[row, row] = 2
          if row + 1 < 3706 { matrix[row, row + 1] = 0.5 }
        }
        _ = try? matrix.negateAndInvert(label: "", Execution(threadCount: threads))
      }
      let operations = 3706.0 * 3706 * 3706 * 1e-9
      report(
        "inverse of 3,706 × 3,706, \(threads) threads", seconds: seconds, rate: operations / seconds, unit: "GFLOP/s",
        limit: MachineLimit.matrixProduct * Double(threads))
    }
  }

  /// Every pair of columns; the rate counts the products of two ratings by one user.
  private static func time(_ matrix: SparseRows, _ name: String) {
    let items = matrix.transposed()
    let pairs = (0..<matrix.rowCount).reduce(0) { $0 + matrix.row($1).count * matrix.row($1).count }
    let lengths = [Float](repeating: 1, count: items.rowCount)
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      for (word, measure) in [
        ("cosine", RowSimilarity.Measure.cosine), ("common cosine", .commonCosine), ("correlation", .correlation),
      ] {
        let similarity = RowSimilarity(measure, transpose: matrix, lengths: measure == .cosine ? lengths : [])
        for keep in [20, 1000] {
          let seconds = bestTime(runs: 3) {
            _ = try? similarity.neighbors(of: items, keep: keep, label: "", execution)
          }
          report(
            "\(name), \(word), \(keep) kept, \(threads) threads", seconds: seconds,
            rate: Double(pairs) / seconds * 1e-6, unit: "M pairs/s")
        }
      }
      let seconds = bestTime(runs: 3) {
        _ = try? MeanDifferences(of: items, transpose: matrix, support: 1, label: "", execution)
      }
      report(
        "\(name), differences, \(threads) threads", seconds: seconds, rate: Double(pairs) / seconds * 1e-6,
        unit: "M pairs/s")
    }
  }
}
