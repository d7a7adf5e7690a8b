/// Text that is no JSON, and the byte at which that shows.
package struct JSONError: Error, Equatable {
  package let position: Int
  package let expected: String
}

/// What a reader of JSON lets pass.
package struct JSONLimits: Sendable {
  /// How many values there may be, nested ones included: what bounds the memory that a text can ask for.
  package var valueCount = Int.max
  /// Whether `NaN`, `Infinity` and `-Infinity`, which are no JSON, are numbers.
  package var acceptsNonFinite = false

  package init(valueCount: Int = .max, acceptsNonFinite: Bool = false) {
    self.valueCount = valueCount
    self.acceptsNonFinite = acceptsNonFinite
  }
}

extension JSONValue {
  /// Reads one value and nothing behind it but white space.
  package init(parsing bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var parser = JSONParser(bytes, limits)
    self = try parser.document()
  }
}

/// Reads JSON (RFC 8259) strictly, by descent.
private struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  /// How many arrays and objects are open.
  private var depth = 0
  private var valuesLeft: Int
  private let acceptsNonFinite: Bool
  /// Deeper than any blend of blends that somebody would train, and shallow enough for any stack.
  private static let deepest = 256

  init(_ bytes: [UInt8], _ limits: JSONLimits) {
    self.bytes = bytes
    valuesLeft = limits.valueCount
    acceptsNonFinite = limits.acceptsNonFinite
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    if position < bytes.count { throw error("the end") }
    return value
  }

  private func error(_ expected: String) -> JSONError { JSONError(position: position, expected: expected) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// Goes on if the next byte is this one.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    if valuesLeft == 0 { throw error("fewer values") }
    valuesLeft -= 1
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where acceptsNonFinite: return try word("NaN", .number("NaN"))
    case UInt8(ascii: "I") where acceptsNonFinite: return try word("Infinity", .number("Infinity"))
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for byte in word.description.utf8 {
      guard next == byte else { throw error("'\(word)'") }
      position += 1
    }
    return value
  }

  private mutating func enter() throws(JSONError) {
    position += 1
    depth += 1
    if depth > Self.deepest { throw error("less nesting") }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a key") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("':'") }
      members.append(JSONValue.Member(key, try value()))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("',' or '}'") }
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      elements.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("',' or ']'") }
    return .array(elements)
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if take("-"), next == UInt8(ascii: "I"), acceptsNonFinite { return try word("Infinity", .number("-Infinity")) }
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    if position == start { throw error("a value") }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var text: [UInt8] = []
    while true {
      guard let byte = next else { throw error("'\"'") }
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw error("UTF-8 text") }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("an escaped control character")
      default: text.append(byte)
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard let byte = next else { throw error("'\"'") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try unit())
      if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
        let low = UInt32(try unit())
        guard (0xDC00..<0xE000).contains(low) else { throw error("the second half of a pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("a character") }
      text += Array(String(Character(scalar)).utf8)
    default: throw error("an escape")
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits")
      }
      position += 1
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
