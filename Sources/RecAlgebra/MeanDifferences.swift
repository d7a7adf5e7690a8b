package import RecKernels

/// How rows of a sparse matrix differ from each other on the average, over the columns that both have.
///
/// Only pairs with common columns are kept, each once: entry (i, j), i < j, holds the mean of i − j.
package struct MeanDifferences: Sendable, Equatable, Codable {
  /// The mean differences; rows × rows, above the diagonal.
  package let means: SparseRows
  /// How many columns each mean is of; (means.entryCount,).
  package let counts: [Int32]

  /// Whether there is a number for each mean, and every one lies above the diagonal.
  package var isConsistent: Bool {
    means.rowCount == means.columnCount && counts.count == means.entryCount
      && (0..<means.rowCount).allSatisfy { row in
        let entries = means.row(row)
        return entries.isEmpty || Int(means.columns[entries.lowerBound]) > row
      }
  }

  /// - Parameters:
  ///   - rows: the matrix whose rows are compared.
  ///   - transpose: its transpose.
  ///   - support: so many common columns a pair needs.
  package init(of rows: SparseRows, transpose: SparseRows, support: Int, label: String, _ execution: Execution)
    throws(Cancelled)
  {
    let count = rows.rowCount
    let chunk = 32
    let progress = ProgressCounter(label: label, total: count, execution)
    let parts = execution.workers.map((count + chunk - 1) / chunk) { index in
      var part = Part(count)
      for row in index * chunk..<min(count, (index + 1) * chunk) where !execution.cancellation.isCancelled {
        part.append(row, rows, transpose, support: support)
      }
      progress.add(min(count, (index + 1) * chunk) - index * chunk)
      return part.found
    }
    try execution.checkpoint()
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var counts: [Int32] = []
    let total = parts.reduce(0) { $0 + $1.columns.count }
    columns.reserveCapacity(total)
    values.reserveCapacity(total)
    counts.reserveCapacity(total)
    for part in parts {
      for end in part.ends { offsets.append(columns.count + end) }
      columns += part.columns
      values += part.means
      counts += part.counts
    }
    means = SparseRows(trusted: count, count, offsets, columns, values)
    self.counts = counts
  }

  /// The mean of `row − other` and its number; nil where they have nothing in common.
  package func difference(_ row: Int, _ other: Int) -> (mean: Float, count: Int32)? {
    let (low, high) = (min(row, other), max(row, other))
    let entries = means.row(low)
    var (first, end) = (entries.lowerBound, entries.upperBound)
    while first < end {
      let middle = (first + end) / 2
      if means.columns[middle] < high { first = middle + 1 } else { end = middle }
    }
    guard first < entries.upperBound, Int(means.columns[first]) == high else { return nil }
    return (row < other ? means.values[first] : -means.values[first], counts[first])
  }
}

/// The differences of a chunk of rows, with the memory for finding them.
private struct Part {
  struct Found: Sendable {
    var columns: [Int32] = []
    var means: [Float] = []
    var counts: [Int32] = []
    /// Where each row ends.
    var ends: [Int] = []
  }

  var found = Found()
  private var sums: [Double]
  private var marks: [UInt8]
  private var columns: [Int32]
  private var means: [Float]
  private var counts: [Int32]

  init(_ count: Int) {
    sums = [Double](repeating: 0, count: 2 * count)
    marks = [UInt8](
      repeating: 0, count: (count + DeviationKernels.blockLength - 1) / DeviationKernels.blockLength)
    columns = [Int32](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    counts = [Int32](repeating: 0, count: count)
  }

  mutating func append(_ row: Int, _ rows: SparseRows, _ transpose: SparseRows, support: Int) {
    let number = Self.find(row, rows, transpose, support, &sums, &marks, &columns, &means, &counts)
    found.columns += columns[..<number]
    found.means += means[..<number]
    found.counts += counts[..<number]
    found.ends.append(found.columns.count)
  }

  private static func find(
    _ row: Int, _ rows: SparseRows, _ transpose: SparseRows, _ support: Int, _ sums: inout [Double],
    _ marks: inout [UInt8], _ columns: inout [Int32], _ means: inout [Float], _ counts: inout [Int32]
  ) -> Int {
    let entries = rows.row(row)
    var sums = sums.mutableSpan
    var marks = marks.mutableSpan
    var columns = columns.mutableSpan
    var means = means.mutableSpan
    var counts = counts.mutableSpan
    DeviationKernels.addDifferences(
      rows.columns.span.extracting(entries), weights: rows.values.span.extracting(entries),
      offsets: transpose.offsets.span, columns: transpose.columns.span, values: transpose.values.span,
      columnCount: rows.rowCount, after: row, into: &sums, marks: &marks)
    return DeviationKernels.means(
      support: support, columnCount: rows.rowCount, sums: &sums, marks: &marks, columns: &columns, means: &means,
      counts: &counts)
  }
}
