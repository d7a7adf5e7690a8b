/// Words diagnostics for people, in the one form that shell, scripts and command line share.
///
///     error: no model named 'svdd'
///       7 │ eval svdd hybrid
///         │      ^^^^ did you mean 'svd'?
///       help: models so far: svd, tfidf, hybrid
///
/// A text with a name of its own adds a line `--> films.rec:7:6` under the message.
package struct DiagnosticRenderer: Sendable {
  /// Errors beyond this many are only counted.
  package static let errorLimit = 20

  /// The terminal's width in cells; longer lines are cut around the caret.
  package var width: Int
  package var color: Bool

  package init(width: Int = 80, color: Bool = false) {
    self.width = max(width, 30)
    self.color = color
  }

  /// The lines of one diagnostic, without a newline at the end.
  package func render(_ diagnostic: Diagnostic, in source: SourceText? = nil) -> String {
    let isError = diagnostic.severity == .error
    let accent = isError ? Accent.error : Accent.warning
    let message = String(diagnostic.message.map(Diagnostic.printable))
    var lines = [
      paint(diagnostic.severity.rawValue + ":", accent) + " " + paint(message, .strong)
    ]
    var hint = diagnostic.hint
    if let position = diagnostic.position {
      lines += snippet(Snippet(position), hint: hint, accent: accent)
      hint = nil
    }
    if let source, let range = diagnostic.range {
      let snippet = Snippet(range, in: source, reach: width * 4)
      lines += self.snippet(snippet, hint: hint, accent: accent)
      hint = nil
    }
    if let hint { lines.append("  " + paint("hint:", .gutter) + " " + hint) }
    if let help = diagnostic.help { lines.append("  " + paint("help:", .gutter) + " " + help) }
    return lines.joined(separator: "\n")
  }

  /// Several diagnostics one under the other: at most ``errorLimit`` errors, then how many more there are.
  package func render(_ diagnostics: [Diagnostic], in source: SourceText? = nil) -> String {
    var blocks: [String] = []
    var errorCount = 0
    for diagnostic in diagnostics {
      if diagnostic.severity == .error { errorCount += 1 }
      if errorCount <= Self.errorLimit { blocks.append(render(diagnostic, in: source)) }
    }
    if errorCount > Self.errorLimit {
      let more = errorCount - Self.errorLimit
      blocks.append(paint("error:", .error) + " \(more) more \(more == 1 ? "error" : "errors")")
    }
    return blocks.joined(separator: "\n")
  }

  private func snippet(_ snippet: Snippet, hint: String?, accent: Accent) -> [String] {
    let number = String(snippet.line)
    let gutter = String(repeating: " ", count: number.count)
    var lines: [String] = []
    if let place = snippet.place { lines.append("  " + paint("-->", .gutter) + " " + place) }
    let cut = snippet.cut(to: width - number.count - 5)
    lines.append("  " + paint("\(number) │", .gutter) + " " + cut.text)
    if let caret = cut.caret {
      var marks = String(repeating: "^", count: caret.count)
      if let hint { marks += " " + hint }
      let margin = String(repeating: " ", count: caret.lowerBound)
      lines.append("  " + paint("\(gutter) │", .gutter) + " " + margin + paint(marks, accent))
    } else if let hint {
      lines.append("  " + paint("\(gutter) │", .gutter) + " " + paint(hint, accent))
    }
    return lines
  }

  private enum Accent: String {
    case error = "1;31"
    case warning = "1;33"
    case gutter = "34"
    case strong = "1"
  }

  private func paint(_ text: String, _ accent: Accent) -> String {
    color ? "\u{1B}[\(accent.rawValue)m\(text)\u{1B}[0m" : text
  }
}
