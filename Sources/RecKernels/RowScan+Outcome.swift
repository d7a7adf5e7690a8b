extension ScanPass {
  /// Closes the gaps that empty and skipped lines left, and turns numbers into ranks.
  func outcome(_ results: [PartResult]) -> RowScanOutcome {
    if let stop = results.compactMap(\.stop).min() { return .stopped(at: stop) }
    let ends = results.flatMap(\.ends)
    let spans = zip(chunks.rows, ends).map { $0..<$1 }
    let tables = results.map { result in (result.users, result.items, result.events) }
    let moved = Self.closingGaps(parts, spans)
    Self.compact(&users, spans)
    Self.compact(&items, spans)
    Self.compact(&events, spans)
    Self.compact(&ratings, spans)
    Self.compact(&times, spans)
    func meaning(_ marks: NumberMarks?, _ codes: inout [Int32], _ texts: [TextTable?]) -> ScannedIDs.Meaning {
      guard let marks else {
        return .texts(zip(texts, moved).compactMap { $0?.covering($1) })
      }
      let workers = execution.workers
      let ranks = marks.ranks(highest: CodeColumns.highest(codes, workers))
      CodeColumns.translate(&codes, by: ranks.ranks, workers)
      return .numbers(ranks.numbers)
    }
    let userMeaning = meaning(userMarks, &users, tables.map(\.0))
    let itemMeaning = meaning(itemMarks, &items, tables.map(\.1))
    let eventIDs =
      layout.roles.contains(.event)
      ? ScannedIDs(codes: take(&events), meaning: meaning(nil, &events, tables.map(\.2))) : nil
    let rows = ScannedRows(
      users: ScannedIDs(codes: take(&users), meaning: userMeaning),
      items: ScannedIDs(codes: take(&items), meaning: itemMeaning),
      events: eventIDs, ratings: take(&ratings), times: take(&times))
    return .rows(rows, skipped: results.reduce(into: SkippedRecords()) { $0.add($1.skipped) })
  }

  /// Moves a column out, so that no copy of it is made later.
  private func take<T>(_ column: inout [T]) -> [T] {
    var taken: [T] = []
    swap(&taken, &column)
    return taken
  }

  /// The rows of each part once the gaps between chunks are closed.
  private static func closingGaps(_ parts: [Range<Int>], _ spans: [Range<Int>]) -> [Range<Int>] {
    var next = 0
    return parts.map { part in
      let count = spans[part].reduce(0) { $0 + $1.count }
      defer { next += count }
      return next..<next + count
    }
  }

  private static func compact<T: BitwiseCopyable>(_ column: inout [T], _ spans: [Range<Int>]) {
    guard !column.isEmpty else { return }
    let count = spans.reduce(0) { $0 + $1.count }
    if count == column.count { return }
    // SAFETY: spans ascend and do not overlap, so that each moves down or stays, within the column.
    unsafe column.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var next = 0
      for span in spans {
        if span.lowerBound != next { unsafe (base + next).update(from: base + span.lowerBound, count: span.count) }
        next += span.count
      }
    }
    column.removeLast(column.count - count)
  }
}
