import RecKernels

/// JSON Lines (jsonlines.org) as a table: a row for each object, a column for each key.
///
/// A list of texts and numbers becomes labels between bars; other nested values stand as they are written, and are an
/// error in the columns of ids, ratings and times.
struct JSONLines: LineConverter {
  let columns: [String]
  private let keys: [[UInt8]]
  private let places: [[UInt8]: Int]
  /// Whether a column holds ids, which are texts or numbers.
  private let isID: [Bool]
  /// Whether a column holds one value in each row, such as a rating or a time.
  private let isSingle: [Bool]

  /// Tables of more columns are maps with ids for keys.
  static let mostColumns = 1000

  init(keys: [[UInt8]], options: LoadOptions) {
    self.keys = keys
    let columns = keys.map { String(decoding: $0, as: UTF8.self) }
    self.columns = columns
    places = Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
    var isID = [Bool](repeating: false, count: keys.count)
    func place(_ asked: String?, _ usual: [String]) -> Int? {
      ColumnNames.place(asked.map { [ColumnNames.plain($0)] } ?? usual, in: columns)
    }
    let user = place(options.user, ColumnNames.user)
    let item = place(options.item, ColumnNames.item)
    for place in [user, item, place(options.id, ["id"])] {
      if let place { isID[place] = true }
    }
    var isSingle = isID
    if user != nil, item != nil {
      for place in [
        place(options.rating, ColumnNames.rating), place(options.time, ColumnNames.time),
        place(options.event, ColumnNames.event),
      ] {
        if let place { isSingle[place] = true }
      }
    }
    self.isID = isID
    self.isSingle = isSingle
  }

  /// Reads a text of objects; the keys of all of them are columns, in order of first appearance.
  static func table(_ source: TextSource, options: LoadOptions, execution: Execution) throws -> (TextSource, Self) {
    var converter = JSONLines(keys: [], options: options)
    var scratch = LineScratch()
    var place = source.start
    // The first lines tell most keys, so that usually one pass is enough.
    while place < source.file.count, place - source.start < 1 << 16 {
      let line = Line.range(source.file.bytes, from: place)
      var rows: [UInt8] = []
      _ = converter.append(line, number: 0, of: source.file.bytes, scratch: &scratch, to: &rows)
      place = Line.next(source.file.bytes, behind: line)
    }
    var unknown = scratch.unknownKeys
    while true {
      converter = JSONLines(keys: distinct(converter.keys + unknown), options: options)
      if converter.keys.count > mostColumns {
        throw DataError.tooMany(path: source.path, what: "different keys", limit: mostColumns)
      }
      let (table, missed) = try converter.convert(source, from: source.start, execution: execution)
      if missed.isEmpty {
        if converter.keys.isEmpty { throw DataError.malformed(converter.emptyProblem(source)) }
        return (table, converter)
      }
      unknown = missed
    }
  }

  /// The first line's problem, in a text whose lines have no key that could be read.
  private func emptyProblem(_ source: TextSource) -> Malformed {
    var place = source.start
    while place < source.file.count {
      let line = Line.range(source.file.bytes, from: place)
      if let problem = problem(line, of: source) { return problem }
      place = Line.next(source.file.bytes, behind: line)
    }
    return source.malformed(
      .notJSON, source.start..<source.start + 1, expected: "an object with keys", found: "none in the file")
  }

  private static func distinct(_ keys: [[UInt8]]) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return keys.filter { seen.insert($0).inserted }
  }

  func append(
    _ line: Range<Int>, number: Int, of bytes: Span<UInt8>, scratch: inout LineScratch, to rows: inout [UInt8]
  ) -> Int {
    defer { scratch.members.removeAll(keepingCapacity: true) }
    if isBlank(bytes, line) { return 0 }
    let start = rows.count
    do throws(JSONError) {
      try JSONLine.members(bytes, line, into: &scratch.members)
    } catch {
      rows += FieldText.malformedRow(columnCount: max(2, keys.count))
      return 1
    }
    scratch.places.removeAll(keepingCapacity: true)
    for _ in keys { scratch.places.append(-1) }
    var next = 0
    for (index, member) in scratch.members.enumerated() {
      // Objects usually have their keys in the same order.
      if next < keys.count, !member.keyIsEscaped, isEqual(bytes, member.key, keys[next]) {
        if scratch.places[next] < 0 { scratch.places[next] = index }
        next += 1
        continue
      }
      let key = self.key(bytes, member)
      if let place = places[key] {
        if scratch.places[place] < 0 { scratch.places[place] = index }
        next = place + 1
      } else if scratch.unknownKeys.count <= Self.mostColumns, !scratch.unknownKeys.contains(key) {
        scratch.unknownKeys.append(key)
      }
    }
    for column in keys.indices {
      if column > 0 { rows.append(0x2C) }
      let index = scratch.places[column]
      if index < 0 { continue }
      let member = scratch.members[index]
      if isWrong(member, column) {
        rows.removeLast(rows.count - start)
        rows += FieldText.malformedRow(columnCount: max(2, keys.count))
        return 1
      }
      Self.append(bytes, member, to: &rows)
    }
    rows.append(0x0A)
    return 1
  }

  private func isWrong(_ member: JSONMember, _ column: Int) -> Bool {
    switch member.kind {
    case .text, .escapedText, .number, .null: false
    case .flag: isID[column]
    case .list, .object: isSingle[column]
    }
  }

  private static func append(_ bytes: Span<UInt8>, _ member: JSONMember, to rows: inout [UInt8]) {
    switch member.kind {
    case .null: break
    case .text, .number, .flag, .object: FieldText.append(bytes.extracting(member.value), to: &rows)
    case .escapedText:
      let text = JSONLine.unescaped(bytes, member.value)
      FieldText.append(text.span, to: &rows)
    case .list:
      let labels = labels(JSONLine.copy(bytes, member.value))
      if let labels {
        FieldText.append(labels.span, to: &rows)
      } else {
        FieldText.append(bytes.extracting(member.value), to: &rows)
      }
    }
  }

  /// The texts and numbers of a list with bars between them; nil where it holds anything else.
  private static func labels(_ list: [UInt8]) -> [UInt8]? {
    guard let elements = (try? JSONValue(parsing: list))?.elements else { return nil }
    var labels: [String] = []
    for element in elements {
      switch element {
      case .string(let text), .number(let text): labels.append(text)
      case .null: break
      case .flag, .array, .object: return nil
      }
    }
    return Array(labels.joined(separator: "|").utf8)
  }

  private func isBlank(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    line.allSatisfy { bytes[$0] == 0x20 || bytes[$0] == 0x09 }
  }

  private func isEqual(_ bytes: Span<UInt8>, _ range: Range<Int>, _ key: [UInt8]) -> Bool {
    guard range.count == key.count else { return false }
    for place in 0..<key.count where bytes[range.lowerBound + place] != key[place] { return false }
    return true
  }

  private func key(_ bytes: Span<UInt8>, _ member: JSONMember) -> [UInt8] {
    member.keyIsEscaped
      ? JSONLine.unescaped(bytes, member.key.lowerBound - 1..<member.key.upperBound + 1)
      : JSONLine.copy(bytes, member.key)
  }

  func problem(_ line: Range<Int>, of source: TextSource) -> Malformed? {
    var members: [JSONMember] = []
    let bytes = source.file.bytes
    if isBlank(bytes, line) { return nil }
    do throws(JSONError) {
      try JSONLine.members(bytes, line, into: &members)
    } catch {
      let place = min(error.position, line.upperBound)
      return source.malformed(
        .notJSON, place..<min(place + 1, line.upperBound), expected: error.expected,
        found: place >= line.upperBound ? "the end of the line" : nil,
        hint: bytes[line.lowerBound] == UInt8(ascii: "[") ? "one object a line: jq -c '.[]' makes it of a list" : nil)
    }
    for column in keys.indices where isSingle[column] {
      guard let member = members.first(where: { key(bytes, $0) == keys[column] }), isWrong(member, column) else {
        continue
      }
      return source.malformed(
        .wrongType, member.value,
        expected: isID[column]
          ? "an id (a text or a number) as '\(columns[column])'" : "one value as '\(columns[column])'")
    }
    return nil
  }

  func place(
    ofField field: Int, row: Int, line: Range<Int>, of source: TextSource
  ) -> (range: Range<Int>, found: String?) {
    var members: [JSONMember] = []
    let bytes = source.file.bytes
    try? JSONLine.members(bytes, line, into: &members)
    guard keys.indices.contains(field), let member = members.first(where: { key(bytes, $0) == keys[field] }) else {
      let name = keys.indices.contains(field) ? "no '\(columns[field])'" : nil
      return (line.upperBound..<line.upperBound, name)
    }
    return (member.value, member.value.isEmpty ? "an empty text" : nil)
  }
}
