package import RecLanguage

/// A way to turn outputs into text: `table`, `plain`, `markdown` or `json`.
package struct Renderer: Sendable {
  /// The word for it in `--format` and `set output=`.
  package let name: String
  /// Whether errors are outputs like others, on standard output, as programs want them.
  package let includesErrors: Bool
  private let text: @Sendable (Output, Surroundings) -> String

  init(_ name: String, includesErrors: Bool = false, text: @escaping @Sendable (Output, Surroundings) -> String) {
    self.name = name
    self.includesErrors = includesErrors
    self.text = text
  }

  /// What a renderer must know beside the output.
  package struct Surroundings: Sendable {
    /// Columns of text.
    package var width: Int
    package var color: Bool
    /// The text that the statement stands in, for the line under a diagnostic.
    package var source: SourceText?

    package init(width: Int = 80, color: Bool = false, source: SourceText? = nil) {
      self.width = width
      self.color = color
      self.source = source
    }
  }

  /// The lines of an output, each with its end; empty where there is nothing to show.
  package func render(_ output: Output, in surroundings: Surroundings) -> String { text(output, surroundings) }
}

extension Renderer {
  /// Every renderer, in the order of `help`.
  package static let all: [Renderer] = [.table, .plain, .markdown, .json]

  /// The renderer of a name, without regard to case.
  package static func named(_ name: String) -> Renderer? {
    all.first { $0.name == name.lowercased() }
  }
}
