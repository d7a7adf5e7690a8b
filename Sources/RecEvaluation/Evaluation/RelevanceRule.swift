package import RecData

/// Which interactions count as relevant, decided for a dataset.
package enum RelevanceRule: Sendable, Equatable {
  /// Values of at least this, in the file's units.
  case atLeast(Float)
  case everyInteraction

  package init(_ request: EvaluationRequest.Relevance, for feedback: Feedback) {
    self =
      switch (request, feedback) {
      case (.atLeast(let mark), _): .atLeast(mark)
      case (.auto, .ratings(let scale)): .atLeast(scale.relevant)
      case (.auto, .events): .everyInteraction
      }
  }

  package func holds(_ value: Float) -> Bool {
    switch self {
    case .atLeast(let mark): value >= mark
    case .everyInteraction: true
    }
  }
}
