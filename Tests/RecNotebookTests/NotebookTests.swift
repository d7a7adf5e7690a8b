import RecLanguage

import Testing

@testable import RecNotebook

struct NotebookTests {
  private func notebook(_ text: String) -> Notebook {
    let source = SourceText(text)
    return Notebook(Parser.parse(source, lexicon: CommandCatalog.language.lexicon).script, in: source)
  }

  @Test func `prose, exercises and statements stand in the order of the text`() {
    let notebook = notebook(
      """
      # # Title
      #
      # Text.
      # ? Which k?
      # ?- Try 10.
      # ?- Or 20.
      # ?= svd k=10
      # ?! it.k == 10
      # More text.

      svd k=5
      #> a
      #silent
      eval; help
      # End.
      """)
    var seen: [String] = []
    for part in notebook.parts {
      switch part {
      case .prose(let blocks, let line): seen.append("prose \(line): \(blocks.count)")
      case .exercise(let exercise):
        seen.append("exercise \(exercise.line): \(exercise.question)")
        #expect(exercise.hints == ["Try 10.", "Or 20."])
        #expect(exercise.solution == [Exercise.Line(text: "svd k=10", number: 7)])
        #expect(exercise.conditions == [Exercise.Line(text: "it.k == 10", number: 8)])
      case .passage(let passage): seen.append("\(passage.statements.count) statements, \(passage.recorded.count) lines")
      }
    }
    #expect(
      seen == [
        "prose 1: 2", "exercise 4: Which k?", "prose 9: 1", "1 statements, 1 lines", "2 statements, 0 lines",
        "prose 15: 1",
      ])
    #expect(notebook.title == "Title")
  }

  @Test func `a hint to no question is prose`() {
    let parts = notebook("# ?- A hint.\n").parts
    guard parts.count == 1, case .prose(let blocks, 1) = parts[0] else {
      Issue.record("\(parts)")
      return
    }
    #expect(blocks == [.paragraph([.text("?- A hint.")])])
  }
}
