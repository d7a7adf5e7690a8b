/// Reads the Markdown that prose is written in: the part of CommonMark (0.31.2) that scripts use, and pipe tables.
///
/// Headings with `#`, paragraphs, lists, fenced code, tables, quotes and rules; no HTML, which stands as text. Never
/// fails. O(n) but for marks that nothing closes.
package struct MarkdownParser {
  private var lines: ArraySlice<String>
  private var blocks: [MarkdownBlock] = []
  private let depth: Int

  /// How deeply lists and quotes may stand in one another; deeper ones are text.
  private static let depthLimit = 8

  private init(_ lines: ArraySlice<String>, depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  /// The blocks of a text, whose lines have no line breaks.
  package static func blocks(of lines: [String]) -> [MarkdownBlock] { blocks(of: lines[...], depth: 0) }

  private static func blocks(of lines: ArraySlice<String>, depth: Int) -> [MarkdownBlock] {
    var parser = MarkdownParser(lines, depth: depth)
    parser.run()
    return parser.blocks
  }

  private mutating func run() {
    while let line = lines.first {
      if line.allSatisfy(\.isWhitespace) {
        lines.removeFirst()
      } else if !takeFence(line), !takeHeading(line), !takeRule(line), !takeTable(line), !takeQuote(line),
        !takeList(line)
      {
        takeParagraph()
      }
    }
  }

  private mutating func takeFence(_ line: String) -> Bool {
    guard let fence = Self.fence(line) else { return false }
    lines.removeFirst()
    var code: [String] = []
    while let next = lines.popFirst() {
      if let end = Self.fence(next), end.mark == fence.mark, end.language.isEmpty { break }
      code.append(next)
    }
    blocks.append(.code(language: fence.language, code))
    return true
  }

  private static func fence(_ line: String) -> (mark: Character, language: String)? {
    let text = line.trimmingBlanks
    guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
    let rest = text.drop { $0 == mark }
    guard text.count - rest.count >= 3, !rest.contains(mark) else { return nil }
    return (mark, String(rest).trimmingBlanks)
  }

  private mutating func takeHeading(_ line: String) -> Bool {
    guard let heading = Self.heading(line) else { return false }
    lines.removeFirst()
    blocks.append(.heading(level: heading.level, MarkdownSpanParser.spans(of: heading.text)))
    return true
  }

  private static func heading(_ line: String) -> (level: Int, text: String)? {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count) else { return nil }
    let rest = line.dropFirst(marks.count)
    guard rest.isEmpty || rest.first == " " else { return nil }
    return (marks.count, String(rest).trimmingBlanks)
  }

  private mutating func takeRule(_ line: String) -> Bool {
    guard Self.isRule(line) else { return false }
    lines.removeFirst()
    blocks.append(.rule)
    return true
  }

  private static func isRule(_ line: String) -> Bool {
    let marks = line.filter { !$0.isWhitespace }
    return marks.count >= 3 && ["-", "*", "_"].contains { mark in marks.allSatisfy { $0 == mark } }
  }

  private mutating func takeTable(_ line: String) -> Bool {
    guard line.contains("|"), let second = lines.dropFirst().first, let alignments = Self.alignments(second) else {
      return false
    }
    let header = Self.cells(line)
    guard header.count == alignments.count else { return false }
    lines.removeFirst(2)
    var rows: [[[MarkdownSpan]]] = []
    while let next = lines.first, next.contains("|") {
      let cells = Self.cells(next)
      rows.append(
        header.indices.map { $0 < cells.count ? MarkdownSpanParser.spans(of: cells[$0]) : [] })
      lines.removeFirst()
    }
    blocks.append(
      .table(header: header.map(MarkdownSpanParser.spans), alignments: alignments, rows: rows))
    return true
  }

  private static func alignments(_ line: String) -> [MarkdownAlignment]? {
    guard line.contains("-"), line.contains("|") else { return nil }
    var alignments: [MarkdownAlignment] = []
    for cell in cells(line) {
      let dashes = cell.drop { $0 == ":" }.prefix { $0 == "-" }
      guard !dashes.isEmpty, cell.allSatisfy({ $0 == "-" || $0 == ":" }) else { return nil }
      let (left, right) = (cell.first == ":", cell.last == ":")
      alignments.append(left && right ? .center : right ? .right : .left)
    }
    return alignments
  }

  /// The cells of a row; `\|` is no border, nor is a bar in code.
  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isEscaped = false
    var isCode = false
    for character in line.trimmingBlanks {
      if character == "`", !isEscaped { isCode.toggle() }
      if character == "|", isEscaped {
        cells[cells.count - 1].removeLast()
        cells[cells.count - 1].append("|")
      } else if character == "|", !isCode {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.first?.trimmingBlanks.isEmpty == true { cells.removeFirst() }
    if cells.last?.trimmingBlanks.isEmpty == true { cells.removeLast() }
    return cells.map(\.trimmingBlanks)
  }

  private mutating func takeQuote(_ line: String) -> Bool {
    guard depth < Self.depthLimit, line.hasPrefix(">") else { return false }
    var inner: [String] = []
    while let next = lines.first, next.hasPrefix(">") {
      let text = next.dropFirst()
      inner.append(String(text.first == " " ? text.dropFirst() : text))
      lines.removeFirst()
    }
    blocks.append(.quote(Self.blocks(of: inner[...], depth: depth + 1)))
    return true
  }

  private mutating func takeList(_ line: String) -> Bool {
    guard depth < Self.depthLimit, let first = Self.listMark(line) else { return false }
    var items: [[String]] = []
    var indentation = first.width
    while let next = lines.first {
      if let mark = Self.listMark(next), (mark.number == nil) == (first.number == nil), mark.indentation < indentation {
        guard mark.indentation <= first.indentation else { break }
        items.append([String(next.dropFirst(mark.width))])
        indentation = mark.width
      } else if next.allSatisfy(\.isWhitespace) {
        // A blank line ends the list unless an indented line or another item follows.
        guard let after = lines.dropFirst().first else { break }
        let goesOn =
          after.prefix { $0 == " " }.count >= indentation
          || Self.listMark(after).map { ($0.number == nil) == (first.number == nil) } == true
        guard goesOn else { break }
        items[items.count - 1].append("")
      } else if next.prefix(while: { $0 == " " }).count >= indentation {
        items[items.count - 1].append(String(next.dropFirst(indentation)))
      } else if Self.listMark(next) == nil, Self.isParagraphLine(next), items.last?.last?.isEmpty == false {
        items[items.count - 1].append(next)  // A lazy line goes on with the paragraph.
      } else {
        break
      }
      lines.removeFirst()
    }
    blocks.append(
      .list(first: first.number, items: items.map { Self.blocks(of: $0[...], depth: depth + 1) }))
    return true
  }

  private static func listMark(_ line: String) -> (number: Int?, indentation: Int, width: Int)? {
    let indentation = line.prefix { $0 == " " }.count
    let text = line.dropFirst(indentation)
    let digits = text.prefix { $0.isASCII && $0.isNumber }.count
    let isOrdered = (1...9).contains(digits)
    let rest = isOrdered ? text.dropFirst(digits) : text
    guard let mark = rest.first, isOrdered ? mark == "." || mark == ")" : "-*+".contains(mark) else { return nil }
    guard rest.dropFirst().first == " " else { return nil }
    return (isOrdered ? Int(text.prefix(digits)) : nil, indentation, indentation + (isOrdered ? digits : 0) + 2)
  }

  private mutating func takeParagraph() {
    var text: [String] = []
    while let line = lines.first, text.isEmpty || Self.isParagraphLine(line) {
      text.append(line.trimmingBlanks)
      lines.removeFirst()
    }
    blocks.append(.paragraph(MarkdownSpanParser.spans(of: text.joined(separator: " "))))
  }

  /// Whether a line goes on with the paragraph above it.
  private static func isParagraphLine(_ line: String) -> Bool {
    !line.allSatisfy(\.isWhitespace) && fence(line) == nil && heading(line) == nil && !isRule(line)
      && !line.hasPrefix(">") && !opensList(line)
  }

  /// Whether a line begins a list within a paragraph: a number that a sentence happens to break before does not, but 1.
  private static func opensList(_ line: String) -> Bool {
    guard let mark = listMark(line) else { return false }
    return mark.number == nil || mark.number == 1
  }
}

extension String {
  /// Without blanks at either end.
  var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
