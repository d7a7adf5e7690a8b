import RecKernels

/// A file of ratings or events, read into columns.
struct RatingFile: Sendable {
  let path: String
  var rows: ScannedRows
  let hasRatings: Bool
  let skipped: SkippedRecords
  let skippedLines: [Malformed]
  /// The columns that were used, by role, and those that were not.
  let used: [ColumnUse]
  let unused: [String]

  init(_ source: TextSource, shape: TableShape, options: LoadOptions, execution: Execution) throws {
    path = source.path
    let columns = try RatingColumns(shape, options: options, path: source.path)
    var layout = RowLayout(
      separator: shape.dialect.separator, isQuoting: shape.dialect.isQuoting,
      roles: columns.roles(count: shape.columns.count))
    if columns.rating != nil {
      layout.scale = options.scale ?? -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
      layout.missing = options.missing
    }
    let chunks = try source.chunks(from: shape.dataStart, shape.dialect, options, execution)
    guard chunks.rows[chunks.count] <= Int(Int32.max) else {
      throw DataError.tooMany(path: source.path, what: "rows", limit: Int(Int32.max))
    }
    let examiner = RowExaminer(source: source, layout: layout, columns: shape.columns)
    let skips = options.skipsMalformedLines
    let outcome = try TextScan.rows(source.file, chunks: chunks, layout: layout, execution: execution) { record in
      switch examiner.examine(record) {
      case .row(let row): .row(row)
      case .omitted: .omit
      case .malformed: skips ? .skip : .stop
      }
    }
    func word(_ start: Int) -> Malformed? {
      let record = TextScan.record(
        source.file.bytes, at: start, separator: layout.separator, quoting: layout.isQuoting)
      if case .malformed(let malformed) = examiner.examine(record) { return malformed }
      return nil
    }
    switch outcome {
    case .stopped(let start):
      guard let malformed = word(start) else { preconditionFailure("the row that stopped the scan is malformed") }
      throw DataError.malformed(malformed)
    case .rows(let rows, let skipped):
      let lines = skipped.starts.compactMap(word)
      if rows.count == 0 {
        if let first = lines.first { throw DataError.nothingLeft(skipped: skipped.count, first: first) }
        throw DataError.empty(path: source.path)
      }
      self.rows = rows
      self.skipped = skipped
      skippedLines = lines
    }
    hasRatings = columns.rating != nil
    let uses: [(String, Int?)] = [
      ("user", columns.user), ("item", columns.item), ("rating", columns.rating), ("time", columns.time),
      ("event", columns.event),
    ]
    used = uses.compactMap { role, place in place.map { ColumnUse(role: role, column: shape.columns[$0]) } }
    let places = Set(uses.compactMap(\.1))
    unused = shape.columns.indices.filter { !places.contains($0) }.map { shape.columns[$0] }
    if !options.weights.isEmpty { try weigh(options.weights) }
  }

  /// Replaces each event by its weight.
  private mutating func weigh(_ weights: [EventWeight]) throws(DataError) {
    guard let events = rows.events, case .texts(let tables) = events.meaning else { return }
    var values = [Float](repeating: 0, count: rows.count)
    for table in tables {
      let known = try (0..<table.count).map { index throws(DataError) in
        let name = String(decoding: table[index], as: UTF8.self)
        guard let weight = weights.first(where: { $0.event == name })?.weight else {
          throw DataError.unsuitableOption(
            option: "weights", reason: "has no weight for the event '\(name)': add \(name):0 to leave it out")
        }
        return weight
      }
      for row in table.rows { values[row] = known[Int(events.codes[row])] }
    }
    rows.ratings = values
    rows.events = nil
    // An event that is worth nothing did not happen.
    guard values.contains(0) else { return }
    let kept = values.indices.filter { values[$0] != 0 }
    rows.keep(kept)
  }
}

/// Which column of the file is what.
package struct ColumnUse: Sendable, Equatable {
  package let role: String
  package let column: String
}

extension TextSource {
  /// The chunks of the rows, with failures as data errors.
  func chunks(
    from start: Int, _ dialect: Dialect, _ options: LoadOptions, _ execution: Execution
  ) throws -> RecordChunks {
    do {
      return try TextScan.chunks(
        file, from: start, separator: dialect.separator, quoting: dialect.isQuoting,
        closesQuotes: options.skipsMalformedLines, execution: execution)
    } catch .nulByte(let place) {
      throw DataError.malformed(nulByte(at: place))
    } catch .longRecord(let place) {
      throw DataError.malformed(longLine(at: place))
    } catch .openQuote(let place) {
      throw DataError.malformed(openQuote(at: place))
    } catch .cancelled {
      throw Cancelled()
    }
  }
}
