extension DenseMatrix: Codable {
  /// One tensor, `rowCount × columnCount`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Tensor(shape: [rowCount, columnCount], stride: stride, .floats(storage)))
  }

  package init(from decoder: any Decoder) throws {
    let (rowCount, columnCount, values) = try decoder.floatMatrix()
    // Where one is zero the other may be any number: the file has no bytes for it.
    guard max(rowCount, columnCount) <= Int32.max else { throw decoder.corrupted("the matrix is too large") }
    self.init(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount where columnCount > 0 {
      storage.replaceSubrange(rowRange(row), with: values[row * columnCount..<(row + 1) * columnCount])
    }
  }
}
