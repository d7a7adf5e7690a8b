/// A block of prose: what the Markdown of a script may hold.
package enum MarkdownBlock: Sendable, Equatable {
  /// `# …` to `###### …`, with its level from 1.
  case heading(level: Int, [MarkdownSpan])
  case paragraph([MarkdownSpan])
  /// `- …`, or `1. …` with its first number; an item may hold several blocks.
  case list(first: Int?, items: [[MarkdownBlock]])
  /// Lines between fences, as they are; the word behind the opening fence tells their language.
  case code(language: String, [String])
  /// A pipe table: its header, and rows of as many cells.
  case table(header: [[MarkdownSpan]], alignments: [MarkdownAlignment], rows: [[[MarkdownSpan]]])
  /// Lines that begin with `>`.
  case quote([MarkdownBlock])
  /// `---`.
  case rule
}

/// How the cells of a table's column stand.
package enum MarkdownAlignment: Sendable, Equatable {
  case left, center, right
}

/// A stretch of text within a block.
package indirect enum MarkdownSpan: Sendable, Equatable {
  case text(String)
  case code(String)
  /// `*…*` or `_…_`.
  case emphasis([MarkdownSpan])
  /// `**…**`.
  case strong([MarkdownSpan])
  case link([MarkdownSpan], address: String)

  /// The letters without their marks.
  package var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let spans), .strong(let spans), .link(let spans, _): spans.plainText
    }
  }
}

extension [MarkdownSpan] {
  /// The letters without their marks.
  package var plainText: String { map(\.plainText).joined() }
}
