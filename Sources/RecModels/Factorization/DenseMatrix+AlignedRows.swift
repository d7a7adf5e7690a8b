package import RecAlgebra
package import RecKernels

extension DenseMatrix {
  /// The same numbers, each times a factor.
  package init(_ rows: AlignedRows, times factor: Float = 1) {
    // Both pad their rows to 16 elements, with zeros.
    self.init(
      rowCount: rows.rowCount, columnCount: rows.columnCount,
      storage: factor == 1 ? rows.elements : rows.elements.map { $0 * factor })
  }
}
