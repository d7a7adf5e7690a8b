import RecData
import RecLanguage

/// A value of a request's body with its place, taken apart by accessors that say what is wrong and where.
struct BodyValue: Sendable {
  let value: JSONValue
  /// A JSON pointer (RFC 6901).
  let pointer: String

  init(_ value: JSONValue, at pointer: String = "") {
    self.value = value
    self.pointer = pointer
  }

  /// What it is, for messages.
  private var kind: String {
    switch value {
    case .null: "null"
    case .flag(let isTrue): isTrue ? "true" : "false"
    case .number(let text): Diagnostic.shortened(text)
    case .string(let text): "the text \(Diagnostic.quoted(text))"
    case .array: "a list"
    case .object: "an object"
    }
  }

  func expected(_ what: String, hint: String? = nil) -> RequestFailure {
    .badValue("expected \(what), found \(kind)", hint: hint, pointer: pointer)
  }

  var isNull: Bool { value == .null }

  /// How long an id, a name or a title may be, in bytes.
  static let longestText = 1024

  /// An id: a text, or a number as it is written.
  func identifier() throws(RequestFailure) -> String {
    switch value {
    case .string(let text), .number(let text):
      guard text.utf8.count <= Self.longestText else { throw expected("at most \(grouped(Self.longestText)) bytes") }
      return text
    default: throw expected("an id")
    }
  }

  func text() throws(RequestFailure) -> String {
    guard let text = value.string else { throw expected("a text") }
    return text
  }

  /// A whole number, as it is written or with a fraction of zero: `10`, `10.0`.
  var whole: Int? {
    guard case .number(let text) = value else { return nil }
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  func count(in range: ClosedRange<Int>) throws(RequestFailure) -> Int {
    guard let count = whole, range.contains(count) else {
      throw expected("a whole number", hint: "from \(range.lowerBound) to \(grouped(range.upperBound))")
    }
    return count
  }

  /// A finite number.
  func number() throws(RequestFailure) -> Double {
    guard case .number(let text) = value, let number = Double(text), number.isFinite else {
      throw expected("a finite number")
    }
    return number
  }

  /// - Parameter limit: The most elements that it may have.
  func list(limit: Int) throws(RequestFailure) -> [BodyValue] {
    guard let elements = value.elements else { throw expected("a list") }
    guard elements.count <= limit else {
      throw .badValue(
        "the list has \(grouped(elements.count)) elements", hint: "at most \(grouped(limit))", pointer: pointer)
    }
    return elements.enumerated().map { BodyValue($1, at: "\(pointer)/\($0)") }
  }

  /// The members of an object by name.
  ///
  /// - Parameters:
  ///   - known: The names that mean something.
  ///   - isStrict: Whether any other name is an error: it is in a form of our own, and means nothing in others'.
  func members(_ known: [String], isStrict: Bool = true) throws(RequestFailure) -> [String: BodyValue] {
    var found: [String: BodyValue] = [:]
    for (key, member) in try members(where: { isStrict || known.contains($0) }) {
      guard known.contains(key) else {
        throw RequestFailure(
          400, "unknown-option", "there is no member \(Diagnostic.quoted(key))",
          hint: didYouMean(nearest(key, in: known)), help: "members: \(listed(known, "and"))", pointer: member.pointer)
      }
      if !member.isNull { found[key] = member }
    }
    return found
  }

  /// The members of an object in their order, those whose names count.
  func members(where counts: (String) -> Bool = { _ in true }) throws(RequestFailure) -> [(
    key: String, value: BodyValue
  )] {
    guard case .object(let members) = value else { throw expected("an object") }
    var keys: Set<String> = []
    var found: [(key: String, value: BodyValue)] = []
    for member in members where counts(member.key) {
      let place = "\(pointer)/\(Self.escaped(member.key))"
      guard keys.insert(member.key).inserted else {
        throw .badValue("the member \(Diagnostic.quoted(member.key)) stands there twice", pointer: place)
      }
      found.append((member.key, BodyValue(member.value, at: place)))
    }
    return found
  }

  private static func escaped(_ key: String) -> String {
    key.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
