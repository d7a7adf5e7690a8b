/// The commands that a program has, assembled by `recline` from the lists of its modules.
package struct CommandCatalog: Sendable {
  /// In the order of `help`.
  package let commands: [Command]
  /// The files that `save` writes a figure as.
  package let figureFormats: [FigureFormat]
  /// The files that `save` writes the session as.
  package let documentFormats: [DocumentFormat]
  private let byVerb: [String: Int]

  package init(
    _ commands: [Command], figureFormats: [FigureFormat] = [], documentFormats: [DocumentFormat] = [.statements]
  ) {
    self.commands = commands
    self.figureFormats = figureFormats
    self.documentFormats = documentFormats
    byVerb = Dictionary(commands.enumerated().map { ($1.verb, $0) }) { first, _ in first }
  }

  /// By verb, without regard to case.
  package subscript(verb: String) -> Command? { byVerb[verb.lowercased()].map { commands[$0] } }

  package var verbs: Set<String> { Set(byVerb.keys) }

  package static func + (left: CommandCatalog, right: [Command]) -> CommandCatalog {
    CommandCatalog(
      left.commands + right, figureFormats: left.figureFormats, documentFormats: left.documentFormats)
  }

  package static func + (left: CommandCatalog, right: [FigureFormat]) -> CommandCatalog {
    CommandCatalog(
      left.commands, figureFormats: left.figureFormats + right, documentFormats: left.documentFormats)
  }

  package static func + (left: CommandCatalog, right: [DocumentFormat]) -> CommandCatalog {
    CommandCatalog(
      left.commands, figureFormats: left.figureFormats, documentFormats: left.documentFormats + right)
  }
}
