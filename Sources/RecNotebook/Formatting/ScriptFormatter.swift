package import RecLanguage

/// Writes a script in its canonical form: one blank between words, none around the `=` of an option, blanks around that of a
/// binding and around operators, blocks indented by two, verbs and words of the language in lower case.
///
/// Prose, comments and recorded lines stay as they are, and so do line breaks, but for blanks at the ends of lines and empty
/// lines at the end of the text. The tree is the same afterwards, and formatting twice changes nothing more.
package struct ScriptFormatter {
  let source: SourceText
  let catalog: CommandCatalog
  private let lineBreak: String
  var output = ""
  /// The source up to here is written.
  var written = 0

  private init(_ source: SourceText, catalog: CommandCatalog) {
    self.source = source
    self.catalog = catalog
    let firstBreak = source.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? 0
    lineBreak = firstBreak > 0 && source.bytes[firstBreak - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// The canonical form of a script.
  ///
  /// - Parameter script: The tree of exactly this source, without errors.
  package static func format(_ script: Script, in source: SourceText, catalog: CommandCatalog) -> String {
    var formatter = ScriptFormatter(source, catalog: catalog)
    formatter.write(script.items, depth: 0)
    formatter.writeGap(to: source.bytes.count, depth: 0, before: .end)
    return formatter.output
  }

  /// What a gap between two items leads to.
  private enum Next { case statement, comment, end, closingBrace }

  private mutating func write(_ items: [Script.Item], depth: Int) {
    for item in items {
      switch item {
      case .statement(let statement):
        writeGap(to: statement.range.start, depth: depth, before: .statement)
        write(statement, depth: depth)
        if let comment = statement.trailingComment {
          output += "  "
          written = comment.start
          writeVerbatim(to: comment.end)
        }
        for record in statement.recorded { writeLine(record, depth: depth) }
      case .prose(let prose):
        // Its lines stand in column one, whatever is around them.
        writeGap(to: prose.range.start, depth: depth, before: .comment)
        writeVerbatim(to: prose.range.end)
      case .comment(let range), .runRecord(let range), .strayRecord(let range), .interpreter(let range):
        writeLine(range, depth: depth)
      }
    }
  }

  private mutating func writeLine(_ range: SourceRange, depth: Int) {
    writeGap(to: range.start, depth: depth, before: .comment)
    writeVerbatim(to: range.end)
  }

  /// Blanks, line breaks and semicolons between items.
  private mutating func writeGap(to end: Int, depth: Int, before next: Next) {
    let gap = source.bytes[min(written, end)..<end]
    let isFirst = written == 0
    written = end
    let breaks = gap.count { $0 == UInt8(ascii: "\n") }
    let indentation = String(repeating: "  ", count: depth)
    if next == .end {
      if !output.isEmpty, !output.hasSuffix("\n") { output += lineBreak }
      return
    }
    if gap.starts(with: [0xEF, 0xBB, 0xBF]) { output += "\u{FEFF}" }
    if breaks > 0 {
      // Nothing of a text stands before its first item but empty lines.
      output += String(repeating: lineBreak, count: breaks)
    } else if !isFirst {
      output += next == .closingBrace || !gap.contains(UInt8(ascii: ";")) ? " " : "; "
      return
    }
    switch next {
    case .statement, .closingBrace: output += indentation
    case .comment:
      // An indented comment is none that readers see, and must stay indented.
      let isIndented = gap.last.map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ?? false
      if isIndented { output += depth > 0 ? indentation : "  " }
    case .end: break
    }
  }

  /// The source as it is, without blanks at the ends of its lines.
  mutating func writeVerbatim(to end: Int) {
    let text = source.text(in: SourceRange(written, end))
    written = end
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.withoutBlanksAtEnd }
    let last = lines.removeLast()
    for line in lines { output += line + lineBreak }
    output += last
  }

  /// Puts a text in the place of the source up to an offset; where a line is broken there, the break stays.
  mutating func write(_ text: String, to end: Int) {
    let gap = source.bytes[min(written, end)..<end]
    if gap.contains(UInt8(ascii: "\n")) {
      let hidden = source.text(in: SourceRange(written, end))
      written = end
      output += Self.broken(hidden, like: text, lineBreak: lineBreak)
    } else {
      output += text
      written = end
    }
  }

  /// A gap with a line break in it: what it holds stays, with four blanks behind the break, and blanks where the canonical
  /// text has some.
  private static func broken(_ gap: String, like text: String, lineBreak: String) -> String {
    var lines = gap.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingBlanks }
    let last = lines.removeLast()
    if lines[0].hasPrefix("#") {
      lines[0] = "  " + lines[0]
    } else if text.hasPrefix(" "), !lines[0].isEmpty {
      lines[0] = " " + lines[0]
    }
    let end = !last.isEmpty && text.hasSuffix(" ") ? last + " " : last
    return lines.joined(separator: lineBreak + "    ") + lineBreak + "    " + end
  }

  mutating func write(_ loop: Loop, depth: Int) {
    write("for ", to: loop.variable.range.start)
    writeVerbatim(to: loop.variable.range.end)
    for (place, item) in loop.items.enumerated() {
      write(place == 0 ? " in " : ",", to: item.range.start)
      writeVerbatim(to: item.range.end)
    }
    let end = loop.range.end - 1
    let brace = source.bytes[written..<end].firstIndex(of: UInt8(ascii: "{")) ?? end
    output += " {"
    written = brace + 1
    write(loop.body.items, depth: depth + 1)
    writeGap(to: end, depth: depth, before: .closingBrace)
    writeVerbatim(to: loop.range.end)
  }
}

extension Substring {
  fileprivate var withoutBlanksAtEnd: String { String(self).withoutBlanksAtEnd }
  fileprivate var trimmingBlanks: String { String(self).trimmingBlanks }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String { trimmingBlanksAtEnd(self) }
}
