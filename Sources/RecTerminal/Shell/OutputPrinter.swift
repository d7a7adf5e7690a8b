package import RecKernels
package import RecLanguage

/// Writes outputs to the standard streams as they come, the way the settings and the terminal ask for.
///
/// Results and warnings go to standard output, errors to standard error; a renderer for programs takes all of them.
package struct OutputPrinter: Sendable {
  package let renderer: Renderer
  private let surroundings: Renderer.Surroundings
  private let errorSurroundings: Renderer.Surroundings
  private let isQuiet: Bool

  /// - Parameters:
  ///   - source: the text that the statements stand in, for the line under a diagnostic.
  ///   - isQuiet: whether only warnings and errors are shown.
  package init(settings: Settings, source: SourceText?, isQuiet: Bool = false) {
    let isTerminal = StandardStream.output.isTerminal
    renderer = settings.output.flatMap(Renderer.named) ?? (isTerminal ? .table : .plain)
    let width = settings.width ?? terminalSize(StandardStream.output.rawValue)?.columns ?? 80
    surroundings = .init(width: width, color: Self.isColored(settings, .output), source: source)
    errorSurroundings = .init(width: width, color: Self.isColored(settings, .error), source: source)
    self.isQuiet = isQuiet
  }

  /// Writes one output; `closedPipe` where the reader has gone.
  package func print(_ output: Output) throws(FileFailure) {
    switch output.content {
    case .error where !renderer.includesErrors:
      // An error on a closed standard error has nobody to tell.
      try? StandardStream.error.write(renderer.render(output, in: errorSurroundings))
    case .error, .warning:
      try StandardStream.output.write(renderer.render(output, in: surroundings))
    default:
      if !isQuiet { try StandardStream.output.write(renderer.render(output, in: surroundings)) }
    }
  }

  /// Whether a stream takes colours: as set, else on a terminal unless `NO_COLOR` is there (no-color.org).
  package static func isColored(_ settings: Settings, _ stream: StandardStream) -> Bool {
    if let color = settings.color { return color }
    if let no = environment("NO_COLOR"), !no.isEmpty { return false }
    return stream.isTerminal && environment("TERM") != "dumb"
  }
}
