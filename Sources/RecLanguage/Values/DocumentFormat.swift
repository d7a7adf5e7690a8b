/// A kind of file that the whole session can be saved as; the modules above the language contribute more of them.
package struct DocumentFormat: Sendable {
  /// Without its point, in lower case.
  package let ending: String
  /// The whole file, for a session and the folder that the file will lie in.
  ///
  /// Throws where what the session has loaded cannot be read again.
  package let text: @Sendable (_ session: Session, _ folder: String) throws -> String

  package init(_ ending: String, text: @escaping @Sendable (_ session: Session, _ folder: String) throws -> String) {
    self.ending = ending
    self.text = text
  }

  /// The statements alone.
  static let statements = DocumentFormat("rec") { session, _ in session.script { _ in [] } }
}

extension Session {
  /// The statements that succeeded, as a script that does the same again.
  ///
  /// Those are left out that save or list the session itself or its last error, which are others when a script runs.
  package var savedHistory: [HistoryEntry] { history.filter { !isAboutTheSession($0.text) } }

  /// The saved history as a script, each statement with the lines that follow it.
  package func script(_ following: (HistoryEntry) -> [String]) -> String {
    let entries = savedHistory
    // A script starts with the default seed, unless it says otherwise.
    let isDefault = entries.first.map { $0.seed == Settings(threadCount: 1).seed } ?? true
    return (isDefault ? "" : "set seed=\(entries[0].seed)\n")
      + entries.map { ([$0.text] + following($0)).map { $0 + "\n" }.joined() }.joined()
  }

  private func isAboutTheSession(_ statement: String) -> Bool {
    let parsed = Parser.parse(SourceText(statement), lexicon: catalog.lexicon)
    guard case .command(let call)? = parsed.script.statements.first?.body else { return false }
    let last = call.operands.last?.literalText ?? ""
    return call.key == "history" || call.key == "save" && catalog.documentFormat(ofPath: last) != nil
      || call.key == "help" && last == "!"
  }
}

extension CommandCatalog {
  /// Every ending once, with its point.
  var documentEndings: [String] {
    documentFormats.map(\.ending).reduce(into: []) { if !$0.contains("." + $1) { $0.append("." + $1) } }
  }

  /// The format that a path's ending asks for; of several for one ending the one contributed last.
  package func documentFormat(ofPath path: String) -> DocumentFormat? {
    documentFormats.last { path.lowercased().hasSuffix("." + $0.ending) }
  }
}
