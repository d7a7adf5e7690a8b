import RecEvaluation
import RecLanguage
import RecModels

/// Help on a word of a text that a front end shows.
struct Inspection {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// What the word at a cursor, in Unicode scalars, is: a name, a command, a metric, else an option of its command.
  func text(at cursor: Int, in text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    var end = min(cursor, scalars.count)
    while end < scalars.count, Self.isWordPart(scalars[end]) { end += 1 }
    var start = end
    while start > 0, Self.isWordPart(scalars[start - 1]) { start -= 1 }
    var before = String.UnicodeScalarView()
    before.append(contentsOf: scalars[..<start])
    let prefix = String(before)
    let word = String(String.UnicodeScalarView(scalars[start..<end]))
    let verb = StatementWords(prefix, cursor: prefix.utf8.count).words.first { session.catalog[$0.text] != nil }?.text
    if let command = verb.flatMap({ session.catalog[$0] }) {
      let options = command.options + command.parts.flatMap(\.options)
      if let option = options.first(where: { $0.name == word.lowercased() }) {
        return "\(option.name)= — \(HelpText.describe(option))"
      }
    } else if let command = session.catalog[word] {
      return HelpText.command(command)
    }
    if let value = session[word] { return "\(word) — \(value.kindPhrase)" }
    if let metric = MetricCatalog[word] { return HelpText.metric(metric) }
    return session.catalog[word.isEmpty ? verb ?? "" : word].map(HelpText.command)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
