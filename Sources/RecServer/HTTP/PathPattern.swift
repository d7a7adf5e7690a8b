/// The path of a route, such as `/predict/{user}/{item}` or `/v1/models/{name}:predict`.
///
/// Words are matched without regard to case; a name in braces takes a part of the path that is not empty.
package struct PathPattern: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case word([UInt8])
    /// A name for what stands there, up to a fixed ending such as `:predict`.
    case name(String, ending: [UInt8])
  }

  package let text: String
  /// Whether it is one of TensorFlow Serving's, whose names may be followed by `:predict`.
  private var hasVerbs: Bool { text.hasPrefix("/v1/models/") }
  let parts: [Part]

  package init(_ text: String) {
    self.text = text
    parts = text.utf8.split(separator: UInt8(ascii: "/")).map { part in
      guard part.first == UInt8(ascii: "{"), let end = part.firstIndex(of: UInt8(ascii: "}")) else {
        return .word(part.map(Self.lowercased))
      }
      let name = String(decoding: part[part.index(after: part.startIndex)..<end], as: UTF8.self)
      return .name(name, ending: part[part.index(after: end)...].map(Self.lowercased))
    }
  }

  /// What the names stand for in a path whose parts are decoded; nil where the path is another.
  func match(_ path: [[UInt8]]) -> [(name: String, value: [UInt8])]? {
    guard path.count == parts.count else { return nil }
    var values: [(name: String, value: [UInt8])] = []
    for (part, actual) in zip(parts, path) {
      switch part {
      case .word(let word):
        guard actual.count == word.count, zip(actual, word).allSatisfy({ Self.lowercased($0) == $1 }) else {
          return nil
        }
      case .name(let name, let ending):
        let start = actual.count - ending.count
        guard start > 0, zip(actual[start...], ending).allSatisfy({ Self.lowercased($0) == $1 }) else { return nil }
        // Where names may have verbs behind them they hold no colon.
        if hasVerbs, actual[..<start].contains(UInt8(ascii: ":")) { return nil }
        values.append((name, Array(actual[..<start])))
      }
    }
    return values
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
}

/// The target of a request, taken apart and decoded.
struct RequestTarget: Sendable {
  /// The parts of the path between its slashes.
  let path: [[UInt8]]
  let query: [(name: String, value: String)]

  /// - Throws: 400 where a percent sign has no two digits behind it, or the query is no UTF-8.
  init(_ target: String) throws(RequestFailure) {
    var bytes = Array(target.utf8)[...]
    // Absolute form, which a proxy may send.
    if bytes.first != UInt8(ascii: "/"), let scheme = target.firstRange(of: "://") {
      bytes = Array(target[scheme.upperBound...].utf8)[...]
      bytes = bytes[(bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex)...]
    }
    if let fragment = bytes.firstIndex(of: UInt8(ascii: "#")) { bytes = bytes[..<fragment] }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    var path: [[UInt8]] = []
    for part in bytes[..<end].split(separator: UInt8(ascii: "/")) { path.append(try Self.decode(part)) }
    self.path = path
    var query: [(String, String)] = []
    for pair in bytes[end...].dropFirst().split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      query.append((try Self.text(pair[..<equals]), try Self.text(pair[equals...].dropFirst())))
    }
    self.query = query
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(RequestFailure) -> String {
    let decoded = try decode(bytes.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }[...])
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw .badValue("the query is no UTF-8 text")
    }
    return text
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) throws(RequestFailure) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "%")) else { return Array(bytes) }
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        throw .badValue("two hexadecimal digits are missing behind a '%' of the address", hint: "a '%' itself is %25")
      }
      decoded.append(high << 4 | low)
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
