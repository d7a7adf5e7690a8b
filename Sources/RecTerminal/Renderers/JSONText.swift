/// JSON as it is written, value by value, on one line.
///
/// Numbers have the shortest form that reads back as the same number, whole ones without a point; what is not finite is
/// `null`.
struct JSONText {
  private(set) var text = ""
  /// Whether the next value or key follows another.
  private var needsComma = false

  mutating func object(_ members: (inout JSONText) -> Void) { enclose("{", "}", members) }

  mutating func array(_ elements: (inout JSONText) -> Void) { enclose("[", "]", elements) }

  mutating func member(_ key: String, _ value: (inout JSONText) -> Void) {
    string(key)
    text += ":"
    needsComma = false
    value(&self)
    needsComma = true
  }

  mutating func member(_ key: String, _ value: String) { member(key) { $0.string(value) } }

  mutating func member(_ key: String, _ value: Int) { member(key) { $0.number(value) } }

  mutating func member(_ key: String, _ value: [String]) {
    member(key) { json in
      json.array { json in
        for word in value { json.string(word) }
      }
    }
  }

  mutating func null() { literal("null") }

  mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  mutating func number(_ value: Int) { literal(String(value)) }

  mutating func number(_ value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return number(whole) }
    literal(value.isFinite ? value.description : "null")
  }

  mutating func string(_ value: String) {
    separate()
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
    needsComma = true
  }

  private mutating func literal(_ value: String) {
    separate()
    text += value
    needsComma = true
  }

  private mutating func enclose(_ opening: String, _ closing: String, _ contents: (inout JSONText) -> Void) {
    separate()
    text += opening
    needsComma = false
    contents(&self)
    text += closing
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += "," }
  }
}
