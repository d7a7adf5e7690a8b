/// An option of a saved model: its name, and its value under the word for its kind.
private struct SavedOption: Codable {
  let name: String
  let value: OptionValue

  private enum CodingKeys: String, CodingKey { case name, count, number, flag, word, words, range }
  private struct Span: Codable {
    let lowest: Double
    let highest: Double
    let step: Double?
  }

  init(name: String, value: OptionValue) {
    self.name = name
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    switch value {
    case .count(let count): try container.encode(count, forKey: .count)
    case .number(let number): try container.encode(number, forKey: .number)
    case .flag(let isOn): try container.encode(isOn, forKey: .flag)
    case .word(let word): try container.encode(word, forKey: .word)
    case .words(let words): try container.encode(words, forKey: .words)
    case .range(let lowest, let highest, let step):
      try container.encode(Span(lowest: lowest, highest: highest, step: step), forKey: .range)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    if let count = try container.decodeIfPresent(Int.self, forKey: .count) {
      value = .count(count)
    } else if let number = try container.decodeIfPresent(Double.self, forKey: .number) {
      value = .number(number)
    } else if let isOn = try container.decodeIfPresent(Bool.self, forKey: .flag) {
      value = .flag(isOn)
    } else if let word = try container.decodeIfPresent(String.self, forKey: .word) {
      value = .word(word)
    } else if let words = try container.decodeIfPresent([String].self, forKey: .words) {
      value = .words(words)
    } else {
      let span = try container.decode(Span.self, forKey: .range)
      value = .range(lowest: span.lowest, highest: span.highest, step: span.step)
    }
  }
}

extension OptionValues: Codable {
  package func encode(to encoder: any Encoder) throws {
    try entries.map { SavedOption(name: $0.name, value: $0.value) }.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try [SavedOption](from: decoder).map { ($0.name, $0.value) })
  }

  /// As one would type them.
  package var text: String { entries.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ") }
}

extension OptionValue {
  fileprivate var text: String {
    switch self {
    case .count(let count): String(count)
    case .number(let number): number.description
    case .flag(let isOn): isOn ? "on" : "off"
    case .word(let word): word
    case .words(let words): words.joined(separator: ",")
    case .range(let lowest, let highest, let step): "\(lowest)..\(highest)" + (step.map { ":\($0)" } ?? "")
    }
  }
}
