package import RecLanguage

/// A script as the document that `step`, `check` and `report` show: its parts in the order of the text.
///
/// Comments that no reader sees are left out.
package struct Notebook: Sendable {
  package enum Part: Sendable {
    /// Markdown without its `# `, with the line that it begins on.
    case prose([MarkdownBlock], line: Int)
    case exercise(Exercise)
    case passage(RecordedScript.Passage)
  }

  package let recorded: RecordedScript
  package let parts: [Part]

  package var source: SourceText { recorded.source }

  /// - Parameter script: the tree of exactly this source.
  package init(_ script: Script, in source: SourceText) {
    recorded = RecordedScript(script, in: source)
    var parts: [Part] = []
    var passages = recorded.passages[...]
    for item in script.items {
      switch item {
      case .prose(let prose):
        parts += Self.parts(of: prose, line: source.line(at: prose.range.start))
      case .statement(let statement):
        guard let passage = passages.first, passage.statements.first?.range == statement.range else { continue }
        parts.append(.passage(passage))
        passages.removeFirst()
      case .comment, .runRecord, .strayRecord, .interpreter: break
      }
    }
    self.parts = parts
  }

  /// The title: the first heading of the first level.
  package var title: String? {
    for case .prose(let blocks, _) in parts {
      for case .heading(level: 1, let spans) in blocks { return spans.plainText }
    }
    return nil
  }

  /// Prose between exercises, and the exercises.
  private static func parts(of prose: Prose, line: Int) -> [Part] {
    var parts: [Part] = []
    var text: [String] = []
    var first = line
    func flush(next: Int) {
      let blocks = MarkdownParser.blocks(of: text)
      if !blocks.isEmpty { parts.append(.prose(blocks, line: first)) }
      text = []
      first = next
    }
    for (index, content) in prose.lines.enumerated() {
      let number = line + index
      guard let mark = ExerciseMark(content) else {
        text.append(content)
        continue
      }
      flush(next: number + 1)
      if case .question = mark.kind {
        parts.append(.exercise(Exercise(question: mark.text, line: number)))
      } else if case .exercise(var exercise) = parts.last {
        parts.removeLast()
        exercise.add(mark, line: number)
        parts.append(.exercise(exercise))
      } else {
        // A hint to no question is prose like any other.
        first = number
        text.append(content)
      }
    }
    flush(next: line)
    return parts
  }
}
