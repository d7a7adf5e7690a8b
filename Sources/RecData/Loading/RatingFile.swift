import RecKernels

/// A file of ratings or events, read into columns; or several files as one.
struct RatingFile: Sendable {
  var rows: ScannedRows
  /// Whether the values are opinions, and not weights of events.
  let hasRatings: Bool
  /// The session of each row, where a column tells it.
  private(set) var sessions: ScannedIDs?
  private(set) var skippedCount: Int
  private(set) var skippedLines: [Malformed]
  private(set) var timeForm: TimeForm?
  /// The columns that were used, by role, and those that were not.
  let used: [ColumnUse]
  let unused: [String]

  init(_ file: OpenedFile, options asked: LoadOptions, execution: Execution) throws {
    var options = asked
    if file.hasOwnColumns { (options.user, options.item, options.rating) = (nil, nil, nil) }
    let (source, shape) = (file.source, file.shape)
    let columns = try RatingColumns(shape, options: options, path: source.path)
    let extra = columns.event ?? columns.session
    var layout = RowLayout(
      separator: shape.dialect.separator, isQuoting: shape.dialect.isQuoting,
      roles: columns.roles(count: shape.columns.count, event: extra))
    if columns.rating != nil {
      layout.scale = options.scale ?? -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
      layout.missing = options.missing
    }
    let chunks = try source.chunks(from: shape.dataStart, shape.dialect, options, execution)
    guard chunks.rows[chunks.count] <= Int(Int32.max) else {
      throw DataError.tooMany(path: source.path, what: "rows", limit: Int(Int32.max))
    }
    let scan = RatingScan(source: source, chunks: chunks, shape: shape, options: options)
    (rows, skippedCount, skippedLines) = try scan.rows(layout, execution)
    if columns.session != nil {
      if columns.event == nil {
        swap(&rows.events, &sessions)
      } else {
        // The same rows again: what stands in the column of events decides nothing.
        layout.roles = columns.roles(count: shape.columns.count, event: columns.session)
        sessions = try scan.rows(layout, execution).rows.events
      }
    }
    hasRatings = columns.rating != nil && !columns.isQuantity && ![.sum, .count].contains(options.combine)
    let uses: [(String, Int?)] = [
      ("user", columns.user), ("item", columns.item), (columns.isQuantity ? "quantity" : "rating", columns.rating),
      ("time", columns.time), ("event", columns.event), ("session", columns.session),
    ]
    used = uses.compactMap { role, place in place.map { ColumnUse(role: role, column: shape.columns[$0]) } }
    let places = Set(uses.compactMap(\.1))
    unused = shape.columns.indices.filter { !places.contains($0) }.map { shape.columns[$0] }
    timeForm = columns.timeForm(shape)
    if let place = columns.time {
      let form = timeForm ?? .seconds
      let outside = try scan.bringToSeconds(&rows.times, form, column: place, layout, execution)
      if !outside.lines.isEmpty {
        skippedLines = Array((skippedLines + outside.lines).prefix(SkippedRecords.keptStarts))
        skippedCount += outside.count
        let times = rows.times
        keep(times.indices.filter { TimeForm.range.contains(times[$0]) })
      }
    }
    if !options.weights.isEmpty { try weigh(options.weights) }
    if rows.count == 0 {
      if let first = skippedLines.first { throw DataError.nothingLeft(skipped: skippedCount, first: first) }
      throw DataError.empty(path: source.path)
    }
  }

  /// Several files as one, in their order.
  ///
  /// - Parameter paths: of the files, for errors.
  init(joining files: [RatingFile], paths: [String]) throws(DataError) {
    let first = files[0]
    func form(_ file: RatingFile) -> [Bool] {
      [file.rows.ratings.isEmpty, file.rows.times.isEmpty, file.hasRatings, file.sessions == nil]
    }
    if let place = files.indices.first(where: { form(files[$0]) != form(first) }) {
      throw .unsuitableOption(
        option: "path", reason: "names '\(paths[0])' and '\(paths[place])', of which only one has ratings or times")
    }
    rows = ScannedRows(
      users: ScannedIDs(joining: files.map(\.rows.users)), items: ScannedIDs(joining: files.map(\.rows.items)),
      events: nil, ratings: Array(files.map(\.rows.ratings).joined()), times: Array(files.map(\.rows.times).joined()))
    hasRatings = first.hasRatings
    sessions = first.sessions == nil ? nil : ScannedIDs(joining: files.compactMap(\.sessions))
    skippedCount = files.reduce(0) { $0 + $1.skippedCount }
    skippedLines = Array(files.flatMap(\.skippedLines).prefix(SkippedRecords.keptStarts))
    timeForm = first.timeForm
    used = first.used
    unused = first.unused
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
    keep(values.indices.filter { values[$0] != 0 })
  }

  /// Leaves only some rows, given by ascending places.
  private mutating func keep(_ places: [Int]) {
    rows.keep(places)
    rows.events = rows.events?.keeping(places)
    sessions = sessions?.keeping(places)
  }
}

/// Which column of the file is what.
package struct ColumnUse: Sendable, Equatable {
  package let role: String
  package let column: String
}

extension ScannedIDs {
  /// The ids of several files, one behind the other.
  fileprivate init(joining columns: [ScannedIDs]) {
    var codes: [Int32] = []
    codes.reserveCapacity(columns.reduce(0) { $0 + $1.codes.count })
    var tables: [TextTable] = []
    for column in columns {
      let first = codes.count
      codes += column.codes
      switch column.meaning {
      case .texts(let parts):
        tables += parts.map {
          TextTable(rows: first + $0.rows.lowerBound..<first + $0.rows.upperBound, bytes: $0.bytes, starts: $0.starts)
        }
      case .numbers(let numbers):
        tables.append(TextTable(rows: first..<codes.count, texts: numbers.map { Array(String($0).utf8)[...] }))
      }
    }
    self.init(codes: codes, meaning: .texts(tables))
  }
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
