extension Algorithm {
  /// Every option that has a default, with it.
  package var defaults: OptionValues { options(with: [:]) }

  /// Every option that is given or has a default, in the order of the specification; names it does not have are left out.
  package func options(with given: [String: OptionValue]) -> OptionValues {
    OptionValues(
      options.compactMap { option in
        (given[option.name] ?? option.defaultValue).map { (option.name, $0) }
      })
  }
}

extension OptionSpec {
  /// What the text of the default means in the option's slot; nil where there is none.
  package var defaultValue: OptionValue? { defaultText.flatMap(value) }

  /// What a text means in the option's slot, as far as it needs no more than the text; nil where it means nothing there.
  package func value(_ text: String) -> OptionValue? {
    switch slot {
    case .count: return Int(text).map(OptionValue.count)
    case .number: return Double(text).map(OptionValue.number)
    case .share:
      if text.hasSuffix("%") { return Double(text.dropLast()).map { .number($0 / 100) } }
      return Double(text).map(OptionValue.number)
    case .flag: return .flag(text == "on")
    case .range:
      let ends = text.split(separator: "..").compactMap { Double($0) }
      guard ends.count == 2 else { return nil }
      return .range(lowest: ends[0], highest: ends[1], step: nil)
    default: return takesList ? .words(text.split(separator: ",").map(String.init)) : .word(text)
    }
  }
}
