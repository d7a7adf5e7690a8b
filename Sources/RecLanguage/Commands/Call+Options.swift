package import RecModels

extension Call {
  /// The specification of an option that this command has.
  func spec(_ name: String) -> OptionSpec {
    guard let spec = command.options.first(where: { $0.name == name }) else {
      preconditionFailure("\(command.verb) has no option \(name)")
    }
    return spec
  }

  /// The value of an option: what was given, else the default; nil where neither is there.
  package func value(_ name: String) throws(Diagnostic) -> OptionValue? { try value(of: spec(name)) }

  private func value(of spec: OptionSpec) throws(Diagnostic) -> OptionValue? {
    if let arguments = options[spec.name], let first = arguments.first {
      guard spec.takesList else {
        if arguments.count > 1 {
          throw Diagnostic(
            .badValue, "'\(spec.name)' takes one value, found \(arguments.count)", at: arguments[1].range)
        }
        return try spec.slot.read(first, option: spec.name)
      }
      var words: [String] = []
      for argument in arguments {
        guard case .word(let word) = try spec.slot.read(argument, option: spec.name) else { continue }
        words.append(word)
      }
      return .words(words)
    }
    guard let text = spec.defaultText else { return nil }
    if spec.takesList { return .words(text.split(separator: ",").map(String.init)) }
    return try spec.slot.read(Argument(text: text, range: verbRange), option: spec.name)
  }

  package func count(_ name: String) throws(Diagnostic) -> Int? {
    if case .count(let count)? = try value(name) { count } else { nil }
  }

  package func number(_ name: String) throws(Diagnostic) -> Double? {
    switch try value(name) {
    case .number(let number)?: number
    case .count(let count)?: Double(count)
    default: nil
    }
  }

  package func flag(_ name: String) throws(Diagnostic) -> Bool {
    if case .flag(let isOn)? = try value(name) { isOn } else { false }
  }

  package func word(_ name: String) throws(Diagnostic) -> String? {
    if case .word(let word)? = try value(name) { word } else { nil }
  }

  package func words(_ name: String) throws(Diagnostic) -> [String]? {
    switch try value(name) {
    case .words(let words)?: words
    case .word(let word)?: [word]
    default: nil
    }
  }

  /// Every option of an algorithm, defaults filled in.
  func optionValues(of specs: [OptionSpec]) throws(Diagnostic) -> OptionValues {
    var entries: [(name: String, value: OptionValue)] = []
    for spec in specs {
      if let value = try value(of: spec) { entries.append((spec.name, value)) }
    }
    return OptionValues(entries)
  }

  /// The one word of an option that was given, with its place.
  package func argument(_ option: String) -> Argument? { options[option]?.first }
}
