/// A command as it was typed: words with their places, `$names` replaced, matched to the command's slots.
///
/// Commands take it apart by the typed accessors of `Call+….swift`, which produce the diagnostics.
package struct Call: Sendable {
  /// A word of the statement.
  package struct Argument: Sendable, Equatable {
    /// The text without quotes.
    package let text: String
    package let isQuoted: Bool
    package let range: SourceRange
    /// The number behind the colon of a pair, and its place.
    package let weight: Double?
    package let weightRange: SourceRange?

    package init(
      text: String, isQuoted: Bool = false, range: SourceRange, weight: Double? = nil, weightRange: SourceRange? = nil
    ) {
      self.text = text
      self.isQuoted = isQuoted
      self.range = range
      self.weight = weight
      self.weightRange = weightRange
    }
  }

  package let command: Command
  package let operands: [Argument]
  /// The words of each option that was given, by its name as the command spells it.
  package let options: [String: [Argument]]
  /// The whole statement.
  package let range: SourceRange
  /// The verb alone.
  package let verbRange: SourceRange
  /// Names given before `=`; the value of the command takes the first.
  package let targets: [String]
  /// The command behind it, of one with alternatives a call for each choice, the last option's changing first.
  package let inner: [Call]

  package init(
    command: Command, operands: [Argument], options: [String: [Argument]], range: SourceRange, verbRange: SourceRange,
    targets: [String] = [], inner: [Call] = []
  ) {
    self.command = command
    self.operands = operands
    self.options = options
    self.range = range
    self.verbRange = verbRange
    self.targets = targets
    self.inner = inner
  }
}
