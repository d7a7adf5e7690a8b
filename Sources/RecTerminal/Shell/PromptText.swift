import RecData
import RecLanguage

/// The text of the prompt: the state that matters, short, always ending in `› `.
enum PromptText {
  static let standard = "recline {data} · {model}"

  /// A template with `{data}` and `{model}` replaced; the parts between ` · ` that say nothing are left out.
  static func text(_ template: String?, _ session: Session) -> String {
    let model = session.newest { if case .model = $0 { true } else { nil } }?.name
    let places = [
      "{data}": session.trainingData?.name.onOneLine.fitted(toWidth: 24) ?? "",
      "{model}": model?.fitted(toWidth: 16) ?? "",
    ]
    let parts = parts(of: (template ?? standard).onOneLine).map { part in
      places.reduce(part) { replacing($1.key, in: $0, by: $1.value.contains("›") ? "" : $1.value) }.trimmed
    }
    // A mark within would be taken for the prompt's end in what is pasted.
    let text = parts.filter { !$0.isEmpty }.joined(separator: " · ").filter { !"›\"'=#".contains($0) }
    return text.isEmpty ? "› " : text + " › "
  }

  private static func parts(of template: String) -> [String] {
    var parts = [""]
    for character in template {
      if character == "·" { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private static func replacing(_ place: String, in text: String, by value: String) -> String {
    var result = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.hasPrefix(place) {
        result += value
        rest = rest.dropFirst(place.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
