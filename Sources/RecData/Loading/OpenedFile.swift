import RecKernels

/// A file that was opened and recognised: its rows as delimited text, and how they are laid out.
struct OpenedFile: Sendable {
  let source: TextSource
  let shape: TableShape
  let layout: FileLayout?
  /// What the answer says it was read as, such as "comma-separated text with header".
  let summary: String
  /// What stands between the labels of a field, where `sep=` can only mean that.
  private(set) var labelSeparator: UInt8?
  /// Whether the columns are ours, and not those that options may name.
  private(set) var hasOwnColumns = false

  /// The path that stands for the standard input.
  static let standardInput = "-"

  /// Opens a file; what kind it is, its first bytes tell, then the options, then the content.
  ///
  /// - Parameter known: the layout of a file that goes by a usual name.
  /// - Throws: `DataError`, `Cancelled`.
  init(_ path: String, known: FileLayout?, options: LoadOptions, execution: Execution) throws {
    var raw = try Self.read(path)
    let name = path == Self.standardInput ? "standard input" : path
    let isPacked = raw.isGzip
    if isPacked { raw = try raw.unpacked(name: name, execution) }
    let packing = isPacked ? ", gzip-compressed" : ""
    if SQLiteTable.isDatabase(raw) {
      guard !isPacked, path != Self.standardInput else {
        throw DataError.notText(path: name, kind: "an SQLite database", remedy: "save it as a file of its own first")
      }
      (source, layout, summary) = try SQLiteTable.open(path, options: options, execution: execution)
      shape = try TableShape(source, options: options.forConverted, layout: layout)
      return
    }
    if let option = options.table.map({ _ in "table" }) ?? options.query.map({ _ in "query" }) {
      throw DataError.unsuitableOption(option: option, reason: "is for SQLite databases, and '\(name)' is none")
    }
    let text = try TextSource(
      path: name, raw: raw, encoding: options.encoding, fallsBackToLatin1: known?.fallsBackToLatin1 ?? false)
    if let converted = try Self.convert(text, known, options, execution) {
      (source, layout) = (converted.source, converted.layout)
      shape = try TableShape(source, options: options.forConverted, layout: layout)
      hasOwnColumns = converted.hasOwnColumns
      summary = converted.summary + packing
      return
    }
    source = text
    layout = known
    var options = options
    if !options.categories.isEmpty, let separator = try options.askedSeparator(), separator.second == nil,
      !text.file[Line.range(text.file.bytes, from: text.start)].contains(separator.first)
    {
      labelSeparator = separator.first
      options.separator = nil
    }
    shape = try TableShape(text, options: options, layout: known)
    summary = shape.summary + packing
  }

  private static func read(_ path: String) throws(DataError) -> FileBytes {
    do {
      return try FileBytes(contentsOf: path == standardInput ? "/dev/stdin" : path)
    } catch {
      throw TextSource.error(error, path)
    }
  }

  private struct Converted {
    var source: TextSource
    var layout: FileLayout
    var summary: String
    var hasOwnColumns: Bool

    init(_ source: TextSource, columns: [String], summary: String, hasOwnColumns: Bool = true) {
      self.source = source
      self.summary = summary
      self.hasOwnColumns = hasOwnColumns
      layout = .converted(columns)
    }
  }

  /// A text that is no table made into one; nil for one that is.
  private static func convert(
    _ text: TextSource, _ known: FileLayout?, _ options: LoadOptions, _ execution: Execution
  ) throws -> Converted? {
    guard known?.separator == nil || options.form != nil else { return nil }
    var place = text.start
    while [0x0A, 0x0D, 0x20, 0x09].contains(text.file.bytes[place]) { place += 1 }
    if options.separator == nil, options.form == nil,
      [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(text.file.bytes[place])
    {
      let (table, converter) = try JSONLines.table(text, options: options, execution: execution)
      return Converted(table, columns: converter.columns, summary: "JSON Lines", hasOwnColumns: false)
    }
    // Files of users and items are tables; so is what has columns that were named.
    guard options.kind == nil || options.kind == .ratings || options.form != nil, options.form != .table else {
      return nil
    }
    let namesColumns = [options.item, options.rating, options.time, options.event].contains { $0 != nil }
    if options.form == nil, namesColumns || options.user != nil { return nil }
    if options.form == nil || options.form == .matrix,
      let matrix = try RatingMatrix(text, options: options, isAsked: options.form == .matrix)
    {
      let start = matrix.hasHeader ? matrix.dialect.sample(text).secondRecord : text.start
      let table = try matrix.convert(text, from: start, execution: execution).source
      return Converted(table, columns: matrix.columns, summary: matrix.summary)
    }
    if let lists = try ItemSequences(text, options: options, asked: options.form) {
      let table = try lists.convert(text, from: text.start, execution: execution).source
      return Converted(table, columns: lists.columns, summary: lists.summary)
    }
    return nil
  }
}

extension FileLayout {
  /// Of a text that was made from something else.
  static func converted(_ columns: [String]) -> FileLayout {
    FileLayout(
      names: [], kind: .ratings, separator: FieldText.separator, isQuoting: true, hasHeader: false, columns: columns)
  }
}

extension LoadOptions {
  /// What of the options is about a text that was made from something else.
  fileprivate var forConverted: LoadOptions {
    var options = self
    options.separator = nil
    options.hasHeader = nil
    return options
  }
}

extension TableShape {
  fileprivate var summary: String {
    let separator =
      switch dialect.separator.text {
      case "\t": "tab-separated"
      case ",": "comma-separated"
      case " ": "space-separated"
      case let other: "'\(other)'-separated"
      }
    return "\(separator) text \(hasHeader ? "with" : "without") header"
  }
}
