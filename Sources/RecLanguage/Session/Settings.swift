/// What `set` changes and the command line's options give.
package struct Settings: Sendable, Equatable {
  /// Keys every random choice.
  package var seed: UInt64 = 42
  /// How many threads work; results do not depend on it.
  package var threadCount: Int
  /// The renderer: nil chooses `table` on a terminal and `plain` elsewhere.
  package var output: String?
  /// Whether each statement's time is told on standard error.
  package var showsTime = false
  /// Colour: nil where the terminal decides.
  package var color: Bool?
  /// Columns of text: nil where the terminal decides.
  package var width: Int?
  /// Whether a warning counts as an error.
  package var isStrict = false
  /// The shell's prompt, with `{data}` and `{model}`: nil for its own.
  package var prompt: String?
  /// The program that long output goes through in the shell, `off` for none: nil where `PAGER` decides.
  package var pager: String?

  package init(threadCount: Int) { self.threadCount = threadCount }
}
