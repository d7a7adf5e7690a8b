import RecLanguage
import RecModels

/// Values that one may want to try for an option that takes a number: around its default, in steps of 1, 2 and 5.
enum TypicalValues {
  static func candidates(_ spec: OptionSpec) -> [Candidate] {
    switch spec.slot {
    case .count(let bounds):
      guard let standard = spec.defaultText.flatMap({ Int($0) }), spec.name != "seed" else { return [] }
      let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
      let below = steps.filter { $0 < standard }.suffix(2)
      let above = steps.filter { $0 > standard }.prefix(2)
      return (below + [standard] + above).filter { bounds.contains($0) }.map {
        candidate(String($0), spec, isStandard: $0 == standard)
      }
    case .number(let bounds):
      guard let standard = spec.defaultText.flatMap({ Double($0) }), standard > 0 else { return [] }
      return [standard / 10, standard / 2, standard, standard * 2, standard * 10].filter { bounds.contains($0) }.map {
        candidate(plain($0), spec, isStandard: $0 == standard)
      }
    case .share:
      return ["10%", "20%", "30%", "50%"].map { candidate($0, spec, isStandard: $0 == spec.defaultText) }
    default:
      return []
    }
  }

  private static func candidate(_ text: String, _ spec: OptionSpec, isStandard: Bool) -> Candidate {
    let unit = spec.unit.map { " (\($0))" } ?? ""
    return Candidate(text, help: isStandard ? "the default: \(spec.summary)\(unit)" : "")
  }
}
