import RecAlgebra
import RecKernels

extension Suite {
  static let sgd = Suite("sgd", "an epoch of stochastic gradient descent, k = 100, and of its kin, 490,000 ratings") {
    let matrix = SyntheticRatings.matrix(users: 6040, items: 3706, count: 520_000)
    func grid(_ blocks: Int) -> EntryGrid {
      EntryGrid(
        offsets: matrix.offsets, columns: matrix.columns, values: matrix.values, columnCount: matrix.columnCount,
        blockCount: blocks)
    }
    let count = Double(matrix.entryCount)
    report("sort \(matrix.entryCount) ratings into a grid", seconds: bestTime { _ = grid(16) })
    let step = DescentStep(rate: 0.005, regularization: 0.02)
    for (name, grid) in [("in order", grid(1)), ("stratified", grid(16))] {
      for threads in name == "in order" ? [1] : [1, 2] {
        var factors = DescentFactors(
          rows: AlignedRows(rowCount: matrix.rowCount, columnCount: 100),
          columns: AlignedRows(rowCount: matrix.columnCount, columnCount: 100), hasBiases: true)
        let workers = Workers(threadCount: threads)
        let cancellation = Cancellation()
        let seconds = bestTime(runs: 20) {
          for part in 0..<grid.partCount {
            _ = grid.descend(&factors, part: part, step, workers: workers, cancellation: cancellation)
          }
        }
        report(
          "\(name), \(threads) threads, \(formatFixed(seconds / count * 1e9, decimals: 1)) ns a rating",
          seconds: seconds,
          // A product, two sums of two products.
          rate: count * 8 * 100 / seconds * 1e-9, unit: "GFLOP/s", limit: MachineLimit.matrixProduct * Double(threads))
      }
    }
    implicit(matrix)
    multiplicative(matrix)
  }

  /// An epoch of SVD++ with 20 factors, as many implicit columns as ratings.
  private static func implicit(_ matrix: SparseRows) {
    func rows(_ count: Int) -> AlignedRows { AlignedRows(rowCount: count, columnCount: 20) }
    var factors = ImplicitFactors(
      rows: rows(matrix.rowCount), columns: rows(matrix.columnCount), implicit: rows(matrix.columnCount))
    let (offsets, columns, values) = (matrix.offsets, matrix.columns, matrix.values)
    let seconds = bestTime(runs: 20) {
      _ = factors.descend(
        offsets: offsets.span, columns: columns.span, values: values.span, implicitOffsets: offsets.span,
        implicitColumns: columns.span, rows: 0..<matrix.rowCount, rate: 0.007, regularization: 0.02)
    }
    report("SVD++, k = 20", seconds: seconds, rate: Double(matrix.entryCount) / seconds * 1e-6, unit: "M ratings/s")
  }

  /// An update of all users' non-negative factors, 15 of them.
  private static func multiplicative(_ matrix: SparseRows) {
    let factors = AlignedRows(rowCount: matrix.rowCount, columnCount: 15)
    let others = AlignedRows(rowCount: matrix.columnCount, columnCount: 15)
    let (offsets, columns, values) = (matrix.offsets, matrix.columns, matrix.values)
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      let seconds = bestTime(runs: 20) {
        _ = MultiplicativeUpdates.updated(
          factors, against: others, offsets: offsets.span, columnIndices: columns.span, values: values.span,
          loss: .squares, regularization: 0.06, workers: execution.workers, cancellation: execution.cancellation)
      }
      report(
        "multiplicative update, k = 15, \(threads) threads", seconds: seconds,
        rate: Double(matrix.entryCount) / seconds * 1e-6, unit: "M ratings/s")
    }
  }
}
