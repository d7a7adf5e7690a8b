import ArgumentParser
import RecData
import RecKernels
import RecLanguage
import RecNotebook
import RecTerminal

/// `recline record FILE…`.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run scripts and write what they print into them, as '#>' lines, and at the end what was run.",
    discussion: """
      Recorded lines that still hold are kept, patterns included. The '#@' lines at the end tell version, seed, and the \
      digest and counts of every file that was read. Nothing else in the file changes.
      """)

  @Argument(
    help: ArgumentHelp("Scripts, and folders of scripts.", valueName: "path"), completion: .file(extensions: ["rec"]))
  var paths: [String]

  @OptionGroup var options: SessionOptions

  func run() throws {
    let cancellation = Cancellation()
    Interrupts.install(cancellation)
    var hasFailed = false
    for file in paths.flatMap(scripts(at:)) where try !record(file, cancellation) { hasFailed = true }
    if hasFailed { throw ExitCode.scriptError }
  }

  /// Runs one script and writes its outputs into it; false where it has an error, and then it stays as it is.
  private func record(_ path: String, _ cancellation: Cancellation) throws -> Bool {
    let check = try ScriptCheck(path, options.settings, cancellation: cancellation, progress: ProgressBar())
    guard let check else { return false }
    switch check.ending {
    case .interrupted: throw ExitCode.interrupted
    case .failed: return false
    case .absent(let missing):
      for diagnostic in missing { presenter.show(diagnostic, in: check.script.source) }
      return false
    case .done:
      let record: RunRecord
      do { record = try RunRecord(of: check.session, folder: check.session.folder) } catch {
        presenter.show(Diagnostic("script-file", "the data cannot be read again: \(error)"))
        return false
      }
      let text = record.written(into: check.script.updated(with: check.comparisons))
      guard text == check.script.source.bytes || write(text, to: path) else { return false }
      return !check.hasUnmetExpectation
    }
  }

  /// Puts a new text in the place of a script; false where that fails, which is shown.
  private func write(_ text: [UInt8], to path: String) -> Bool {
    do {
      var file = try AtomicFile(replacing: path)
      try file.write(text)
      try file.finish()
      return true
    } catch {
      presenter.show(Diagnostic(error))
      return false
    }
  }

  private var presenter: Presenter { Presenter(options.settings, cancellation: Cancellation()) }
}
