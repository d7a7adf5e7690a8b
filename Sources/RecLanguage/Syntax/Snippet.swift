/// A line of source with the place in it that a caret points at.
///
/// Only the neighbourhood of the place is held, so that a line of megabytes costs nothing to show.
struct Snippet {
  let line: Int
  /// `file:line:column`, where the text is a file.
  let place: String?
  /// The line's text before, under and after the caret.
  let before: String
  let marked: String
  let after: String
  /// Whether the line goes on to the left of `before` or to the right of `after`.
  let isCutBefore: Bool
  let isCutAfter: Bool
  let hasCaret: Bool

  /// A range of a source text, with at most `reach` bytes of its line on each side.
  init(_ range: SourceRange, in source: SourceText, reach: Int) {
    let start = min(range.start, source.bytes.count)
    let bounds = source.lineRange(at: start)
    let lineEnd = max(bounds.end, bounds.start)
    let from = min(start, lineEnd)
    let to = min(max(range.end, from), lineEnd)
    let windowStart = max(bounds.start, source.scalarBoundary(atOrBefore: from - reach))
    let markedEnd = min(to, source.scalarBoundary(atOrBefore: from + reach))
    let windowEnd = min(lineEnd, source.scalarBoundary(atOrBefore: max(markedEnd, from) + reach))
    line = source.line(at: start)
    place = source.name == SourceText.inputName ? nil : "\(source.name):\(line):\(source.column(at: from))"
    before = Snippet.shown(source.text(in: SourceRange(windowStart, from)))
    marked = Snippet.shown(source.text(in: SourceRange(from, max(from, markedEnd))))
    after = Snippet.shown(source.text(in: SourceRange(max(from, markedEnd), max(from, markedEnd, windowEnd))))
    isCutBefore = windowStart > bounds.start
    isCutAfter = windowEnd < lineEnd
    hasCaret = true
  }

  /// A place in a data file.
  init(_ position: Diagnostic.FilePosition) {
    line = position.line
    hasCaret = position.column > 0
    let column = hasCaret ? ":\(position.column)" : ""
    place = "\(position.file):\(position.line)\(column)"
    let scalars = position.text.unicodeScalars
    let skipped = hasCaret ? max(0, position.column - position.textColumn) : scalars.count
    let from = scalars.index(scalars.startIndex, offsetBy: skipped, limitedBy: scalars.endIndex) ?? scalars.endIndex
    let length = max(position.length, 0)
    let to = scalars.index(from, offsetBy: length, limitedBy: scalars.endIndex) ?? scalars.endIndex
    before = Snippet.shown(String(scalars[..<from]))
    marked = Snippet.shown(String(scalars[from..<to]))
    after = Snippet.shown(String(scalars[to...]))
    isCutBefore = position.textColumn > 1
    isCutAfter = false
  }

  /// What is shown of the line in `width` cells, and the cells under which carets stand.
  func cut(to width: Int) -> (text: String, caret: Range<Int>?) {
    let width = max(width, 12)
    let total = displayWidth(of: before) + displayWidth(of: marked) + displayWidth(of: after)
    var left = before
    if isCutBefore || total > width && displayWidth(of: before) > width / 2 {
      left = "…" + Snippet.suffix(of: before, width: width / 2 - 1)
    }
    let caretStart = displayWidth(of: left)
    let room = width - caretStart - 1
    let middle = Snippet.prefix(of: marked, width: room)
    var text = left + middle
    var caretEnd = displayWidth(of: text)
    if middle.count < marked.count {
      text += "…"
    } else {
      let rest = width - caretEnd - 1
      let right = displayWidth(of: after) == rest + 1 && !isCutAfter ? after : Snippet.prefix(of: after, width: rest)
      text += right
      if right.count < after.count || isCutAfter { text += "…" }
    }
    caretEnd = max(caretEnd, caretStart + 1)
    return (text, hasCaret ? caretStart..<caretEnd : nil)
  }

  /// The text with control characters made visible or blank, so that carets line up and terminals stay safe.
  private static func shown(_ text: String) -> String {
    String(text.map(Diagnostic.printable))
  }

  /// The longest beginning of at most so many cells.
  private static func prefix(of text: String, width: Int) -> String {
    var used = 0
    return String(
      text.prefix { character in
        used += displayWidth(of: character)
        return used <= width
      })
  }

  /// The longest end of at most so many cells.
  private static func suffix(of text: String, width: Int) -> String {
    var used = 0
    var start = text.endIndex
    while start > text.startIndex {
      let previous = text.index(before: start)
      used += displayWidth(of: text[previous])
      if used > width { break }
      start = previous
    }
    return String(text[start...])
  }
}
