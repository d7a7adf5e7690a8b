/// A condition on the fields of a row: `rating >= 4`, `year > 1990 and genres has Drama`.
package struct Condition: Sendable, Equatable {
  package let root: Node

  package indirect enum Node: Sendable, Equatable {
    case all([Node])
    case any([Node])
    case not(Node)
    case comparison(field: Name, Relation, Value)
    /// A list holds an entry, or a text holds a part; without regard to case.
    case has(field: Name, Value)
    case missing(field: Name)
  }

  package enum Relation: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
  }

  /// What a field is compared with.
  package struct Value: Sendable, Equatable {
    package let text: String
    /// Its number, or the seconds since 1970 of a moment; nil for text.
    package let number: Double?
    /// The same where quotes make it a text: what a field of numbers is compared with.
    package let quotedNumber: Double?
    package let range: SourceRange

    init(_ text: String, isQuoted: Bool, range: SourceRange) {
      self.text = text
      self.range = range
      quotedNumber = (try? Literal.number(text)) ?? (try? Literal.moment(text))
      number = isQuoted ? nil : quotedNumber
    }
  }

  /// A field that it looks at, and what the field is compared with; nil after `is missing`.
  package struct Test: Sendable, Equatable {
    package let field: Name
    package let value: Value?
  }

  /// What it asks, in the order of the text.
  package var tests: [Test] { Condition.tests(of: root) }

  private static func tests(of node: Node) -> [Test] {
    switch node {
    case .all(let parts), .any(let parts): parts.flatMap { tests(of: $0) }
    case .not(let part): tests(of: part)
    case .comparison(let field, _, let value), .has(let field, let value): [Test(field: field, value: value)]
    case .missing(let field): [Test(field: field, value: nil)]
    }
  }
}

/// What a row has in a field.
package enum FieldValue: Sendable, Equatable {
  case number(Double)
  case text(String)
  case list([String])
  case missing
}

extension Condition {
  /// Whether a row meets the condition.
  ///
  /// A comparison with a field that is missing is false, `!=` too. A list equals what one of its entries equals.
  package func holds(_ value: (String) -> FieldValue) -> Bool {
    Condition.holds(root, value)
  }

  private static func holds(_ node: Node, _ value: (String) -> FieldValue) -> Bool {
    switch node {
    case .all(let parts): parts.allSatisfy { holds($0, value) }
    case .any(let parts): parts.contains { holds($0, value) }
    case .not(let part): !holds(part, value)
    case .missing(let field): value(field.text) == .missing
    case .has(let field, let wanted): has(value(field.text), wanted)
    case .comparison(let field, let relation, let wanted): compare(value(field.text), relation, wanted)
    }
  }

  private static func has(_ field: FieldValue, _ wanted: Value) -> Bool {
    switch field {
    case .list(let entries): entries.contains { equalsIgnoringCase($0, wanted.text) }
    case .text(let text): text.lowercased().contains(wanted.text.lowercased())
    case .number(let number): number == wanted.quotedNumber
    case .missing: false
    }
  }

  private static func compare(_ field: FieldValue, _ relation: Relation, _ wanted: Value) -> Bool {
    switch field {
    case .missing:
      return false
    case .number(let number):
      guard let other = wanted.quotedNumber else { return relation == .unequal }
      return relation.holds(number, other)
    case .text(let text):
      switch relation {
      case .equal: return equalsIgnoringCase(text, wanted.text)
      case .unequal: return !equalsIgnoringCase(text, wanted.text)
      default:
        if let other = wanted.number, let number = try? Literal.number(text) { return relation.holds(number, other) }
        return relation.holds(text, wanted.text)
      }
    case .list(let entries):
      let isEntry = entries.contains { equalsIgnoringCase($0, wanted.text) }
      switch relation {
      case .equal: return isEntry
      case .unequal: return !isEntry
      default: return entries.contains { relation.holds($0, wanted.text) }
      }
    }
  }

  private static func equalsIgnoringCase(_ a: String, _ b: String) -> Bool {
    a == b || a.lowercased() == b.lowercased()
  }
}

extension Condition.Relation {
  fileprivate func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
    switch self {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .equal: a == b
    case .unequal: a != b
    }
  }
}
