import RecAlgebra

/// The chosen entries of some rows of a dataset.
struct PartBuilder: Sendable {
  private let source: Dataset
  private let rows: Range<Int>
  private var offsets = [0]
  private var columns: [Int32] = []
  private var values: [Float] = []
  private var times: [Int64] = []

  init(_ source: Dataset, rows: Range<Int>) {
    self.source = source
    self.rows = rows
  }

  /// The entries of blocks of rows that follow each other, together all rows.
  init(_ source: Dataset, joining blocks: [PartBuilder]) {
    self.init(source, rows: 0..<source.interactions.rowCount)
    reserve(blocks.reduce(0) { $0 + $1.columns.count })
    for block in blocks {
      let start = columns.count
      for offset in block.offsets.dropFirst() { offsets.append(start + offset) }
      columns.append(contentsOf: block.columns)
      values.append(contentsOf: block.values)
      times.append(contentsOf: block.times)
    }
  }

  private mutating func reserve(_ count: Int) {
    offsets.reserveCapacity(rows.count + 1)
    columns.reserveCapacity(count)
    values.reserveCapacity(count)
    if !source.times.isEmpty { times.reserveCapacity(count) }
  }

  /// Appends the entries that are kept of all its rows.
  mutating func append(_ isKept: (Int) -> Bool) {
    let interactions = source.interactions
    let allTimes = source.times
    reserve(interactions.offsets[rows.upperBound] - interactions.offsets[rows.lowerBound])
    for row in rows {
      for entry in interactions.row(row) where isKept(entry) {
        columns.append(interactions.columns[entry])
        values.append(interactions.values[entry])
        if !allTimes.isEmpty { times.append(allTimes[entry]) }
      }
      offsets.append(columns.count)
    }
  }

  func dataset(_ role: DatasetRole) -> Dataset {
    let kept = SparseRows(
      rowCount: source.interactions.rowCount, columnCount: source.interactions.columnCount, offsets: offsets,
      columns: columns, values: values)
    var part = Dataset(
      name: source.name, entities: source.entities, interactions: kept, times: times, feedback: source.feedback,
      role: role)
    part.preparation = source.preparation
    part.cutoff = source.cutoff
    return part
  }
}
