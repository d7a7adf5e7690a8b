package import RecLanguage

/// A script that was run as a document for readers: its prose, its statements and what they showed, as values.
package struct Report: Sendable {
  /// What ended the run, where that was before the end of the script.
  package enum Ending: String, Sendable { case failed, interrupted }

  package let notebook: Notebook
  /// The outputs of each passage that ran; a passage that failed has its error as its last.
  package let outputs: [[Output]]
  /// What was wrong before anything ran, or nothing.
  package let problems: [Diagnostic]
  package let ending: Ending?
  package let seed: UInt64
  /// For colours.
  let highlighting: Highlighting

  /// - Parameters:
  ///   - script: the tree of exactly this source.
  ///   - outputs: for each passage that ran, in order.
  package init(
    _ script: Script, in source: SourceText, outputs: [[Output]], problems: [Diagnostic] = [], ending: Ending? = nil,
    seed: UInt64
  ) {
    notebook = Notebook(script, in: source)
    highlighting = Highlighting(script, in: source)
    self.outputs = outputs
    self.problems = problems
    self.ending = ending
    self.seed = seed
  }

  /// The first heading, else the name of the file.
  package var title: String {
    notebook.title ?? String(notebook.source.name.split(separator: "/").last ?? "report")
  }

  /// Everything that went wrong, in order.
  package var errors: [Diagnostic] {
    problems
      + outputs.joined().compactMap { output in
        if case .error(let diagnostic) = output.content { diagnostic } else { nil }
      }
  }

  /// What made the report, for its foot.
  var origin: String { "recline \(Program.version) · seed \(seed)" }

  /// The parts that are shown, each passage with its outputs: those up to where the run ended.
  var shownParts: [(part: Notebook.Part, outputs: [Output])] {
    guard problems.isEmpty else { return [] }
    var shown: [(part: Notebook.Part, outputs: [Output])] = []
    var passed = 0
    for part in notebook.parts {
      guard case .passage = part else {
        shown.append((part, []))
        continue
      }
      guard passed < outputs.count else { break }
      shown.append((part, outputs[passed]))
      passed += 1
      if passed == outputs.count, ending != nil { break }
    }
    return shown
  }

  /// The lines of a passage's statements, without those that were recorded.
  func code(of passage: RecordedScript.Passage) -> String { notebook.source.text(in: passage.code) }
}
