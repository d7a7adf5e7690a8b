package import RecLanguage

/// A script with its recorded outputs as a document: passages, each with the `#>` lines that follow it.
package struct RecordedScript: Sendable {
  /// Statements whose outputs are recorded together: one, or all that share a line.
  package struct Passage: Sendable {
    package let statements: [Statement]
    /// The recorded lines without their `#> `.
    package let recorded: [String]
    /// The lines of the statements, as offsets into the source.
    package let code: SourceRange
    /// The recorded lines, `#> ` included.
    let records: [SourceRange]
  }

  package let source: SourceText
  package let passages: [Passage]

  /// - Parameter script: the tree of exactly this source.
  package init(_ script: Script, in source: SourceText) {
    self.source = source
    var groups: [[Statement]] = []
    for statement in script.statements {
      if let last = groups.last?.last, source.line(at: last.range.end) == source.line(at: statement.range.start) {
        groups[groups.count - 1].append(statement)
      } else {
        groups.append([statement])
      }
    }
    passages = groups.map { Passage($0, in: source) }
  }

  /// The source with the outputs of a run in the place of the recorded ones; all else is the same to the byte.
  ///
  /// A recorded line that still holds stays as it is, so that `[..]` and `...` survive.
  /// - Parameter comparisons: one for each passage.
  package func updated(with comparisons: [OutputComparison]) -> [UInt8] {
    precondition(comparisons.count == passages.count, "a comparison for each passage")
    let bytes = source.bytes
    var updated: [UInt8] = []
    var copied = 0
    for (passage, comparison) in zip(passages, comparisons) where !comparison.isEqual {
      let lineBreak = source.lineBreak(after: passage.code.end)
      let end = passage.code.end + lineBreak.count
      updated += bytes[copied..<end]
      copied = end
      let newBreak = lineBreak.isEmpty ? [UInt8(ascii: "\n")] : Array(lineBreak)
      for line in comparison.updated {
        // A last line that no line break ends stays so, and gets its output below.
        updated += lineBreak.isEmpty ? newBreak + Self.record(line).utf8 : Self.record(line).utf8 + newBreak
      }
      for record in passage.records {
        updated += bytes[copied..<record.start]
        copied = record.end + source.lineBreak(after: record.end).count
      }
    }
    return updated + bytes[copied...]
  }

  /// A line of output as it is recorded.
  package static func record(_ line: String) -> String { line.isEmpty ? "#>" : "#> " + line }
}

extension RecordedScript.Passage {
  fileprivate init(_ statements: [Statement], in source: SourceText) {
    self.statements = statements
    records = statements.flatMap(\.recorded)
    recorded = records.map { range in
      let text = source.text(in: SourceRange(range.start + 2, range.end))
      return text.hasPrefix(" ") ? String(text.dropFirst()) : text
    }
    let start = statements[0].range.start
    let end = statements.map { max($0.range.end, $0.trailingComment?.end ?? 0) }.max() ?? start
    code = SourceRange(source.lineRange(at: start).start, source.lineRange(at: end).end)
  }
}

extension SourceText {
  /// The bytes of the line break at the end of a line; none at the end of the text.
  fileprivate func lineBreak(after end: Int) -> ArraySlice<UInt8> {
    guard let newline = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    return bytes[end...newline]
  }
}
