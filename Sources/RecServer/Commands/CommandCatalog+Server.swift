package import RecLanguage

extension CommandCatalog {
  /// The commands that this module adds to the language.
  package static let server: [Command] = [.serve, .stop]
}
