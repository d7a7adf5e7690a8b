import RecAlgebra
import RecKernels

extension Suite {
  static let sparse = Suite("sparse", "coordinates to rows, the transpose, products with a block of 16") {
    let matrix = SyntheticRatings.matrix(users: 60_000, items: 20_000, count: 5_000_000)
    let rows = (0..<matrix.rowCount).flatMap { row in matrix.row(row).map { _ in Int32(row) } }
    let order = (0..<rows.count).sorted { scrambled($0) < scrambled($1) }
    let shuffled = (order.map { rows[$0] }, order.map { matrix.columns[$0] }, order.map { matrix.values[$0] })
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      let sort = { (rows: [Int32], columns: [Int32], values: [Float]) in
        _ = SparseRows.counting(
          rows: rows, columns: columns, values: values, rowCount: matrix.rowCount, columnCount: matrix.columnCount,
          workers: execution.workers)
      }
      let millions = Double(matrix.entryCount) * 1e-6
      var seconds = bestTime { sort(rows, matrix.columns, matrix.values) }
      report("counting, in order, \(threads) threads", seconds: seconds, rate: millions / seconds, unit: "M entries/s")
      seconds = bestTime { sort(shuffled.0, shuffled.1, shuffled.2) }
      report("counting, shuffled, \(threads) threads", seconds: seconds, rate: millions / seconds, unit: "M entries/s")
      seconds = bestTime { _ = matrix.transposed(execution.workers) }
      report("transpose, \(threads) threads", seconds: seconds, rate: millions / seconds, unit: "M entries/s")
      for width in [8, 16, 50] {
        let block = [Double](repeating: 1, count: matrix.columnCount * width)
        var output = [Double](repeating: 0, count: matrix.rowCount * width)
        seconds = bestTime { matrix.multiply(block, width: width, into: &output, execution: execution) }
        // Each entry reads its index and value and a row of the block; each row is written once.
        let bytes = Double(matrix.entryCount * (8 + 8 * width) + matrix.rowCount * width * 8)
        report("product with \(width) columns, \(threads) threads", seconds: seconds, bytes: bytes, threads: threads)
      }
    }
  }

  private static func scrambled(_ index: Int) -> UInt64 { XXHash64.hash(Int64(index), seed: 1) }
}
