package import RecKernels

/// The rows of any table as texts, column by column, in the order of the file.
package struct RecordTable: Sendable {
  package let names: [String]
  /// One for each name, of equal length.
  package let columns: [TextColumn]
  /// What it was read as, such as "comma-separated text with header"; empty for a table that is no file's.
  package let summary: String
  private let file: OpenedFile?

  package init(names: [String], columns: [TextColumn]) {
    precondition(names.count == columns.count && Set(columns.map(\.count)).count <= 1, "columns of equal length")
    self.names = names
    self.columns = columns
    summary = ""
    file = nil
  }

  /// Reads delimited text, JSON Lines, or a table of an SQLite database, packed or not.
  ///
  /// - Parameters:
  ///   - tables: Names of tables of a database that are taken before others, in this order.
  ///   - query: What is read of a database in place of a table.
  /// - Throws: `DataError` for what is wrong with the file, `Cancelled`.
  package init(contentsOf path: String, tables: [String] = [], query: String? = nil, execution: Execution) throws {
    var options = LoadOptions()
    // Numbers in every column make no matrix of ratings of it.
    options.kind = .items
    options.table = try SQLiteTable.preferred(tables, in: path)
    options.query = query
    let file = try OpenedFile(path, known: nil, options: options, execution: execution)
    let (text, shape) = (file.source, file.shape)
    let chunks = try text.chunks(from: shape.dataStart, shape.dialect, LoadOptions(), execution)
    let reader = RecordReader(text: text, dialect: shape.dialect, columnCount: shape.columns.count)
    let parts = execution.workers.map(chunks.count) { chunk in
      execution.cancellation.isCancelled
        ? RecordReader.Part() : reader.read(chunks.bounds[chunk]..<chunks.bounds[chunk + 1])
    }
    try execution.checkpoint()
    if let error = parts.lazy.compactMap(\.error).first { throw DataError.malformed(error) }
    names = shape.columns
    columns = shape.columns.indices.map { column in TextColumn(joining: parts.map { $0.columns[column] }) }
    summary = file.summary
    self.file = file
    if rowCount == 0 { throw DataError.empty(path: path) }
  }

  package var rowCount: Int { columns.first?.count ?? 0 }

  /// The place of a column, by its name without case and punctuation, the more preferred name first.
  package func place(ofColumn names: [String]) -> Int? { ColumnNames.place(names, in: self.names) }

  /// The numbers of a column, an empty text being `missing`.
  ///
  /// - Throws: `DataError.malformed` at the first that is none or is not finite.
  package func numbers(_ column: Int, missing: Double) throws(DataError) -> [Double] {
    let texts = columns[column]
    var numbers: [Double] = []
    numbers.reserveCapacity(texts.count)
    for row in 0..<texts.count {
      let text = texts.utf8(row)
      if text.isEmpty {
        numbers.append(missing)
        continue
      }
      let bytes = Array(text)
      guard let number = TextScan.decimal(bytes.span) ?? Double(String(decoding: text, as: UTF8.self)), number.isFinite
      else { throw notNumber(row: row, column: column) }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether every text of a column that is not empty is a finite number, and there is one.
  package func hasNumbers(_ column: Int) -> Bool {
    guard let numbers = try? numbers(column, missing: .nan) else { return false }
    return numbers.contains { !$0.isNaN }
  }

  /// The error of a field that is no number, at its place in the file.
  private func notNumber(row: Int, column: Int) -> DataError {
    let expected = "a number as '\(names[column])'"
    guard let (text, shape) = file.map({ ($0.source, $0.shape) }) else {
      return .malformed(
        Malformed(
          .notNumber, at: TextPosition(path: "the table", line: row + 1, column: 1, length: 1, text: "", caret: 1),
          expected: expected, found: "'\(columns[column][row])'"))
    }
    let bytes = text.file.bytes
    var fields: [FieldSlice] = []
    var place = shape.dataStart
    var left = row
    while place < bytes.count {
      let record = TextScan.record(
        bytes, at: place, separator: shape.dialect.separator, quoting: shape.dialect.isQuoting)
      place = record.upperBound
      shape.dialect.cut(bytes, record, into: &fields)
      if RecordReader.isBlank(fields, columnCount: names.count) { continue }
      if left == 0 { return .malformed(text.malformed(.notNumber, fields[column].range, expected: expected)) }
      left -= 1
    }
    preconditionFailure("the row was read from the file")
  }
}

/// Reads the rows of a chunk of a table.
private struct RecordReader: Sendable {
  struct Part: Sendable {
    var columns: [TextColumn] = []
    var error: Malformed?
  }

  let text: TextSource
  let dialect: Dialect
  let columnCount: Int

  /// Whether a record is an empty line.
  static func isBlank(_ fields: [FieldSlice], columnCount: Int) -> Bool {
    fields.count == 1 && fields[0].range.isEmpty && fields[0].stray == nil && columnCount > 1
  }

  func read(_ range: Range<Int>) -> Part {
    var part = Part(columns: (0..<columnCount).map { _ in TextColumn() })
    var fields: [FieldSlice] = []
    var place = range.lowerBound
    let bytes = text.file.bytes
    while place < range.upperBound {
      let record = TextScan.record(bytes, at: place, separator: dialect.separator, quoting: dialect.isQuoting)
      place = record.upperBound
      dialect.cut(bytes, record, into: &fields)
      if Self.isBlank(fields, columnCount: columnCount) { continue }
      part.error = error(fields, record)
      if part.error != nil { return part }
      for (column, field) in fields.enumerated() {
        if field.hasDoubledQuotes {
          part.columns[column].append(utf8: field.content(bytes))
        } else {
          part.columns[column].append(span: bytes.extracting(field.range))
        }
      }
    }
    return part
  }

  private func error(_ fields: [FieldSlice], _ record: Range<Int>) -> Malformed? {
    if record.count > TextScan.longestRecord { return text.longLine(at: record.lowerBound) }
    if let malformed = RowExaminer.structureError(text, fields, expected: columnCount, record, dialect) {
      return malformed
    }
    return TextScan.invalidUTF8(text.file.bytes.extracting(record)).map {
      text.invalidUTF8(at: record.lowerBound + $0)
    }
  }
}
