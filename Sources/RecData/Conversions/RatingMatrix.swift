import RecKernels

/// A matrix of ratings: a line for each user, a column for each item, as in Jester (Goldberg et al. 2001,
/// doi:10.1023/A:1011419012209). Empty cells are no ratings.
struct RatingMatrix: LineConverter {
  var columns: [String] { ["user", "item", "rating"] }
  let dialect: Dialect
  /// How many columns there are.
  let width: Int
  /// The column of the user's id; nil numbers users by line, from 1.
  let userColumn: Int?
  /// Columns that are no items: the user's, or a count of ratings.
  let others: Set<Int>
  /// The items' ids, by column.
  let items: [[UInt8]]
  let hasHeader: Bool
  /// Whether the first column tells how many ratings follow.
  let hasCounts: Bool

  /// Looks at the first lines; nil where they are not clearly a matrix and nobody said so.
  init?(_ source: TextSource, options: LoadOptions, isAsked: Bool) throws(DataError) {
    let separator = try options.askedSeparator()
    guard
      let dialect = separator.map({ Dialect(separator: $0, isQuoting: Dialect.quotes($0)) })
        ?? Dialect.recognized(in: source)
    else { return nil }
    let sample = dialect.sample(source)
    let width = sample.fieldCount
    guard let first = sample.records.first, width > 1 else { return nil }
    let rest = Array(sample.records.dropFirst())
    let hasHeader = options.hasHeader ?? Self.isHeader(first, rest)
    let body = hasHeader ? rest : sample.records
    let whole = body.filter { $0.count == width }
    if !isAsked {
      guard width >= (hasHeader ? 10 : 20), whole.count > 1, whole.count == body.count else { return nil }
      if hasHeader, ColumnNames.place(ColumnNames.item, in: first) != nil { return nil }
      if hasHeader, !(first[0].isEmpty || ColumnNames.place(ColumnNames.user, in: [first[0]]) != nil) { return nil }
      guard whole.allSatisfy({ $0.dropFirst().allSatisfy(Self.isCell) }) else { return nil }
    }
    hasCounts = !hasHeader && options.user == nil && Self.hasCounts(whole, missing: options.missing)
    var user: Int?
    if let asked = options.user {
      guard
        let place = Int(asked).map({ $0 - 1 })
          ?? (hasHeader ? ColumnNames.place([ColumnNames.plain(asked)], in: first) : nil),
        (0..<width).contains(place)
      else {
        throw .unknownColumn(
          path: source.path, option: "user", asked: asked, columns: hasHeader ? first : (1...width).map(String.init))
      }
      user = place
    } else if hasHeader {
      user = first[0].isEmpty ? 0 : ColumnNames.place(ColumnNames.user, in: first)
    } else if !whole.allSatisfy({ Self.isCell($0[0]) }) {
      user = 0
    }
    userColumn = user
    others = Set([user, hasCounts ? 0 : nil].compactMap { $0 })
    self.dialect = dialect
    self.width = width
    self.hasHeader = hasHeader
    let skipped = others
    var number = 0
    items = (0..<width).map { column in
      if skipped.contains(column) { return [] }
      number += 1
      return hasHeader && column < first.count && !first[column].isEmpty
        ? Array(first[column].utf8) : Array(String(number).utf8)
    }
  }

  private static func isCell(_ text: String) -> Bool { text.isEmpty || Double(text) != nil }

  private static func isHeader(_ first: [String], _ rest: [[String]]) -> Bool {
    guard !rest.isEmpty, 2 * first.dropFirst().count(where: { !isCell($0) }) >= first.count else { return false }
    return rest.allSatisfy { $0.dropFirst().allSatisfy(isCell) }
  }

  /// Whether each line's first cell is the number of ratings behind it.
  private static func hasCounts(_ rows: [[String]], missing: Float?) -> Bool {
    rows.count > 1
      && rows.allSatisfy { row in
        let count = row.dropFirst().count { cell in
          guard let number = Float(cell) else { return false }
          return number != missing
        }
        return Int(row[0]) == count
      }
  }

  /// What the answer says of it.
  var summary: String {
    let count = width - others.count
    let users = userColumn == nil ? "users numbered by line" : "users by id"
    return "matrix of \(count) items, a row for each user, \(users)" + (hasCounts ? ", first column a count" : "")
  }

  func append(
    _ line: Range<Int>, number: Int, of bytes: Span<UInt8>, scratch: inout LineScratch, to rows: inout [UInt8]
  ) -> Int {
    if line.isEmpty { return 0 }
    dialect.cut(bytes, line, into: &scratch.fields)
    guard isWhole(scratch.fields) else {
      rows += FieldText.malformedRow(columnCount: columns.count)
      return 1
    }
    var user: [UInt8] = []
    if let userColumn {
      let id = scratch.fields[userColumn].content(bytes)
      FieldText.append(id.span, to: &user)
    } else {
      user = Array(String(number + 1).utf8)
    }
    var count = 0
    for (column, field) in scratch.fields.enumerated() where !others.contains(column) && !field.range.isEmpty {
      rows += user
      rows.append(0x2C)
      let item = items[column]
      FieldText.append(item.span, to: &rows)
      rows.append(0x2C)
      let value = field.content(bytes)
      FieldText.append(value.span, to: &rows)
      rows.append(0x0A)
      count += 1
    }
    return count
  }

  private func isWhole(_ fields: [FieldSlice]) -> Bool {
    fields.count == width && fields.allSatisfy { $0.stray == nil }
  }

  func problem(_ line: Range<Int>, of source: TextSource) -> Malformed? {
    var fields: [FieldSlice] = []
    dialect.cut(source.file.bytes, line, into: &fields)
    return RowExaminer.structureError(source, fields, expected: width, line, dialect)
  }

  func place(
    ofField field: Int, row: Int, line: Range<Int>, of source: TextSource
  ) -> (range: Range<Int>, found: String?) {
    var fields: [FieldSlice] = []
    dialect.cut(source.file.bytes, line, into: &fields)
    if field == 0, let userColumn, fields.indices.contains(userColumn) { return (fields[userColumn].range, nil) }
    let filled = fields.indices.filter { !others.contains($0) && !fields[$0].range.isEmpty }
    return filled.indices.contains(row) ? (fields[filled[row]].range, nil) : (line, nil)
  }
}
