/// What each error means, for `help !`: a sentence, and a statement that is wrong in that way.
package struct ErrorGuide: Sendable {
  package let code: Diagnostic.Code
  /// What went wrong in general, and what to do.
  package let sentence: String
  /// A wrong statement, or why there is none.
  package let example: Example

  package enum Example: Sendable {
    /// A text that raises the code once its setting is there.
    case wrong(String, after: Command.Example.Setting)
    /// Why no statement shows it.
    case none(because: String)
  }

  init(_ code: Diagnostic.Code, _ sentence: String, _ wrong: String, after setting: Command.Example.Setting = .nothing)
  {
    self.code = code
    self.sentence = sentence
    example = .wrong(wrong, after: setting)
  }

  init(_ code: Diagnostic.Code, _ sentence: String, withoutExample reason: String) {
    self.code = code
    self.sentence = sentence
    example = .none(because: reason)
  }

  /// Every code, those of the language's form before those of data and models.
  package static let all = form + names + data + results

  package static subscript(code: Diagnostic.Code) -> ErrorGuide? { all.first { $0.code == code } }
}

extension HelpText {
  /// An error once more, with what it means in general and an example.
  package static func error(_ error: Diagnostic) -> String {
    var paragraphs = [wrap("\(error.code.text) — \(error.message)", width: 78).joined(separator: "\n  ")]
    if let guide = ErrorGuide[error.code] {
      paragraphs.append(wrap(guide.sentence, width: 78).joined(separator: "\n"))
      if case .wrong(let text, _) = guide.example {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        paragraphs.append("such as\n" + lines.joined(separator: "\n"))
      }
    }
    let advice = [error.hint, error.help].compactMap { $0 }
    if !advice.isEmpty { paragraphs.append("here: " + advice.joined(separator: "\n      ")) }
    return paragraphs.joined(separator: "\n\n")
  }
}
