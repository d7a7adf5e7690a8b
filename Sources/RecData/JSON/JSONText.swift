/// JSON as it is written, value by value, on one line.
///
/// Numbers have the shortest form that reads back as the same number, whole ones without a point; what is not finite is
/// `null`.
package struct JSONText: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Whether the next value or key follows another.
  private var needsComma = false

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func object(_ members: (inout JSONText) throws -> Void) rethrows {
    try enclose("{", "}", members)
  }

  package mutating func array(_ elements: (inout JSONText) throws -> Void) rethrows {
    try enclose("[", "]", elements)
  }

  package mutating func member(_ key: String, _ value: (inout JSONText) throws -> Void) rethrows {
    string(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
    try value(&self)
    needsComma = true
  }

  package mutating func member(_ key: String, _ value: String) { member(key) { $0.string(value) } }

  package mutating func member(_ key: String, _ value: Int) { member(key) { $0.number(value) } }

  package mutating func member(_ key: String, _ value: Double) { member(key) { $0.number(value) } }

  package mutating func member(_ key: String, _ value: Bool) { member(key) { $0.boolean(value) } }

  package mutating func member(_ key: String, _ value: [String]) {
    member(key) { json in
      json.array { json in
        for word in value { json.string(word) }
      }
    }
  }

  package mutating func null() { literal("null") }

  package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  package mutating func number(_ value: Int) { literal(String(value)) }

  package mutating func number(_ value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return number(whole) }
    literal(value.isFinite ? value.description : "null")
  }

  /// A string in quotation marks; what could end a line somewhere is escaped, too.
  package mutating func string(_ value: String) {
    separate()
    bytes.append(0x22)
    if !appendPlain(value) { appendEscaped(value) }
    bytes.append(0x22)
    needsComma = true
  }

  /// A value that was made elsewhere.
  package mutating func value(_ value: JSONValue) {
    separate()
    bytes += value.bytes
    needsComma = true
  }

  /// Appends a text in which nothing is to be escaped; false where something is.
  private mutating func appendPlain(_ value: String) -> Bool {
    let start = bytes.count
    for byte in value.utf8 {
      // U+2028 and U+2029 begin with E2.
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xE2 {
        bytes.removeSubrange(start...)
        return false
      }
      bytes.append(byte)
    }
    return true
  }

  private mutating func appendEscaped(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
      default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
  }

  private mutating func literal(_ value: String) {
    separate()
    bytes += value.utf8
    needsComma = true
  }

  private mutating func enclose(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ contents: (inout JSONText) throws -> Void
  ) rethrows {
    separate()
    bytes.append(UInt8(ascii: opening))
    needsComma = false
    try contents(&self)
    bytes.append(UInt8(ascii: closing))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }
}
