import RecAlgebra
import RecKernels

extension Suite {
  static let sgd = Suite("sgd", "an epoch of stochastic gradient descent, 490,000 ratings, k = 100") {
    let matrix = SyntheticRatings.matrix(users: 6040, items: 3706, count: 520_000)
    func grid(_ blocks: Int) -> EntryGrid {
      EntryGrid(
        offsets: matrix.offsets, columns: matrix.columns, values: matrix.values, columnCount: matrix.columnCount,
        blockCount: blocks)
    }
    let count = Double(matrix.entryCount)
    report("sort \(matrix.entryCount) ratings into a grid", seconds: bestTime { _ = grid(16) })
    let step = DescentStep(mean: 3, rate: 0.005, regularization: 0.02)
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
          "\(name), \(threads) threads, \(count / seconds * 1e-6) M ratings/s", seconds: seconds,
          // A product, two sums of two products.
          rate: count * 8 * 100 / seconds * 1e-9, unit: "GFLOP/s", limit: MachineLimit.matrixProduct * Double(threads))
      }
    }
  }
}
