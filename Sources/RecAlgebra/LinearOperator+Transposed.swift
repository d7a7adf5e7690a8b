import RecKernels

/// The transpose of another operator.
struct TransposedOperator<Base: LinearOperator>: LinearOperator {
  let base: Base

  var rowCount: Int { base.columnCount }
  var columnCount: Int { base.rowCount }

  func apply(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.applyTransposed(block, width: width, into: &output, execution: execution)
  }

  func applyTransposed(_ block: [Double], width: Int, into output: inout [Double], execution: Execution) {
    base.apply(block, width: width, into: &output, execution: execution)
  }
}
