package import RecLanguage
package import RecNotebook

extension Exercise {
  /// Runs the solution; the outcome of the first statement that is not done, else `done`.
  ///
  /// - Parameters:
  ///   - name: The script's, for errors.
  ///   - show: Takes the outputs, each with the text that its statement stands in.
  package func runSolution(
    in session: inout Session, script name: String, show: @escaping (Output, SourceText) -> Void
  ) -> Outcome {
    for line in solution {
      let outcome = Self.run(line.text, line, in: &session, script: name, show: show)
      guard outcome == .done else { return outcome }
    }
    return .done
  }

  /// Whether all conditions hold in a session; what does not is shown.
  package func isMet(
    in session: Session, script name: String, show: @escaping (Output, SourceText) -> Void
  ) -> Bool {
    var trial = session
    return conditions.reduce(true) { isMet, line in
      Self.run("expect \(line.text)", line, in: &trial, script: name, show: show) == .done && isMet
    }
  }

  private static func run(
    _ text: String, _ line: Line, in session: inout Session, script name: String,
    show: @escaping (Output, SourceText) -> Void
  ) -> Outcome {
    let source = SourceText(name: name, text, firstLine: line.number)
    var evaluator = Evaluator(source, keepsHistory: false) { show($0, source) }
    return evaluator.run(in: &session)
  }
}
