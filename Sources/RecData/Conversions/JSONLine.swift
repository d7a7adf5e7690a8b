import RecKernels

/// A member of a JSON object on one line: where its key and its value stand.
struct JSONMember: Sendable, Equatable {
  enum Kind: Sendable {
    /// A string without escapes, its range without the quotation marks.
    case text
    /// A string with escapes, its range with the quotation marks.
    case escapedText
    case number, flag, null, list, object
  }
  /// Within the quotation marks.
  let key: Range<Int>
  let keyIsEscaped: Bool
  let value: Range<Int>
  let kind: Kind
}

/// Reads a line that is one JSON object (RFC 8259) without making values of it.
enum JSONLine {
  static func members(
    _ bytes: Span<UInt8>, _ line: Range<Int>, into members: inout [JSONMember]
  ) throws(JSONError) {
    members.removeAll(keepingCapacity: true)
    let end = line.upperBound
    var place = line.lowerBound
    skipSpace(bytes, &place, end)
    guard place < end, bytes[place] == UInt8(ascii: "{") else {
      throw JSONError(position: place, expected: "an object, such as {\"user\":1,\"item\":2}")
    }
    place += 1
    skipSpace(bytes, &place, end)
    if place < end, bytes[place] == UInt8(ascii: "}") {
      place += 1
    } else {
      try inside(bytes, &place, end, &members)
    }
    skipSpace(bytes, &place, end)
    if place < end { throw JSONError(position: place, expected: "the end of the line") }
  }

  private static func inside(
    _ bytes: Span<UInt8>, _ place: inout Int, _ end: Int, _ members: inout [JSONMember]
  ) throws(JSONError) {
    while true {
      skipSpace(bytes, &place, end)
      guard place < end, bytes[place] == UInt8(ascii: "\"") else {
        throw JSONError(position: place, expected: "a key in quotation marks")
      }
      let start = place
      let keyIsEscaped = try skipString(bytes, &place, end)
      let key = start + 1..<place - 1
      skipSpace(bytes, &place, end)
      guard place < end, bytes[place] == UInt8(ascii: ":") else { throw JSONError(position: place, expected: "':'") }
      place += 1
      skipSpace(bytes, &place, end)
      let (value, kind) = try value(bytes, &place, end)
      members.append(JSONMember(key: key, keyIsEscaped: keyIsEscaped, value: value, kind: kind))
      skipSpace(bytes, &place, end)
      if place < end, bytes[place] == UInt8(ascii: "}") {
        place += 1
        return
      }
      guard place < end, bytes[place] == UInt8(ascii: ",") else {
        throw JSONError(position: place, expected: "',' or '}'")
      }
      place += 1
    }
  }

  /// The text of a string that has escapes, given with its quotation marks.
  static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let quoted = copy(bytes, range)
    return (try? JSONValue(parsing: quoted))?.string.map { Array($0.utf8) } ?? quoted
  }

  static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for place in range { copy.append(bytes[place]) }
    return copy
  }

  private static func skipSpace(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) {
    while place < end, bytes[place] == 0x20 || bytes[place] == 0x09 || bytes[place] == 0x0D { place += 1 }
  }

  /// Goes behind a string; whether it has escapes.
  private static func skipString(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) throws(JSONError) -> Bool {
    let start = place
    var isEscaped = false
    place += 1
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        if isEscaped { try check(bytes, start..<place) }
        return isEscaped
      }
      if byte < 0x20 { throw JSONError(position: place, expected: "an escaped control character") }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        place += 1
      }
      place += 1
    }
    throw JSONError(position: end, expected: "a closing quotation mark")
  }

  private static func value(
    _ bytes: Span<UInt8>, _ place: inout Int, _ end: Int
  ) throws(JSONError) -> (range: Range<Int>, kind: JSONMember.Kind) {
    guard place < end else { throw JSONError(position: end, expected: "a value") }
    let start = place
    switch bytes[place] {
    case UInt8(ascii: "\""):
      let isEscaped = try skipString(bytes, &place, end)
      return isEscaped ? (start..<place, .escapedText) : (start + 1..<place - 1, .text)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      try skipNested(bytes, &place, end)
      return (start..<place, bytes[start] == UInt8(ascii: "[") ? .list : .object)
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      while place < end, (0x61...0x7A).contains(bytes[place]) { place += 1 }
      try check(bytes, start..<place)
      return (start..<place, bytes[start] == UInt8(ascii: "n") ? .null : .flag)
    default:
      while place < end, isNumeric(bytes[place]) { place += 1 }
      try checkNumber(bytes, start..<place)
      return (start..<place, .number)
    }
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
    default: false
    }
  }

  /// Digits alone, with a point between them, are a number at a glance.
  private static func checkNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONError) {
    var points = 0
    var isPlain =
      !range.isEmpty && (range.count == 1 || bytes[range.lowerBound] != 0x30 || bytes[range.lowerBound + 1] == 0x2E)
    for place in range where !(0x30...0x39).contains(bytes[place]) {
      let isInside = place > range.lowerBound && place + 1 < range.upperBound
      if bytes[place] == 0x2E, isInside, points == 0 { points = 1 } else { isPlain = false }
    }
    if !isPlain { try check(bytes, range) }
  }

  /// Goes behind a list or an object.
  private static func skipNested(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) throws(JSONError) {
    let start = place
    var depth = 0
    repeat {
      guard place < end else { throw JSONError(position: end, expected: "the end of what opens here") }
      switch bytes[place] {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        place += 1
      case UInt8(ascii: "\""): _ = try skipString(bytes, &place, end)
      default: place += 1
      }
    } while depth > 0
    try check(bytes, start..<place)
  }

  /// Throws unless the bytes are one JSON value.
  private static func check(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONError) {
    do {
      _ = try JSONValue(parsing: copy(bytes, range))
    } catch {
      throw JSONError(position: range.lowerBound + error.position, expected: error.expected)
    }
  }
}
