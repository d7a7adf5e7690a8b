import RecKernels

/// The reading of one file's rows, with what is wrong with them in words.
struct RatingScan: Sendable {
  let source: TextSource
  let chunks: RecordChunks
  let shape: TableShape
  let options: LoadOptions

  /// The rows as columns, how many were left out, and the first of those.
  func rows(
    _ layout: RowLayout, _ execution: Execution
  ) throws -> (rows: ScannedRows, skipped: Int, lines: [Malformed]) {
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
      if case .malformed(let malformed) = examiner.examine(record(at: start)) { return malformed }
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
      return (rows, skipped.count, lines)
    }
  }

  private func record(at start: Int) -> Range<Int> {
    TextScan.record(
      source.file.bytes, at: start, separator: shape.dialect.separator, quoting: shape.dialect.isQuoting)
  }

  /// Turns times into seconds; how many lie outside the years 1 to 9999, and the first of them.
  ///
  /// - Throws: `DataError.malformed` for the first of them where such lines are not to be skipped.
  func bringToSeconds(
    _ times: inout [Int64], _ form: TimeForm, column: Int, _ layout: RowLayout, _ execution: Execution
  ) throws -> (count: Int, lines: [Malformed]) {
    if form.unitsInSecond != 1 {
      let numbers = times
      execution.workers.fill(&times, chunk: 1 << 16) { range, span in
        for place in range { span[place - range.lowerBound] = form.seconds(numbers[place]) }
      }
    }
    let (lowest, highest) = CodeColumns.extremes(times, execution.workers)
    if TimeForm.range.contains(lowest), TimeForm.range.contains(highest) { return (0, []) }
    var lines: [Malformed] = []
    let examiner = RowExaminer(source: source, layout: layout, columns: shape.columns)
    var fields: [FieldSlice] = []
    var place = shape.dataStart
    while place < source.file.count, lines.count < SkippedRecords.keptStarts {
      try execution.checkpoint()
      let record = record(at: place)
      place = record.upperBound
      guard case .row(let row) = examiner.examine(record), !TimeForm.range.contains(form.seconds(row.time)) else {
        continue
      }
      shape.dialect.cut(source.file.bytes, record, into: &fields)
      lines.append(
        source.malformed(
          .notMoment, fields[column].range, expected: "a time in the years 1 to 9999",
          hint: "times are read in \(form == .seconds ? "seconds since 1970" : form.words), as most are"))
      if !options.skipsMalformedLines { throw DataError.malformed(lines[0]) }
    }
    return (times.count { !TimeForm.range.contains($0) }, lines)
  }
}
