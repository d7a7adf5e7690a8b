/// One thing that is wrong: what, where, and what would be right.
///
/// The message is lower case and without a full stop; it quotes the user's own text. The hint is the next thing to
/// type and stands behind the caret; the help is a line below.
package struct Diagnostic: Error, Sendable, Equatable {
  /// A stable name in kebab-case, such as `unknown-name`, for programs that read errors.
  package struct Code: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }
    package var description: String { text }
  }

  package enum Severity: String, Sendable {
    case error, warning
  }

  /// A place in a file that is not the script being run: malformed data, or a script that a script runs.
  package struct FilePosition: Sendable, Equatable {
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// In Unicode scalars from 1; 0 where only the line is known.
    package let column: Int
    /// How many scalars are wrong, from `column`.
    package let length: Int
    /// The line's text, or the part of it around the column; never megabytes.
    package let text: String
    /// The column at which `text` starts.
    package let textColumn: Int

    package init(
      file: String, line: Int, column: Int = 0, length: Int = 1, text: String, textColumn: Int = 1
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.length = length
      self.text = text
      self.textColumn = textColumn
    }
  }

  package var code: Code
  package var severity: Severity
  package var message: String
  /// Where, in the text that is being run.
  package var range: SourceRange?
  package var hint: String?
  package var help: String?
  /// Where, in another file; shown besides the range.
  package var position: FilePosition?

  package init(
    _ code: Code, _ message: String, at range: SourceRange? = nil, hint: String? = nil, help: String? = nil,
    position: FilePosition? = nil, severity: Severity = .error
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.hint = hint
    self.help = help
    self.position = position
  }

  /// The same diagnostic with a range, where it had none yet.
  package func located(at range: SourceRange) -> Diagnostic {
    guard self.range == nil else { return self }
    var located = self
    located.range = range
    return located
  }

  /// The same diagnostic with its range turned into a file's position, to be shown outside its own text.
  package func detached(from source: SourceText) -> Diagnostic {
    guard let range, position == nil else { return self }
    var detached = self
    detached.range = nil
    let line = source.lineRange(at: range.start)
    let windowStart = max(line.start, source.scalarBoundary(atOrBefore: range.start - 500))
    let windowEnd = min(line.end, source.scalarBoundary(atOrBefore: range.start + 500))
    detached.position = FilePosition(
      file: source.name,
      line: source.line(at: range.start),
      column: source.column(at: range.start),
      length: max(1, source.scalarCount(in: SourceRange(range.start, max(range.start, min(range.end, line.end))))),
      text: source.text(in: SourceRange(windowStart, max(windowStart, windowEnd))),
      textColumn: source.column(at: windowStart))
    return detached
  }

  /// The user's text in single quotes, on one line and cut to a length that can be read.
  package static func quoted(_ text: some StringProtocol) -> String {
    "'" + shortened(text) + "'"
  }

  /// A text on one line, without control characters and of at most 60 characters.
  package static func shortened(_ text: some StringProtocol) -> String {
    var shown = ""
    var count = 0
    for character in text {
      if count == 60 { return shown + "…" }
      shown.append(printable(character))
      count += 1
    }
    return shown
  }

  /// The character itself, a space for a tab or a line break, U+FFFD for any other control character.
  static func printable(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first else { return character }
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: return " "
    case 0..<0x20, 0x7F..<0xA0: return "\u{FFFD}"
    default: return character
    }
  }
}

extension SourceText {
  /// The nearest start of a Unicode scalar at or before an offset.
  func scalarBoundary(atOrBefore offset: Int) -> Int {
    var boundary = min(max(offset, 0), bytes.count)
    while boundary > 0, boundary < bytes.count, bytes[boundary] & 0xC0 == 0x80 { boundary -= 1 }
    return boundary
  }
}
