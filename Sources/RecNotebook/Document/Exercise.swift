/// A task for the learner, written in prose:
///
/// ```
/// # ? Which k is best by ndcg?
/// # ?- Try 10, 20 and 50.
/// # ?= tune metric=ndcg svd k=10,20,50
/// # ?! it.1.ndcg > 0.2
/// ```
package struct Exercise: Sendable, Equatable {
  /// Markdown, one paragraph.
  package let question: String
  /// Offered one by one.
  package internal(set) var hints: [String] = []
  /// Statements that meet the conditions, each with its line.
  package internal(set) var solution: [Line] = []
  /// What must hold after the learner's own statement, as `expect` reads it, each with its line.
  package internal(set) var conditions: [Line] = []
  /// The line of the question.
  package let line: Int

  package struct Line: Sendable, Equatable {
    package let text: String
    /// In the script, from 1.
    package let number: Int
  }

  init(question: String, line: Int) {
    self.question = question
    self.line = line
  }

  mutating func add(_ mark: ExerciseMark, line: Int) {
    switch mark.kind {
    case .question: break
    case .hint: hints.append(mark.text)
    case .solution: solution.append(Line(text: mark.text, number: line))
    case .condition: conditions.append(Line(text: mark.text, number: line))
    }
  }
}

/// A line of prose that belongs to an exercise: `? …`, `?- …`, `?= …` or `?! …`.
struct ExerciseMark {
  enum Kind: String, CaseIterable {
    case question = "? "
    case hint = "?- "
    case solution = "?= "
    case condition = "?! "
  }

  let kind: Kind
  let text: String

  init?(_ line: String) {
    guard let kind = Kind.allCases.first(where: { line.hasPrefix($0.rawValue) }) else { return nil }
    self.kind = kind
    text = line.dropFirst(kind.rawValue.count).description.trimmingBlanks
  }
}
