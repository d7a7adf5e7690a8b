import RecKernels

/// What is known of a single file before a format says it: how its name or its folder lays it out.
struct FileLayout: Sendable {
  /// Names that such a file has, the usual one first.
  var names: [String]
  var kind: TableKind
  /// How the rows are laid out; nil where the content tells.
  var form: RowForm?
  var separator: Separator?
  var isQuoting: Bool?
  var hasHeader: Bool?
  /// Whether bytes that are not UTF-8 are ISO-8859-1.
  var fallsBackToLatin1 = false
  /// What the columns of a file without header are called.
  var columns: [String] = []
  /// Columns of 0 and 1 that together are one field of labels.
  var flags: Flags?

  /// Labels of one field, each with a column of its own.
  struct Flags: Sendable {
    var field: String
    /// The place of the first flag.
    var first: Int
    /// In the order of the columns; an empty label says nothing.
    var labels: [String]
  }
}

/// The columns of a file and where its rows begin.
struct TableShape: Sendable {
  var dialect: Dialect
  var columns: [String]
  var hasHeader: Bool
  /// Whether `columns` are names, from a header or a known layout, and not numbers.
  var hasUsualNames: Bool
  var headerText: String
  /// The fields of the first rows, as text.
  var rows: [[String]]
  var dataStart: Int

  /// Recognises how a file is laid out; options go before the layout, the layout before what the content tells.
  init(_ source: TextSource, options: LoadOptions, layout: FileLayout?) throws(DataError) {
    let dialect: Dialect
    if let separator = try options.askedSeparator() {
      dialect = Dialect(separator: separator, isQuoting: Dialect.quotes(separator))
    } else if let separator = layout?.separator {
      dialect = Dialect(separator: separator, isQuoting: layout?.isQuoting ?? Dialect.quotes(separator))
    } else if let recognized = Dialect.recognized(in: source) {
      dialect = recognized
    } else {
      throw try Self.withoutColumns(source)
    }
    let sample = dialect.sample(source)
    let first = sample.records.first ?? []
    hasHeader =
      options.hasHeader ?? layout?.hasHeader
      ?? ColumnNames.isHeader(first, then: sample.records.count > 1 ? sample.records[1] : nil)
    self.dialect = dialect
    headerText = first.joined(separator: dialect.separator.text)
    rows = Array(sample.records.dropFirst(hasHeader ? 1 : 0))
    if hasHeader {
      columns = first
    } else if let names = layout?.columns, !names.isEmpty {
      columns = names
    } else {
      columns = (1...max(1, sample.fieldCount)).map(String.init)
    }
    hasUsualNames = hasHeader || layout.map { !$0.columns.isEmpty } ?? false
    dataStart = hasHeader ? sample.secondRecord : source.start
    if hasHeader {
      var place = dataStart
      while place < source.file.count, [0x0A, 0x0D, 0x20].contains(source.file.bytes[place]) { place += 1 }
      if place == source.file.count { throw .headerOnly(path: source.path, header: String(headerText.prefix(80))) }
    }
  }

  /// The place of the column that an option names: a name of the header, or a number from 1.
  func place(_ option: String, _ asked: String?, path: String) throws(DataError) -> Int? {
    guard let asked else { return nil }
    if let place = columns.firstIndex(of: asked) { return place }
    let plain = ColumnNames.plain(asked)
    if !plain.isEmpty, let place = columns.firstIndex(where: { ColumnNames.plain($0) == plain }) { return place }
    if let number = Int(asked), (1...columns.count).contains(number) { return number - 1 }
    throw .unknownColumn(path: path, option: option, asked: asked, columns: columns)
  }

  /// The error of a file whose lines have one field each.
  private static func withoutColumns(_ source: TextSource) throws(DataError) -> DataError {
    let bytes = source.file.bytes
    let end = min(bytes.count, TextScan.find(0x0A, in: bytes, from: source.start))
    let nul = TextScan.find(0, in: bytes, from: 0)
    if nul < bytes.count { return .malformed(source.nulByte(at: nul)) }
    if end - source.start > TextScan.longestRecord { return .malformed(source.longLine(at: source.start)) }
    return .malformed(
      source.malformed(
        .noSeparator, source.start..<end, expected: "columns separated by a tab, a comma, ';', '|' or '::'",
        hint: "say sep=CHARACTER if it is another one"))
  }
}

extension TextSource {
  func nulByte(at place: Int) -> Malformed {
    malformed(
      .nulByte, place..<place + 1, expected: "text", found: "a zero byte",
      hint: "the file is binary, or UTF-16: then say encoding=utf-16")
  }

  func longLine(at place: Int) -> Malformed {
    malformed(
      .longLine, place..<place + 1, expected: "a line of at most 16 MB", found: "a longer one",
      hint: "is it a table, one row a line?")
  }

  func openQuote(at place: Int) -> Malformed {
    malformed(
      .openQuote, place..<place + 1, expected: "a closing quotation mark", found: "none up to the end of the file")
  }

  func invalidUTF8(at place: Int) -> Malformed {
    let byte = String(file.bytes[place], radix: 16, uppercase: true)
    return malformed(
      .invalidUTF8, place..<place + 1, expected: "UTF-8", found: "the byte 0x\(byte)",
      hint: "say encoding=iso-8859-1 or encoding=windows-1252 if that is what it is")
  }
}
