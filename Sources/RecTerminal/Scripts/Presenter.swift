package import RecKernels
package import RecLanguage

/// Shows outputs on the standard streams, in the way that a session's settings ask for.
///
/// Warnings and errors go to standard error, unless the renderer gives them to programs as outputs like others. When the
/// reader of standard output has gone, the running work is cancelled and ``failure`` says why. A class because a run's
/// sink and whoever started the run share it.
package final class Presenter {
  /// Why an output could not be written; nothing is written after it.
  package private(set) var failure: FileFailure?
  /// The settings that count: those of before a statement, for what the statement shows.
  package var settings: Settings
  /// Whether what is longer than the screen goes through a pager: in the shell.
  package var isPaged = false
  private let isQuiet: Bool
  private let cancellation: Cancellation
  private let writer: Writer

  /// What takes the text that goes to a stream.
  package typealias Writer = (StandardStream, String) throws(FileFailure) -> Void

  /// - Parameters:
  ///   - isQuiet: whether only warnings and errors are shown.
  ///   - cancellation: stops the work when nobody reads its outputs any more.
  ///   - writer: takes the text in place of the streams.
  package init(
    _ settings: Settings, isQuiet: Bool = false, cancellation: Cancellation,
    writer: @escaping Writer = { stream, text throws(FileFailure) in try stream.write(text) }
  ) {
    self.settings = settings
    self.isQuiet = isQuiet
    self.cancellation = cancellation
    self.writer = writer
  }

  /// The renderer of standard output.
  package var renderer: Renderer {
    settings.output.flatMap(Renderer.named) ?? (StandardStream.output.isTerminal ? .table : .plain)
  }

  /// Shows an output of a statement that stands in a text.
  package func show(_ output: Output, in source: SourceText?) {
    let isProblem =
      switch output.content {
      case .warning, .error: true
      case .table, .text, .value, .figure, .summary: false
      }
    if isQuiet, !isProblem { return }
    let stream = isProblem && !renderer.includesErrors ? StandardStream.error : .output
    write(renderer.render(output, in: surroundings(of: stream, source)), to: stream)
  }

  /// Writes text that is no output of a statement.
  package func write(_ text: String, to stream: StandardStream = .output) {
    guard failure == nil else { return }
    do {
      if isPaged, stream == .output, let size = terminalSize(stream.rawValue),
        Pager(settings.pager).show(text, rows: size.rows, columns: size.columns)
      {
        return
      }
      try writer(stream, text)
    } catch {
      failure = error
      cancellation.cancel()
    }
  }

  /// Shows what is wrong outside any statement, such as a script that is not there.
  package func show(_ problem: Diagnostic, in source: SourceText? = nil) {
    let line = problem.range.flatMap { source?.line(at: $0.start) } ?? 1
    show(Output(line: line, command: nil, .error(problem)), in: source)
  }

  private func surroundings(of stream: StandardStream, _ source: SourceText?) -> Renderer.Surroundings {
    Renderer.Surroundings(width: width(of: stream), color: isColored(stream), source: source)
  }

  /// The columns of a stream: as set, else those of its terminal.
  package func width(of stream: StandardStream) -> Int {
    settings.width ?? (stream.isTerminal ? terminalSize(stream.rawValue)?.columns : nil) ?? 80
  }

  /// Whether a stream takes colours: as set, else on a terminal unless `NO_COLOR` is there (no-color.org).
  package func isColored(_ stream: StandardStream) -> Bool {
    if let color = settings.color { return color }
    return stream.isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
  }
}
