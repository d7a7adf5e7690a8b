import RecKernels

/// A file of users or items, read into a table; a later row of the same id replaces an earlier one.
struct EntityFile<Kind: EntityKind>: Sendable {
  let path: String
  let table: EntityTable<Kind>
  let duplicateCount: Int
  let skippedCount: Int
  let skippedLines: [Malformed]

  /// - Parameter files: read as one table; they have the same columns. Not empty.
  init(_ files: [OpenedFile], idColumn: Int, options: LoadOptions, execution: Execution) throws {
    let (source, shape, layout) = (files[0].source, files[0].shape, files[0].layout)
    path = source.path
    let parts = try files.flatMap { file in
      guard file.shape.columns == shape.columns else {
        throw DataError.unsuitableOption(
          option: "path", reason: "names '\(file.source.path)' and '\(source.path)', whose columns differ")
      }
      return try Self.chunks(file, idColumn: idColumn, options: options, execution: execution)
    }
    skippedCount = parts.reduce(0) { $0 + $1.skippedCount }
    skippedLines = Array(parts.flatMap(\.skippedLines).prefix(SkippedRecords.keptStarts))
    let rowCount = parts.reduce(0) { $0 + $1.rowCount }
    if rowCount == 0 {
      if let first = skippedLines.first { throw DataError.nothingLeft(skipped: skippedCount, first: first) }
      throw DataError.empty(path: source.path)
    }
    guard rowCount <= Int(Int32.max) else {
      throw DataError.tooMany(path: source.path, what: "rows", limit: Int(Int32.max))
    }
    let columns = execution.workers.map(shape.columns.count) { column in
      TextColumn(joining: parts.map { $0.columns[column] })
    }
    let (ids, order) = Vocabulary<Kind>.sorting(columns[idColumn])
    duplicateCount = rowCount - order.count
    let named = shape.columns.enumerated().map { FieldSource(name: $1, column: columns[$0], place: $0) }
    let choices = try FieldChoices(shape, options: options, labelSeparator: files[0].labelSeparator, path: path)
    let fields = FieldBuilder(
      order: order, flags: layout?.flags, idColumn: idColumn, hasHeader: shape.hasUsualNames, choices: choices
    ).fields(named, workers: execution.workers)
    table = EntityTable(ids: ids, fields: FieldTable(fields, describedCount: order.count))
  }

  private static func chunks(
    _ file: OpenedFile, idColumn: Int, options: LoadOptions, execution: Execution
  ) throws -> [EntityChunk] {
    let (source, shape) = (file.source, file.shape)
    let chunks = try source.chunks(from: shape.dataStart, shape.dialect, options, execution)
    let reader = EntityChunkReader(
      source: source, dialect: shape.dialect, columnCount: shape.columns.count, idColumn: idColumn,
      skips: options.skipsMalformedLines, noun: Kind.noun)
    let parts = execution.workers.map(chunks.count) { chunk in
      execution.cancellation.isCancelled
        ? EntityChunk(columnCount: 0) : reader.read(chunks.bounds[chunk]..<chunks.bounds[chunk + 1])
    }
    try execution.checkpoint()
    if let error = parts.lazy.compactMap(\.error).first { throw DataError.malformed(error) }
    return parts
  }
}

extension EntityFile where Kind == Item {
  /// Tags that users gave items, as a text of each item: all of them, ascending, a space between two.
  ///
  /// A tag that several users gave stands as often. The rows of other columns than item and tag say nothing.
  init(tags files: [OpenedFile], options: LoadOptions, execution: Execution) throws {
    let (source, shape) = (files[0].source, files[0].shape)
    guard
      let item = try shape.place("item", options.item, path: source.path)
        ?? ColumnNames.place(ColumnNames.item, in: shape.columns)
    else { throw DataError.noColumn(path: source.path, option: "item", columns: shape.columns) }
    guard
      let tag = try shape.place("text", options.texts.first, path: source.path)
        ?? ColumnNames.place(ColumnNames.tag, in: shape.columns)
    else { throw DataError.noColumn(path: source.path, option: "text", columns: shape.columns) }
    let parts = try files.flatMap { try Self.chunks($0, idColumn: item, options: options, execution: execution) }
    let items = TextColumn(joining: parts.map { $0.columns[item] })
    let tags = TextColumn(joining: parts.map { $0.columns[tag] })
    path = source.path
    duplicateCount = 0
    skippedCount = parts.reduce(0) { $0 + $1.skippedCount }
    skippedLines = Array(parts.flatMap(\.skippedLines).prefix(SkippedRecords.keptStarts))
    if items.count == 0 {
      if let first = skippedLines.first { throw DataError.nothingLeft(skipped: skippedCount, first: first) }
      throw DataError.empty(path: source.path)
    }
    var ids = TextColumn()
    var texts = TextColumn()
    var group: [Int] = []
    func close() {
      guard let first = group.first else { return }
      ids.append(utf8: items.utf8(first))
      let sorted = group.map { tags.utf8($0) }.sorted { $0.lexicographicallyPrecedes($1) }
      texts.append(utf8: Array(sorted.joined(separator: [0x20])))
      group.removeAll(keepingCapacity: true)
    }
    for place in items.sortedPlaces().map({ Int($0) }) {
      if let first = group.first, !items.utf8(first).elementsEqual(items.utf8(place)) { close() }
      group.append(place)
    }
    close()
    let (vocabulary, order) = Vocabulary<Item>.sorting(ids)
    var column = TextColumn()
    for row in order { column.append(utf8: texts.utf8(row)) }
    table = EntityTable(
      ids: vocabulary, fields: FieldTable([(name: "tags", column: .text(column))], describedCount: order.count))
  }
}

/// The rows of a chunk of a table, column by column.
private struct EntityChunk: Sendable {
  var columns: [TextColumn]
  var error: Malformed?
  var skippedCount = 0
  var skippedLines: [Malformed] = []
  var rowCount: Int { columns.first?.count ?? 0 }

  init(columnCount: Int) { columns = (0..<columnCount).map { _ in TextColumn() } }
}

private struct EntityChunkReader: Sendable {
  let source: TextSource
  let dialect: Dialect
  let columnCount: Int
  let idColumn: Int
  let skips: Bool
  let noun: String

  func read(_ range: Range<Int>) -> EntityChunk {
    var chunk = EntityChunk(columnCount: columnCount)
    var fields: [FieldSlice] = []
    var place = range.lowerBound
    let bytes = source.file.bytes
    while place < range.upperBound {
      let record = TextScan.record(
        bytes, at: place, separator: dialect.separator, quoting: dialect.isQuoting)
      place = record.upperBound
      dialect.cut(bytes, record, into: &fields)
      if fields.count == 1, fields[0].range.isEmpty, fields[0].stray == nil, columnCount > 1 { continue }
      if let malformed = error(fields, record) {
        if !skips {
          chunk.error = malformed
          return chunk
        }
        chunk.skippedCount += 1
        if chunk.skippedLines.count < SkippedRecords.keptStarts { chunk.skippedLines.append(malformed) }
        continue
      }
      for (column, field) in fields.enumerated() {
        if field.hasDoubledQuotes {
          chunk.columns[column].append(utf8: field.content(bytes))
        } else {
          chunk.columns[column].append(span: bytes.extracting(field.range))
        }
      }
    }
    return chunk
  }

  private func error(_ fields: [FieldSlice], _ record: Range<Int>) -> Malformed? {
    if record.count > TextScan.longestRecord { return source.longLine(at: record.lowerBound) }
    if let malformed = RowExaminer.structureError(source, fields, expected: columnCount, record, dialect) {
      return malformed
    }
    if let place = TextScan.invalidUTF8(source.file.bytes.extracting(record)) {
      return source.invalidUTF8(at: record.lowerBound + place)
    }
    let id = fields[idColumn].range
    return id.isEmpty ? source.malformed(.emptyID, id, expected: "the \(noun)'s id") : nil
  }
}
