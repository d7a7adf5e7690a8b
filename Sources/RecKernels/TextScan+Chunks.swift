/// A text of records cut into chunks at record boundaries, each with its number of lines.
package struct RecordChunks: Sendable {
  /// Chunk `c` is `bounds[c]..<bounds[c + 1]` of the bytes.
  package let bounds: [Int]
  /// At most how many records stand before chunk `c`; (chunks + 1,).
  package let rows: [Int]

  package var count: Int { bounds.count - 1 }
}

/// Why a text cannot be cut into records.
package enum RecordChunksFailure: Error, Equatable {
  case nulByte(at: Int)
  /// The start of a line, or of a quoted field's line, that is longer than `TextScan.longestRecord`.
  case longRecord(at: Int)
  /// The start of a record with a quotation mark that is never closed.
  case openQuote(at: Int)
  case cancelled
}

extension TextScan {
  /// No line of a sensible file is longer, in bytes.
  package static let longestRecord = 1 << 24
  private static let chunkSize = 1 << 20

  /// Cuts `bytes[start...]` into chunks of about a megabyte; linear, in parallel unless one would end within a quoted field.
  ///
  /// - Parameter closesQuotes: whether a record with an open quotation mark ends at its first line feed instead of failing.
  package static func chunks(
    _ file: FileBytes, from start: Int, separator: Separator, quoting: Bool, closesQuotes: Bool, execution: Execution
  ) throws(RecordChunksFailure) -> RecordChunks {
    let size = file.count - start
    let blocks = max(1, (size + chunkSize - 1) / chunkSize)
    var bounds = [start]
    for block in 1..<max(blocks, 2) where block < blocks {
      let place = start + block * chunkSize
      let last = bounds[block - 1]
      if last >= place {
        bounds.append(last)
        continue
      }
      let next = min(file.count, find(0x0A, in: file.bytes, from: place - 1) + 1)
      if next - place > longestRecord { throw .longRecord(at: lineStart(file.bytes, before: place, from: start)) }
      bounds.append(next)
    }
    bounds.append(file.count)
    // A last line without a line feed is a chunk of its own: the kernels read whole lines.
    let tail = file.count > start ? lineStart(file.bytes, before: file.count, from: start) : file.count
    if tail < file.count {
      if file.count - tail > longestRecord { throw .longRecord(at: tail) }
      bounds.removeAll { $0 > tail }
      if bounds[bounds.count - 1] < tail { bounds.append(tail) }
      bounds.append(file.count)
    }
    let cuts = bounds
    let counts = execution.workers.map(cuts.count - 1) { block in
      lines(file.bytes.extracting(cuts[block]..<cuts[block + 1]), separator, quoting, execution.cancellation)
    }
    if execution.cancellation.isCancelled { throw .cancelled }
    if let block = counts.firstIndex(where: { $0.hasNul }) {
      throw .nulByte(at: find(0, in: file.bytes, from: bounds[block]))
    }
    // The first chunk begins with a record; where it also ends with one, so does the second, and so on.
    if counts.contains(where: { $0.count == nil }) {
      return try recordChunks(
        file, from: start, separator: separator, closesQuotes: closesQuotes, cancellation: execution.cancellation)
    }
    var rows = [0]
    for (block, count) in counts.enumerated() {
      rows.append(rows[block] + (bounds[block] == tail && tail < file.count ? 1 : count.count ?? 0))
    }
    return RecordChunks(bounds: bounds, rows: rows)
  }

  /// How many records a chunk has if it begins with one, nil where that cannot be told, and whether it has a zero byte.
  private static func lines(
    _ chunk: Span<UInt8>, _ separator: Separator, _ quoting: Bool, _ cancellation: Cancellation
  ) -> (count: Int?, hasNul: Bool) {
    if cancellation.isCancelled { return (0, false) }
    let counts = self.counts(chunk)
    guard quoting, counts.quotes > 0 else { return (counts.newlines, counts.nuls > 0) }
    return (chunk.count > longestRecord ? nil : quotedLines(chunk, separator: separator), counts.nuls > 0)
  }

  /// The same in one pass, record by record: a line feed between quotation marks ends nothing.
  private static func recordChunks(
    _ file: FileBytes, from start: Int, separator: Separator, closesQuotes: Bool, cancellation: Cancellation
  ) throws(RecordChunksFailure) -> RecordChunks {
    let bytes = file.bytes
    var bounds = [start]
    var rows = [0]
    var place = start
    var row = 0
    while place < bytes.count {
      var (end, isOpen) = recordEnd(bytes, from: place, separator: separator)
      if isOpen || end - place > longestRecord {
        if !closesQuotes { throw isOpen ? .openQuote(at: place) : .longRecord(at: place) }
        end = min(bytes.count, find(0x0A, in: bytes, from: place) + 1)
        if end - place > longestRecord { throw .longRecord(at: place) }
      }
      if end == bytes.count, bytes[end - 1] != 0x0A, place > bounds[bounds.count - 1] {
        bounds.append(place)
        rows.append(row)
      }
      place = end
      row += 1
      if place - bounds[bounds.count - 1] >= chunkSize {
        bounds.append(place)
        rows.append(row)
        if cancellation.isCancelled { throw .cancelled }
      }
    }
    if bounds[bounds.count - 1] < place || bounds.count == 1 {
      bounds.append(place)
      rows.append(row)
    }
    return RecordChunks(bounds: bounds, rows: rows)
  }

  /// The bytes of the record at a place, its line feed included; one line where quotation marks stay open.
  package static func record(_ bytes: Span<UInt8>, at start: Int, separator: Separator, quoting: Bool) -> Range<Int> {
    if quoting {
      let (end, isOpen) = recordEnd(bytes, from: start, separator: separator)
      if !isOpen, end - start <= longestRecord { return start..<end }
    }
    return start..<min(bytes.count, find(0x0A, in: bytes, from: start) + 1)
  }

  /// The start of the line that holds `place`.
  package static func lineStart(_ bytes: Span<UInt8>, before place: Int, from first: Int = 0) -> Int {
    var start = place
    while start > first, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }
}
