package import RecKernels

/// A way to write a table into a file.
package struct TableFormat: Sendable {
  /// The ending of the file's name, such as "csv".
  package let ending: String
  /// One line without a full stop.
  package let summary: String
  /// Other endings that mean the same.
  let otherEndings: [String]
  private let content: Content

  private enum Content: Sendable {
    /// What stands before the rows, and one row with its line end, given the names of the columns.
    case lines(
      head: @Sendable ([String]) -> [UInt8], row: @Sendable ([TableCell], [String], inout [UInt8]) -> Void)
    /// A table of a database.
    case database
  }

  package static let all: [TableFormat] = [.csv, .tsv, .jsonLines, .sqlite]

  /// The format of a path by its ending, without regard to case.
  package init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."),
      let format = Self.all.first(where: {
        let ending = name[name.index(after: dot)...].lowercased()
        return $0.ending == ending || $0.otherEndings.contains(ending)
      })
    else { return nil }
    self = format
  }

  init(
    ending: String, summary: String, head: @escaping @Sendable ([String]) -> [UInt8],
    row: @escaping @Sendable ([TableCell], [String], inout [UInt8]) -> Void
  ) {
    self.ending = ending
    self.summary = summary
    otherEndings = []
    content = .lines(head: head, row: row)
  }

  /// A database.
  init(database ending: String, orElse others: [String], summary: String) {
    self.ending = ending
    self.summary = summary
    otherEndings = others
    content = .database
  }

  /// Writes all rows into a file, which is there in full afterwards or as it was before.
  ///
  /// - Returns: the number of rows.
  /// - Throws: `DataError.notWritable`, `DataError.isFolder`, `Cancelled`, and what the rows throw.
  @discardableResult
  package func write(_ rows: some TableRows, to path: String, execution: Execution) throws -> Int {
    switch content {
    case .lines(let head, let row): try write(rows, head, row, to: path, execution)
    case .database: try SQLiteTable.write(rows, to: path, execution: execution)
    }
  }

  private func write(
    _ rows: some TableRows, _ head: @Sendable ([String]) -> [UInt8],
    _ row: @Sendable ([TableCell], [String], inout [UInt8]) -> Void, to path: String, _ execution: Execution
  ) throws -> Int {
    var rows = rows
    var file = try AtomicFile(replacing: path)
    let names = rows.columnNames
    try file.write(head(names))
    var count = 0
    var line: [UInt8] = []
    while let group = try rows.next() {
      try execution.checkpoint()
      execution.report(Progress(label: "save", fraction: rows.fractionDone))
      for cells in group {
        line.removeAll(keepingCapacity: true)
        row(cells, names, &line)
        try file.write(line)
      }
      count += group.count
    }
    try file.finish()
    return count
  }
}

extension TableCell {
  /// A number as short as it can be written so that reading it gives it back; whole ones without a point.
  static func text(_ number: Double) -> String {
    if number == number.rounded(), number.magnitude < 1e15 { return String(Int64(number)) }
    return "\(number)"
  }
}
