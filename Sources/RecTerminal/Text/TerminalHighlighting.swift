import RecLanguage

extension Highlighting {
  /// A part of the text in its colours, or as it is; the spans must be those of exactly this source.
  func text(in range: SourceRange, of source: SourceText, color: Bool) -> String {
    var text = ""
    var place = range.start
    for span in spans where span.range.start >= place && span.range.end <= range.end {
      text += Self.printable(source.text(in: SourceRange(place, span.range.start)))
      text += Self.printable(source.text(in: span.range)).painted(span.kind.accent, color)
      place = span.range.end
    }
    return text + Self.printable(source.text(in: SourceRange(place, range.end)))
  }

  /// The statements of a text of their own, as ``text(in:of:color:)``.
  static func text(of statements: String, catalog: CommandCatalog, color: Bool) -> String {
    let source = SourceText(statements)
    let script = Parser.parse(source, lexicon: catalog.lexicon).script
    return Highlighting(script, in: source).text(in: SourceRange(0, source.bytes.count), of: source, color: color)
  }

  /// Without control characters, but for the ends of lines.
  private static func printable(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.onOneLine).joined(separator: "\n")
  }
}

extension Highlighting.Kind {
  /// Cyan, yellow and magenta stay apart for colour-blind eyes; red and green are not among them.
  fileprivate var accent: Accent {
    switch self {
    case .verb: .strong
    case .option: .first
    case .string, .number: .second
    case .target, .variable: .third
    case .comment, .output: .faint
    }
  }
}
