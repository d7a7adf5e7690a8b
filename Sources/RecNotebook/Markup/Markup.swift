/// XML that is HTML as well, as it is written: every text and every value of an attribute is escaped.
///
/// Names and style sheets are part of the program (`StaticString`), so that nothing from data can become one.
package struct Markup: Sendable {
  package typealias Attributes = KeyValuePairs<StaticString, String>

  package private(set) var text = ""

  package init() {}

  /// An element with what is in it; it has an end tag even when it is empty, as HTML wants it.
  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void = { _ in }
  ) {
    open(name, attributes)
    text += ">"
    content(&self)
    text += "</\(name)>"
  }

  package mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text content: String) {
    element(name, attributes) { $0.write(content) }
  }

  /// An element that never has content, such as `<hr/>`.
  package mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
    text += "/>"
  }

  /// A text, escaped.
  ///
  /// By scalars, not characters: a quote with a combining mark is still a quote to who reads the file.
  package mutating func write(_ content: String) {
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      // XML 1.0 has no place for these, escaped or not.
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
        text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// A part of the program's own, such as a style sheet, as it is.
  package mutating func literal(_ content: StaticString) { text += "\(content)" }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes {
      text += " \(key)=\""
      write(value)
      text += "\""
    }
  }
}
