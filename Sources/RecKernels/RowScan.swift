import CKernels

/// Which column a field of a row belongs to.
package enum FieldRole: UInt8, Sendable {
  case skipped, user, item, rating, time, event

  var kernelRole: UInt8 {
    let role =
      switch self {
      case .skipped: rec_field_skipped
      case .user: rec_field_user
      case .item: rec_field_item
      case .rating: rec_field_rating
      case .time: rec_field_time
      case .event: rec_field_event
      }
    return UInt8(role.rawValue)
  }
}

/// How the rows of a file of ratings are laid out.
package struct RowLayout: Sendable, Equatable {
  package var separator: Separator
  /// Whether fields may stand in quotation marks.
  package var isQuoting: Bool
  /// A role for each field.
  package var roles: [FieldRole]
  /// Ratings outside are looked at closely.
  package var scale: ClosedRange<Float> = -Float.infinity...Float.infinity
  /// A rating that stands for none.
  package var missing: Float?

  package init(separator: Separator, isQuoting: Bool, roles: [FieldRole]) {
    self.separator = separator
    self.isQuoting = isQuoting
    self.roles = roles
  }

  /// Whether a decimal number may have a comma for its point: where the comma separates nothing.
  package var acceptsDecimalComma: Bool { separator.first != 0x2C }
}

/// A row that only a closer look could read.
package struct ExaminedRow: Sendable, Equatable {
  package var user: [UInt8]
  package var item: [UInt8]
  package var event: [UInt8]
  package var rating: Float
  package var time: Int64

  package init(user: [UInt8], item: [UInt8], event: [UInt8] = [], rating: Float = 0, time: Int64 = 0) {
    self.user = user
    self.item = item
    self.event = event
    self.rating = rating
    self.time = time
  }
}

/// What a closer look at a row decided.
package enum Examination: Sendable, Equatable {
  case row(ExaminedRow)
  /// The row has no rating and says nothing.
  case omit
  /// The row is left out, and counted.
  case skip
  /// The row is an error; its chunk ends here.
  case stop
}

/// The ids of a column as codes, and what the codes stand for.
package struct ScannedIDs: Sendable {
  package enum Meaning: Sendable {
    /// A code is a place in these whole numbers, which ascend.
    case numbers([Int64])
    /// A code is a place in the table of its part of the rows.
    case texts([TextTable])
  }
  package var codes: [Int32]
  package let meaning: Meaning

  package init(codes: [Int32], meaning: Meaning) {
    self.codes = codes
    self.meaning = meaning
  }
}

/// The distinct texts of some rows, one behind the other.
package struct TextTable: Sendable {
  package let rows: Range<Int>
  package let bytes: [UInt8]
  /// Text `i` is `bytes[starts[i]..<starts[i + 1]]`.
  package let starts: [Int64]

  package init(rows: Range<Int>, bytes: [UInt8], starts: [Int64]) {
    self.rows = rows
    self.bytes = bytes
    self.starts = starts
  }

  package init(rows: Range<Int>, texts: [ArraySlice<UInt8>]) {
    self.rows = rows
    bytes = Array(texts.joined())
    starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int64($1.count)) }
  }

  package var count: Int { starts.count - 1 }
  package subscript(index: Int) -> ArraySlice<UInt8> { bytes[Int(starts[index])..<Int(starts[index + 1])] }
}

/// A file of ratings as columns, in the order of the file.
package struct ScannedRows: Sendable {
  package var users: ScannedIDs
  package var items: ScannedIDs
  /// Nil where no field is an event.
  package var events: ScannedIDs?
  /// Empty where no field is a rating.
  package var ratings: [Float]
  /// Empty where no field is a time.
  package var times: [Int64]
  package var count: Int { users.codes.count }

  package init(users: ScannedIDs, items: ScannedIDs, events: ScannedIDs?, ratings: [Float], times: [Int64]) {
    self.users = users
    self.items = items
    self.events = events
    self.ratings = ratings
    self.times = times
  }
}

/// What became of reading the rows of a file.
package enum RowScanOutcome: Sendable {
  /// All rows, and where those that were left out start.
  case rows(ScannedRows, skipped: SkippedRecords)
  /// The start of the first row that is an error.
  case stopped(at: Int)
}

/// Rows that were left out.
package struct SkippedRecords: Sendable, Equatable {
  package var count = 0
  /// Where the first ones start in the file, ascending.
  package var starts: [Int] = []
  package static let keptStarts = 5

  mutating func add(_ start: Int) {
    count += 1
    if starts.count < Self.keptStarts { starts.append(start) }
  }

  mutating func add(_ other: SkippedRecords) {
    count += other.count
    starts += other.starts.prefix(Self.keptStarts - starts.count)
  }
}
