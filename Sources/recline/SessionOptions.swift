import ArgumentParser
import RecKernels
import RecLanguage
import RecNotebook
import RecServer
import RecTerminal

/// The options that every way of running statements shares.
struct SessionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The number that every random choice is keyed by.", valueName: "number"))
  var seed: Int?

  @Option(help: ArgumentHelp("How many threads work; the results do not depend on it.", valueName: "count"))
  var threads: Int?

  @Flag(help: "Make warnings errors.")
  var strict = false

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("'--seed' is not negative, and \(seed) was given") }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("'--threads' is from 1 to 1024, and \(threads) was given")
    }
  }

  /// What the options ask for, with the program's defaults for the rest.
  var settings: Settings {
    var settings = Settings(threadCount: threads ?? Workers.coreCount)
    if let seed { settings.seed = UInt64(seed) }
    settings.isStrict = strict
    return settings
  }
}

extension Session {
  /// A new session with all of the program's commands.
  ///
  /// - Parameter folder: where relative paths start; empty for the current folder.
  init(
    _ settings: Settings, folder: String = "", cancellation: Cancellation = Cancellation(),
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    let execution = Execution(
      workers: Workers(threadCount: settings.threadCount), cancellation: cancellation, report: report)
    let catalog =
      CommandCatalog.language + CommandCatalog.server + [.svg, .vegaLite] + [.script, .page, .markdown]
    self.init(catalog: catalog, settings: settings, execution: execution, folder: folder)
  }
}
