/// The value of one option, read and checked against its slot.
package enum OptionValue: Sendable, Equatable {
  case count(Int)
  case number(Double)
  case flag(Bool)
  /// A choice, a field, a name or any other text.
  case word(String)
  case words([String])
  case range(lowest: Double, highest: Double, step: Double?)
}

/// The options that an algorithm is trained with: every one that it has, defaults filled in.
package struct OptionValues: Sendable, Equatable {
  /// In the order of the algorithm's specification.
  package let entries: [(name: String, value: OptionValue)]

  package init(_ entries: [(name: String, value: OptionValue)]) { self.entries = entries }

  package static func == (left: OptionValues, right: OptionValues) -> Bool {
    left.entries.elementsEqual(right.entries) { $0 == $1 }
  }

  package subscript(name: String) -> OptionValue? { entries.first { $0.name == name }?.value }

  package func count(_ name: String) -> Int? {
    if case .count(let value) = self[name] { value } else { nil }
  }

  package func number(_ name: String) -> Double? {
    switch self[name] {
    case .number(let value): value
    case .count(let value): Double(value)
    default: nil
    }
  }

  package func flag(_ name: String) -> Bool? {
    if case .flag(let value) = self[name] { value } else { nil }
  }

  package func word(_ name: String) -> String? {
    if case .word(let value) = self[name] { value } else { nil }
  }

  package func words(_ name: String) -> [String]? {
    switch self[name] {
    case .words(let values): values
    case .word(let value): [value]
    default: nil
    }
  }

  package func range(_ name: String) -> (lowest: Double, highest: Double)? {
    if case .range(let lowest, let highest, _) = self[name] { (lowest, highest) } else { nil }
  }
}
