import CKernels
import Synchronization

extension TextScan {
  /// Reads a file of ratings into columns, in parallel; the result does not depend on the number of threads.
  ///
  /// Ids that are all whole numbers from 0 on, canonically written and not too large for a mark each, become ranks at
  /// once; any other column of ids is read as texts.
  ///
  /// - Parameter examine: looks at a row that is not of the plain kind, given its bytes; called from any thread, and
  ///   again for the same row when a column turns out to hold texts.
  package static func rows(
    _ file: FileBytes, chunks: RecordChunks, layout: RowLayout, execution: Execution,
    examine: @Sendable (Range<Int>) -> Examination
  ) throws(Cancelled) -> RowScanOutcome {
    var textRoles: Set<FieldRole> = [.event]
    while true {
      let pass = ScanPass(file: file, chunks: chunks, layout: layout, textRoles: textRoles, execution: execution)
      let results = pass.run(examine)
      try execution.checkpoint()
      let found = results.reduce(into: Set<FieldRole>()) { $0.formUnion($1.textRoles) }
      if found.isEmpty { return pass.outcome(results) }
      textRoles.formUnion(found)
    }
  }
}

/// One pass over the file with a decision for each column of ids: whole numbers or texts.
///
/// A class because threads share its columns; each chunk writes only its own rows.
@safe final class ScanPass: @unchecked Sendable {
  private let file: FileBytes
  let chunks: RecordChunks
  let layout: RowLayout
  let execution: Execution
  let userMarks: NumberMarks?
  let itemMarks: NumberMarks?
  /// Part `p` has the chunks `parts[p]`, in order.
  let parts: [Range<Int>]
  private let isAbandoned = Atomic<Bool>(false)
  private let bytesDone = Atomic<Int>(0)

  var users: [Int32]
  var items: [Int32]
  var events: [Int32]
  var ratings: [Float]
  var times: [Int64]

  init(file: FileBytes, chunks: RecordChunks, layout: RowLayout, textRoles: Set<FieldRole>, execution: Execution) {
    self.file = file
    self.chunks = chunks
    self.layout = layout
    self.execution = execution
    let rowLimit = chunks.rows[chunks.count]
    var limit = 1 << 20
    while limit < min(8 * rowLimit, 1 << 26) { limit *= 2 }
    userMarks = textRoles.contains(.user) ? nil : NumberMarks(limit: limit)
    itemMarks = textRoles.contains(.item) ? nil : NumberMarks(limit: limit)
    let hasTexts = userMarks == nil || itemMarks == nil || layout.roles.contains(.event)
    // A table of texts serves as many rows as it can. Ids are ranked by their bytes, so the number of tables shows nowhere.
    let partCount = hasTexts ? min(chunks.count, execution.workers.threadCount) : chunks.count
    let chunkCount = chunks.count
    parts = (0..<partCount).map { $0 * chunkCount / partCount..<($0 + 1) * chunkCount / partCount }
    users = uninitializedArray(Int32.self, count: rowLimit)
    items = uninitializedArray(Int32.self, count: rowLimit)
    events = uninitializedArray(Int32.self, count: layout.roles.contains(.event) ? rowLimit : 0)
    ratings = uninitializedArray(Float.self, count: layout.roles.contains(.rating) ? rowLimit : 0)
    times = uninitializedArray(Int64.self, count: layout.roles.contains(.time) ? rowLimit : 0)
  }

  struct PartResult: Sendable {
    /// The place behind the last row of each chunk of the part.
    var ends: [Int] = []
    var skipped = SkippedRecords()
    var stop: Int?
    /// Columns that hold ids which are no plain numbers.
    var textRoles: Set<FieldRole> = []
    var users: TextTable?
    var items: TextTable?
    var events: TextTable?
  }

  func run(_ examine: @Sendable (Range<Int>) -> Examination) -> [PartResult] {
    // SAFETY: the chunks write disjoint rows of the columns, which are not touched otherwise until all are done.
    unsafe users.withUnsafeMutableBufferPointer { users in
      unsafe items.withUnsafeMutableBufferPointer { items in
        unsafe events.withUnsafeMutableBufferPointer { events in
          unsafe ratings.withUnsafeMutableBufferPointer { ratings in
            unsafe times.withUnsafeMutableBufferPointer { times in
              let columns = unsafe Columns(
                users: users.baseAddress, items: items.baseAddress, events: events.baseAddress,
                ratings: ratings.baseAddress, times: times.baseAddress)
              return execution.workers.map(parts.count) { unsafe self.read(self.parts[$0], into: columns, examine) }
            }
          }
        }
      }
    }
  }

  /// Where the columns are; empty ones have an address, too, and the layout says which are there.
  @unsafe struct Columns: @unchecked Sendable {
    let users: UnsafeMutablePointer<Int32>?
    let items: UnsafeMutablePointer<Int32>?
    let events: UnsafeMutablePointer<Int32>?
    let ratings: UnsafeMutablePointer<Float>?
    let times: UnsafeMutablePointer<Int64>?
  }

  private func read(
    _ part: Range<Int>, into columns: Columns, _ examine: (Range<Int>) -> Examination
  ) -> PartResult {
    var result = PartResult()
    let users = userMarks == nil ? TextInterner() : nil
    let items = itemMarks == nil ? TextInterner() : nil
    let events = layout.roles.contains(.event) ? TextInterner() : nil
    let roles = layout.roles.map(\.kernelRole)
    // SAFETY: roles, tables and columns outlive the loop; columns have a place for each row of the chunks.
    unsafe roles.withUnsafeBufferPointer { roles in
      var kernel = unsafe rec_row_layout()
      unsafe kernel.separator = (layout.separator.first, layout.separator.second ?? 0)
      unsafe kernel.separator_length = Int32(layout.separator.count)
      unsafe kernel.quoting = layout.isQuoting ? 1 : 0
      unsafe kernel.decimal_comma = layout.acceptsDecimalComma ? 1 : 0
      unsafe kernel.field_count = Int32(roles.count)
      unsafe kernel.roles = roles.baseAddress
      unsafe kernel.users = Self.column(userMarks, users, columns.users)
      unsafe kernel.items = Self.column(itemMarks, items, columns.items)
      unsafe kernel.events = Self.column(nil, events, columns.events)
      unsafe kernel.lowest = layout.scale.lowerBound
      unsafe kernel.highest = layout.scale.upperBound
      unsafe kernel.missing = layout.missing ?? .nan
      if layout.roles.contains(.rating) { unsafe kernel.ratings = columns.ratings }
      if layout.roles.contains(.time) { unsafe kernel.times = columns.times }
      for chunk in part {
        if isAbandoned.load(ordering: .relaxed) || execution.cancellation.isCancelled { return }
        var cursor = Cursor(place: chunks.bounds[chunk], row: chunks.rows[chunk])
        let end = chunks.bounds[chunk + 1]
        while cursor.place < end {
          let stopped = unsafe scan(&kernel, &cursor, end)
          guard let stopped else { break }
          let record = record(at: cursor.place)
          switch stopped {
          case .noRoom:
            for table in [users, items, events] { table?.grow(toHold: record.count) }
          case .unusual:
            switch examine(record) {
            case .omit: break
            case .skip: result.skipped.add(record.lowerBound)
            case .stop:
              result.stop = record.lowerBound
              result.ends.append(cursor.row)
              return
            case .row(let row):
              let textRoles = unsafe store(row, at: cursor.row, kernel, users, items, events)
              if !textRoles.isEmpty {
                result.textRoles = textRoles
                isAbandoned.store(true, ordering: .relaxed)
                return
              }
              cursor.row += 1
            }
            cursor.place = record.upperBound
          }
        }
        result.ends.append(cursor.row)
        let done = bytesDone.wrappingAdd(end - chunks.bounds[chunk], ordering: .relaxed).newValue
        let total = Progress.Amount(file.count / 1_000_000, "MB")
        execution.report(Progress(label: "load", fraction: Double(done) / Double(max(1, file.count)), of: total))
      }
    }
    let rows = chunks.rows[part.lowerBound]..<(result.ends.last ?? chunks.rows[part.lowerBound])
    result.users = users?.texts(rows: rows)
    result.items = items?.texts(rows: rows)
    result.events = events?.texts(rows: rows)
    return result
  }

  private struct Cursor {
    var place: Int
    var row: Int
  }

  private enum Stop { case noRoom, unusual }

  private static func column(
    _ marks: NumberMarks?, _ interner: TextInterner?, _ out: UnsafeMutablePointer<Int32>?
  ) -> rec_id_column {
    // SAFETY: the caller keeps marks and table alive while the kernel runs.
    unsafe rec_id_column(
      marks: marks?.marks, limit: Int64(marks?.limit ?? 0), interner: interner?.pointer, out: out)
  }

  /// Lets the kernel read on; nil when it reached the end of the chunk.
  private func scan(_ kernel: inout rec_row_layout, _ cursor: inout Cursor, _ end: Int) -> Stop? {
    let file = self.file
    let bytes = file.bytes
    let result: rec_rows_result
    if bytes[end - 1] == 0x0A {
      // SAFETY: the byte before `end` is a line feed, and the columns have a place for each record of the chunk.
      result = unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe rec_scan_rows(&kernel, buffer.baseAddress, cursor.place, end, Int64(cursor.row))
      }
    } else {
      // The last record of the file, a chunk of its own, lacks its line feed.
      let copy = file[cursor.place..<end] + [0x0A]
      // SAFETY: the copy ends with a line feed.
      let part = unsafe copy.withUnsafeBufferPointer { buffer in
        unsafe rec_scan_rows(&kernel, buffer.baseAddress, 0, buffer.count, Int64(cursor.row))
      }
      result = rec_rows_result(status: part.status, next: min(end, cursor.place + part.next), row: part.row)
    }
    cursor.place = result.next
    cursor.row = Int(result.row)
    switch result.status {
    case rec_rows_no_room: return .noRoom
    case rec_rows_unusual: return .unusual
    default: return nil
    }
  }

  /// The bytes of the record at a place, its line feed included; one line where quotation marks stay open.
  private func record(at start: Int) -> Range<Int> {
    let file = self.file
    return TextScan.record(file.bytes, at: start, separator: layout.separator, quoting: layout.isQuoting)
  }

  /// Stores a row that was examined; the columns whose ids are no plain numbers if there are some, and then nothing.
  private func store(
    _ row: ExaminedRow, at place: Int, _ kernel: rec_row_layout, _ users: TextInterner?, _ items: TextInterner?,
    _ events: TextInterner?
  ) -> Set<FieldRole> {
    var textRoles: Set<FieldRole> = []
    if let userMarks, userMarks.number(row.user) == nil { textRoles.insert(.user) }
    if let itemMarks, itemMarks.number(row.item) == nil { textRoles.insert(.item) }
    guard textRoles.isEmpty else { return textRoles }
    // SAFETY: the place belongs to this chunk's rows, as for the kernel.
    unsafe kernel.users.out[place] = users?.intern(row.user) ?? userMarks?.mark(row.user) ?? 0
    unsafe kernel.items.out[place] = items?.intern(row.item) ?? itemMarks?.mark(row.item) ?? 0
    if let events { unsafe kernel.events.out[place] = events.intern(row.event) }
    if let ratings = unsafe kernel.ratings { unsafe ratings[place] = row.rating }
    if let times = unsafe kernel.times { unsafe times[place] = row.time }
    return []
  }
}
