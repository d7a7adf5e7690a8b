internal import RecAlgebra
internal import RecKernels

/// R̃ by users and by items; saved once.
struct NormalizedAdjacency: Sendable, Codable {
  /// Users × items.
  let rows: SparseRows
  /// Items × users.
  let columns: SparseRows

  init(_ matrix: SparseOperator) {
    rows = matrix.matrix
    columns = matrix.transpose
  }

  init(from decoder: any Decoder) throws { self.init(SparseOperator(try SparseRows(from: decoder))) }
  func encode(to encoder: any Encoder) throws { try rows.encode(to: encoder) }

  /// R̃ᵀR̃ times a block of columns, row-major, (items × width,): each column has the bits it has alone.
  func filtered(_ block: [Double], width: Int) -> [Double] {
    var users = [Double](repeating: 0, count: rows.rowCount * width)
    multiply(rows, block, width: width, into: &users)
    var items = [Double](repeating: 0, count: rows.columnCount * width)
    multiply(columns, users, width: width, into: &items)
    return items
  }

  private func multiply(_ matrix: SparseRows, _ block: [Double], width: Int, into output: inout [Double]) {
    var span = output.mutableSpan
    BlockKernels.multiplySparse(
      offsets: matrix.offsets.span, columns: matrix.columns.span, values: matrix.values.span,
      rows: 0..<matrix.rowCount, columnCount: matrix.columnCount, block: block.span, width: width, into: &span)
  }

  /// The products of an item's column with those of others; (others.count,).
  func products(with item: Int, of others: [Int32]) -> [Double] {
    var users = [Double](repeating: 0, count: rows.rowCount)
    for entry in columns.row(item) { users[Int(columns.columns[entry])] = Double(columns.values[entry]) }
    return others.map { other in
      columns.row(Int(other)).reduce(0) { $0 + Double(columns.values[$1]) * users[Int(columns.columns[$1])] }
    }
  }

  /// The Euclidean length of each item's column.
  func columnLengths() -> [Double] {
    (0..<columns.rowCount).map { item in
      columns.row(item).reduce(0) { $0 + Double(columns.values[$1]) * Double(columns.values[$1]) }.squareRoot()
    }
  }
}
