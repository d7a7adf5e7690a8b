/// One thing that a statement shows: numbers and text, not a layout.
package struct Output: Sendable {
  package enum Content: Sendable {
    case table(Table)
    case text(String)
    case value(Double)
    case figure(Figure)
    case summary(Summary)
    case warning(Diagnostic)
    case error(Diagnostic)
  }

  /// The line of the statement in its source, from 1.
  package let line: Int
  /// The verb, where the statement is a command.
  package let command: String?
  package let content: Content

  package init(line: Int, command: String?, _ content: Content) {
    self.line = line
    self.command = command
    self.content = content
  }
}
