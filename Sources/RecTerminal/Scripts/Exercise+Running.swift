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

  /// The conditions that do not hold in a session, each with why and the text that the place of it is in.
  package func unmet(
    in session: Session, script name: String
  ) -> [(condition: Line, problem: Diagnostic, source: SourceText)] {
    conditions.compactMap { line in
      var trial = session
      var problem: (Diagnostic, SourceText)?
      let outcome = Self.run("expect \(line.text)", line, in: &trial, script: name) { output, source in
        if problem == nil, case .error(let diagnostic) = output.content { problem = (diagnostic, source) }
      }
      guard outcome != .done else { return nil }
      let (diagnostic, source) =
        problem ?? (Diagnostic("unmet", "it cannot be told"), SourceText(name: name, line.text, firstLine: line.number))
      return (line, diagnostic, source)
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
