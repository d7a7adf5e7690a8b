package import RecKernels

/// A dense matrix as an operator, with sums in Double.
package struct DenseOperator: LinearOperator {
  private let matrix: DenseMatrix

  package var rowCount: Int { matrix.rowCount }
  package var columnCount: Int { matrix.columnCount }

  package init(_ matrix: DenseMatrix) { self.matrix = matrix }

  package func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    guard width > 0 else { return }
    execution.workers.fill(&output, chunk: 256 * width) { range, chunk in
      if execution.cancellation.isCancelled { return }
      for place in 0..<range.count { chunk[place] = 0 }
      for row in 0..<range.count / width {
        for (column, value) in matrix.row(range.lowerBound / width + row).enumerated() {
          for other in 0..<width { chunk[row * width + other] += Double(value) * block[column * width + other] }
        }
      }
    }
  }

  package func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    output = execution.workers.sum(rowCount, chunk: 1024, elements: columnCount * width) { rows, sums in
      if execution.cancellation.isCancelled { return }
      for row in rows {
        for (column, value) in matrix.row(row).enumerated() {
          for other in 0..<width { sums[column * width + other] += Double(value) * block[row * width + other] }
        }
      }
    }
  }
}
