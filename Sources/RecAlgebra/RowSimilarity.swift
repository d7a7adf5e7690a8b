import RecKernels

/// How alike sparse rows are: any row against all rows of a matrix, without a dense matrix of all pairs.
///
/// It holds the transpose of the matrix, whose rows are added up, weighted by the entries of the row that is compared.
/// Only similarities greater than 0 are given. The same bits for any number of threads.
package struct RowSimilarity: Sendable, Equatable, Codable {
  /// What two rows are compared by.
  package enum Measure: Sendable, Equatable, Codable {
    /// The cosine of the columns that both rows have.
    case commonCosine
    /// 1 / (1 + mean squared difference), over the columns that both rows have.
    case inverseDifference
    /// Pearson's correlation over the columns that both rows have.
    case correlation
    /// The product of the whole rows.
    case product
    /// The product of the whole rows divided by the product of their lengths.
    case cosine
    /// The product divided by what the lengths leave when it is taken from their sum: Jaccard's, if values are 1.
    case union
  }

  /// How a similarity is made smaller where it rests on little.
  package struct Damping: Sendable, Equatable, Codable {
    /// Two rows need so many common columns; only for measures of common columns.
    package var support = 1
    /// With n common columns, a similarity of common columns is multiplied by `(n − less) / (n − less + shrink)`; of the
    /// others, `shrink` is added to what the product is divided by.
    package var shrink = 0.0
    package var less = 0.0
    package init() {}
  }

  package let measure: Measure
  package let damping: Damping
  /// columns × rows.
  package let transpose: SparseRows
  /// What the measure divides by; (rows,), empty where it needs none.
  package let lengths: [Float]

  package var rowCount: Int { transpose.columnCount }

  /// - Parameters:
  ///   - transpose: the rows to compare, transposed: each of its columns is one of them.
  ///   - lengths: for `cosine` the Euclidean length of each row, for `union` what it has in all; else empty.
  package init(_ measure: Measure, _ damping: Damping = Damping(), transpose: SparseRows, lengths: [Float] = []) {
    self.measure = measure
    self.damping = damping
    self.transpose = transpose
    self.lengths = lengths
    precondition(isConsistent, "a length for each row, where the measure needs them")
  }

  /// Whether there is a length for each row, where the measure needs them.
  package var isConsistent: Bool {
    switch measure {
    case .cosine, .union: lengths.count == rowCount
    default: lengths.isEmpty
    }
  }

  /// Memory for comparing one row after the other.
  package struct Scratch: ~Copyable {
    /// Columns of the rows that were found alike, ascending; the first `count` are valid.
    package fileprivate(set) var rows: [Int32]
    /// How alike each is.
    package fileprivate(set) var values: [Float]
    package fileprivate(set) var count = 0
    fileprivate var moments: [Double]
    fileprivate var marks: [UInt8]
    fileprivate var sums: [Float]
    fileprivate var bits: [UInt32]

    package init(for similarity: RowSimilarity) {
      let count = similarity.rowCount
      let moments = similarity.momentCount?.rawValue ?? 0
      rows = [Int32](repeating: 0, count: count)
      values = [Float](repeating: 0, count: count)
      bits = [UInt32](repeating: 0, count: count)
      self.moments = [Double](repeating: 0, count: moments * count)
      let blocks = (count + NeighborKernels.blockLength - 1) / NeighborKernels.blockLength
      marks = [UInt8](repeating: 0, count: moments > 0 ? blocks : 0)
      sums = [Float](repeating: 0, count: moments > 0 ? 0 : count)
    }
  }

  /// The `keep` rows that are most alike to one, of equal ones those with the smaller index, in order of their index.
  ///
  /// - Parameters:
  ///   - columns: the columns of the row that is compared, ascending; columns of the compared matrix.
  ///   - length: what the measure divides by.
  ///   - own: the row's index, if it is one of the matrix: it is left out.
  package func compare(
    columns: Span<Int32>, values: Span<Float>, length: Float, own: Int?, keep: Int, scratch: inout Scratch
  ) {
    let found =
      momentKind == nil
      ? findProducts(
        columns, values, length: length, own: own, keep: keep, &scratch.sums, rows: &scratch.rows,
        found: &scratch.values)
      : findMoments(
        columns, values, own: own, &scratch.moments, &scratch.marks, rows: &scratch.rows, found: &scratch.values)
    scratch.count = NeighborKernels.keepLargest(
      keep, of: found, columns: &scratch.rows, values: &scratch.values, scratch: &scratch.bits)
  }

  /// Finds the rows that are alike by what they have in common; gives how many there are.
  private func findMoments(
    _ columns: Span<Int32>, _ values: Span<Float>, own: Int?, _ moments: inout [Double], _ marks: inout [UInt8],
    rows: inout [Int32], found: inout [Float]
  ) -> Int {
    guard let momentCount, let momentKind else { return 0 }
    var moments = moments.mutableSpan
    var marks = marks.mutableSpan
    var rows = rows.mutableSpan
    var found = found.mutableSpan
    NeighborKernels.addMoments(
      momentCount, columns, weights: values, offsets: transpose.offsets.span, columns: transpose.columns.span,
      values: transpose.values.span, columnCount: rowCount, into: &moments, marks: &marks)
    if let own { moments[own * momentCount.rawValue] = 0 }
    return NeighborKernels.similarities(
      momentKind, momentCount, support: Double(max(1, damping.support)), less: damping.less, shrink: damping.shrink,
      columnCount: rowCount, moments: &moments, marks: &marks, columns: &rows, values: &found)
  }

  /// Finds the rows whose product with one is positive, or the `keep` largest of those; gives how many there are.
  private func findProducts(
    _ columns: Span<Int32>, _ values: Span<Float>, length: Float, own: Int?, keep: Int,
    _ sums: inout [Float], rows: inout [Int32], found: inout [Float]
  ) -> Int {
    var sums = sums.mutableSpan
    var rows = rows.mutableSpan
    var found = found.mutableSpan
    sums.update(repeating: 0)
    NeighborKernels.addRows(
      columns, weights: values, offsets: transpose.offsets.span, columns: transpose.columns.span,
      values: transpose.values.span, columnCount: rowCount, into: &sums)
    NeighborKernels.divide(&sums, by: division, own: length, lengths: lengths.span, shrink: Float(damping.shrink))
    if let own { sums[own] = 0 }
    if keep <= Self.few {
      // Most values only meet a comparison with the least of the best so far.
      let best = topK(scores: sums.span, k: keep).filter { $0.score > 0 }.sorted { $0.index < $1.index }
      for (place, entry) in best.enumerated() {
        rows[place] = entry.index
        found[place] = entry.score
      }
      return best.count
    }
    return NeighborKernels.collectPositive(sums.span, columns: &rows, values: &found)
  }

  /// So many are sought by a heap rather than by their digits.
  private static let few = 128

  private var momentCount: NeighborKernels.MomentCount? {
    switch measure {
    case .commonCosine, .inverseDifference: .four
    case .correlation: .eight
    case .product, .cosine, .union: nil
    }
  }

  private var momentKind: NeighborKernels.Similarity? {
    switch measure {
    case .commonCosine: .commonCosine
    case .inverseDifference: .inverseDifference
    case .correlation: .correlation
    case .product, .cosine, .union: nil
    }
  }

  private var division: NeighborKernels.Division {
    switch measure {
    case .cosine: .productOfLengths
    case .union: .unionOfLengths
    default: .nothing
    }
  }
}
