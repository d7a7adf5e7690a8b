package import RecKernels

extension SparseRows {
  /// The matrix of rows that `RowAssembly` sorted; columns lie below `columnCount`.
  package init(_ assembled: AssembledRows, columnCount: Int) {
    self.init(
      trusted: assembled.offsets.count - 1, columnCount, assembled.offsets, assembled.columns, assembled.values)
  }
}
