package import RecKernels
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
  /// The version, the seed and the files that made the report, for its foot.
  let record: RunRecord
  /// For colours.
  let highlighting: Highlighting

  /// - Parameters:
  ///   - script: the tree of exactly this source.
  ///   - outputs: for each passage that ran, in order.
  ///   - record: of the run.
  package init(
    _ script: Script, in source: SourceText, outputs: [[Output]], problems: [Diagnostic] = [], ending: Ending? = nil,
    record: RunRecord
  ) {
    notebook = Notebook(script, in: source)
    highlighting = Highlighting(script, in: source)
    self.outputs = outputs
    self.problems = problems
    self.ending = ending
    self.record = record
  }

  /// The first heading, else the name of the file.
  package var title: String {
    notebook.title ?? String(notebook.source.name.split(separator: "/").last ?? "report")
  }

  /// The statements of a session that succeeded, with what they showed.
  ///
  /// - Parameters:
  ///   - name: its title.
  ///   - folder: where the report will lie.
  package init(of session: Session, named name: String, folder: String) throws(FileFailure) {
    let entries = session.savedHistory
    let source = SourceText(name: name, session.script { _ in [] })
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    // A first statement that sets the seed may stand before those that were typed.
    let added = parsed.script.statements.count - entries.count
    let outputs =
      [[Output]](repeating: [], count: max(0, added))
      + entries.map { entry in
        entry.outputs.map { Output(line: 1, command: nil, $0) }
      }
    self.init(
      parsed.script, in: source, outputs: outputs, record: try RunRecord(of: session, folder: folder))
  }

  /// Everything that went wrong, in order.
  package var errors: [Diagnostic] {
    problems
      + outputs.joined().compactMap { output in
        if case .error(let diagnostic) = output.content { diagnostic } else { nil }
      }
  }

  /// What made the report, for its foot.
  var origin: String { "recline \(record.version) · seed \(record.seed)" }

  /// The parts that are shown, each passage with its outputs: those up to where the run ended, or all where nothing ran.
  var shownParts: [(part: Notebook.Part, outputs: [Output])] {
    guard problems.isEmpty else { return notebook.parts.map { ($0, []) } }
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
