import RecKernels

/// Makes rows of a table from the lines of a text that is none; one conformer for each such format.
///
/// The rows are delimited text (RFC 4180, commas), which then is read like any file; what is wrong with a row is told at
/// the line that it came from.
protocol LineConverter: Sendable {
  /// The names of the table's columns.
  var columns: [String] { get }

  /// Appends the rows of a line, each with its line feed.
  ///
  /// - Parameters:
  ///   - line: without its line end.
  ///   - number: from 0.
  /// - Returns: how many rows.
  func append(
    _ line: Range<Int>, number: Int, of bytes: Span<UInt8>, scratch: inout LineScratch, to rows: inout [UInt8]
  ) -> Int

  /// What is wrong with a line as such; such a line gives one row, `FieldText.malformedRow`.
  func problem(_ line: Range<Int>, of source: TextSource) -> Malformed?

  /// The bytes of a line that a field of one of its rows came from, and what to call them where they are not there.
  func place(
    ofField field: Int, row: Int, line: Range<Int>, of source: TextSource
  ) -> (range: Range<Int>, found: String?)
}

/// Memory that the conversion of one line after another uses again.
struct LineScratch {
  var members: [JSONMember] = []
  var places: [Int] = []
  var fields: [FieldSlice] = []
  /// Keys that the converter does not know.
  var unknownKeys: [[UInt8]] = []
}

/// Fields of delimited text.
enum FieldText {
  static let separator = Separator(UInt8(ascii: ","))

  /// A row of no table: it has too many fields for every one of up to a thousand columns.
  static func malformedRow(columnCount: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: ","), count: columnCount) + [0x0A]
  }

  /// Appends a field, in quotation marks where it needs them.
  static func append(_ field: Span<UInt8>, to row: inout [UInt8]) {
    let count = field.count
    if count == 0 { return }
    var needsQuotes = field[0] == 0x20 || field[count - 1] == 0x20
    for place in 0..<count {
      let byte = field[place]
      if byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { needsQuotes = true }
    }
    if !needsQuotes {
      for place in 0..<count { row.append(field[place]) }
      return
    }
    row.append(0x22)
    for place in 0..<count {
      if field[place] == 0x22 { row.append(0x22) }
      row.append(field[place])
    }
    row.append(0x22)
  }
}

extension LineConverter {
  /// The table as a text of its own, made in parallel, and the keys that the converter did not know.
  ///
  /// - Parameter start: the first byte that is converted.
  func convert(
    _ source: TextSource, from start: Int, execution: Execution
  ) throws -> (source: TextSource, unknownKeys: [[UInt8]]) {
    let dialect = Dialect(separator: FieldText.separator, isQuoting: false)
    let chunks = try source.chunks(from: start, dialect, LoadOptions(), execution)
    let parts = execution.workers.map(chunks.count) { chunk in
      var rows: [UInt8] = []
      var scratch = LineScratch()
      if execution.cancellation.isCancelled { return (rows, scratch.unknownKeys) }
      let bytes = source.file.bytes
      let end = chunks.bounds[chunk + 1]
      rows.reserveCapacity(end - chunks.bounds[chunk])
      var place = chunks.bounds[chunk]
      var number = chunks.rows[chunk]
      while place < end {
        let line = Line.range(bytes, from: place)
        _ = append(line, number: number, of: bytes, scratch: &scratch, to: &rows)
        place = Line.next(bytes, behind: line)
        number += 1
      }
      execution.report(Progress(label: "load", fraction: Double(end) / Double(max(1, source.file.count))))
      return (rows, scratch.unknownKeys)
    }
    try execution.checkpoint()
    let texts = parts.map(\.0)
    let origin = LineOrigin(source: source, converter: self, start: start)
    let converted = TextSource(converted: FileBytes(joining: texts), path: source.path, origin: origin)
    return (converted, parts.flatMap(\.1))
  }
}

/// Lines of a text, without their ends.
enum Line {
  static func range(_ bytes: Span<UInt8>, from start: Int) -> Range<Int> {
    var end = TextScan.find(0x0A, in: bytes, from: start)
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The start of the line behind one.
  static func next(_ bytes: Span<UInt8>, behind line: Range<Int>) -> Int {
    min(bytes.count, TextScan.find(0x0A, in: bytes, from: line.upperBound) + 1)
  }
}

/// Where the rows of a converted text came from.
struct LineOrigin<Converter: LineConverter>: TextOrigin {
  let source: TextSource
  let converter: Converter
  let start: Int

  func malformed(row: Int, field: Int, as malformed: Malformed) -> Malformed {
    let bytes = source.file.bytes
    var scratch = LineScratch()
    var rows: [UInt8] = []
    var place = start
    var number = 0
    var first = 0
    while place < bytes.count {
      let line = Line.range(bytes, from: place)
      rows.removeAll(keepingCapacity: true)
      let count = converter.append(line, number: number, of: bytes, scratch: &scratch, to: &rows)
      if row < first + count {
        if let problem = converter.problem(line, of: source) { return problem }
        let (range, found) = converter.place(ofField: field, row: row - first, line: line, of: source)
        return source.malformed(
          malformed.kind, range, expected: malformed.expected, found: found, hint: malformed.hint)
      }
      first += count
      place = Line.next(bytes, behind: line)
      number += 1
    }
    return malformed
  }
}
