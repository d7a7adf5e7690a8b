internal import RecAlgebra
internal import RecKernels

/// Makes the vectors that are compared of ratings: the same for a row that was trained on and for a new one.
///
/// Rows are what is compared (items or users), columns the other side.
struct ComparedVectors: Sendable {
  let comparison: NeighborComparison
  /// What is subtracted from the ratings of each column, or multiplies them; empty where nothing does.
  private let columnTerms: [Double]
  /// The mean of the sums of all rows, for BM25.
  private let meanSum: Double

  /// - Parameters:
  ///   - rows: what is compared × the other side.
  ///   - columnOffsets: the baseline of each column, μ + its bias.
  init(_ comparison: NeighborComparison, rows: SparseRows, columnOffsets: () -> [Double]) {
    self.comparison = comparison
    var sum = 0.0
    switch comparison.similarity {
    case .cosine, .cosineCommon, .pearson, .msd, .jaccard: columnTerms = []
    case .pearsonBaseline: columnTerms = columnOffsets()
    case .adjustedCosine:
      var sums = [Double](repeating: 0, count: rows.columnCount)
      var counts = [Double](repeating: 0, count: rows.columnCount)
      for (column, value) in zip(rows.columns, rows.values) {
        sums[Int(column)] += Double(value)
        counts[Int(column)] += 1
      }
      columnTerms = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    case .bm25, .tfidf:
      var counts = [Int](repeating: 0, count: rows.columnCount)
      for column in rows.columns { counts[Int(column)] += 1 }
      let logarithm = RealFunctions.log(Double(max(1, rows.rowCount)))
      columnTerms = counts.map { logarithm - RealFunctions.log(Double($0) + 1) }
      for value in rows.values { sum += max(0, Double(value)) }
    }
    meanSum = sum / Double(max(1, rows.rowCount))
  }

  /// The vector of one row, with what the similarity divides by.
  ///
  /// - Parameter bias: the baseline's bias of the row.
  func vector(columns: some Collection<Int32>, ratings: some Collection<Float>, bias: Double) -> (
    values: [Float], length: Float
  ) {
    let values: [Float]
    switch comparison.similarity {
    case .cosine, .cosineCommon, .pearson, .msd: values = Array(ratings)
    case .jaccard: values = ratings.map { _ in 1 }
    case .adjustedCosine: values = zip(columns, ratings).map { Float(Double($1) - columnTerms[Int($0)]) }
    case .pearsonBaseline: values = zip(columns, ratings).map { Float(Double($1) - (columnTerms[Int($0)] + bias)) }
    case .tfidf:
      values = zip(columns, ratings).map { Float(max(0, Double($1)).squareRoot() * columnTerms[Int($0)]) }
    case .bm25:
      let (saturation, share) = (comparison.saturation, comparison.lengthShare)
      let sum = ratings.reduce(0) { $0 + max(0, Double($1)) }
      let length = 1 - share + (meanSum > 0 ? share * sum / meanSum : 0)
      values = zip(columns, ratings).map { column, rating in
        let rating = max(0, Double(rating))
        let below = saturation * length + rating
        return below > 0 ? Float(rating * (saturation + 1) / below * columnTerms[Int(column)]) : 0
      }
    }
    switch comparison.similarity.measure {
    case .cosine: return (values, Float(values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()))
    case .union: return (values, Float(values.count))
    default: return (values, 0)
    }
  }

  /// All rows, and how to compare them.
  func similarity(_ rows: SparseRows, biases: (Int) -> Double, workers: Workers) -> (
    rows: SparseRows, similarity: RowSimilarity
  ) {
    let vectors = (0..<rows.rowCount).map { row in
      let entries = rows.row(row)
      return vector(columns: rows.columns[entries], ratings: rows.values[entries], bias: biases(row))
    }
    let weighted = rows.replacingValues(Array(vectors.map(\.values).joined()))
    let hasLengths = [.cosine, .union].contains(comparison.similarity.measure)
    let similarity = RowSimilarity(
      comparison.similarity.measure, comparison.damping, transpose: weighted.transposed(workers),
      lengths: hasLengths ? vectors.map(\.length) : [])
    return (weighted, similarity)
  }
}
