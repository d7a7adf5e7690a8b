extension PackedFactors: Codable {
  /// One tensor, `itemCount × rank`: the matrix that was packed.
  package func encode(to encoder: any Encoder) throws {
    var matrix = DenseMatrix(rowCount: itemCount, columnCount: rank)
    for item in 0..<itemCount { matrix.storage.replaceSubrange(matrix.rowRange(item), with: row(item)) }
    try matrix.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws { self.init(try DenseMatrix(from: decoder)) }
}
