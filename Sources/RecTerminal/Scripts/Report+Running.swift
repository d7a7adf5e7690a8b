package import RecKernels
package import RecLanguage
package import RecNotebook

extension Report {
  /// Runs a text in a session, up to its end or to what ends it, and keeps its outputs as values.
  ///
  /// - Parameter folder: where it will lie. Throws where a file that was loaded cannot be read again.
  package init(
    running source: SourceText, in session: inout Session, folder: String, _ progress: ProgressBar
  ) throws(FileFailure) {
    let parsed = Parser.parse(source, lexicon: session.catalog.lexicon)
    let problems = Evaluator.problems(of: parsed, in: session)
    guard problems.isEmpty else {
      let record = try RunRecord(of: session, folder: folder)
      self.init(parsed.script, in: source, outputs: [], problems: problems, ending: .failed, record: record)
      return
    }
    let collected = CollectedOutputs()
    var evaluator = Evaluator(source) { collected.outputs.append($0) }
    var outputs: [[Output]] = []
    var ending: Ending?
    for passage in RecordedScript(parsed.script, in: source).passages {
      collected.outputs = []
      var hasQuit = false
      for statement in passage.statements where ending == nil && !hasQuit {
        progress.begin()
        let outcome = evaluator.run(statement, in: &session)
        progress.end()
        switch outcome {
        // An `expect` that is not met is told where it stands, and ends the run as it does elsewhere.
        case .failed, .unmet: ending = .failed
        case .interrupted: ending = .interrupted
        case .quit: hasQuit = true
        case .done: break
        }
      }
      outputs.append(collected.outputs)
      if hasQuit || ending != nil { break }
    }
    let record = try RunRecord(of: session, folder: folder)
    self.init(parsed.script, in: source, outputs: outputs, ending: ending, record: record)
  }
}

/// What a passage has shown so far. A class because the evaluator's sink and the run share it.
private final class CollectedOutputs {
  var outputs: [Output] = []
}
