import RecData
import RecKernels
extension Diagnostic {
  /// Arithmetic on models: everyone's first guess at a blend.
  static func arithmeticOnModel(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "wrong-kind", "\(quoted(name)) is a model, and models are no numbers", at: range, hint: FirstGuess.blendHint)
  }

  /// More names before `=` than a command gives values.
  static func surplusTarget(_ target: Name, verb: String?, names: [String]) -> Diagnostic {
    let values = names.count < 2 ? "one value" : names.joined(separator: ", ")
    return Diagnostic(
      "surplus-target", "no value is left for \(quoted(target.text))", at: target.range,
      help: "\(verb.map { "'\($0)'" } ?? "an expression") gives \(values)")
  }

  /// A path to be read at which there is nothing.
  static func missingFile(_ path: String, at range: SourceRange, in session: Session) -> Diagnostic {
    Diagnostic(
      .missingFile, "no file or folder \(quoted(path))", at: range,
      hint: didYouMean(nearestPaths(to: session.resolve(path)).map { session.unresolve($0) }))
  }
}

extension Diagnostic.Code {
  /// A path to be read at which there is nothing; `check` skips a script for it.
  package static let missingFile: Self = "missing-file"
  /// A comparison after `expect` that is false.
  package static let unmetExpectation: Self = "unmet-expectation"
}

extension Session {
  /// A name of an expression or after `$` that nothing is bound to.
  func unknownName(_ name: Name, among names: [String], mayBeCommand: Bool = false) -> Diagnostic {
    if name.text == "it" {
      return Diagnostic(
        .unknownName, "there is no 'it' yet", at: name.range, help: "'it' is the value of the statement before")
    }
    let known = names.isEmpty ? "no names so far" : "names so far: \(newestNames(names))"
    guard mayBeCommand else {
      return Diagnostic(
        .unknownName, "nothing is named \(Diagnostic.quoted(name.text))", at: name.range,
        hint: didYouMean(nearest(name.text, in: names)), help: known)
    }
    let near = nearest(name.text, in: Set(names).union(catalog.verbs))
    let isSetting = catalog.lexicon.settings.contains(name.text.lowercased())
    let hint = isSetting ? "'set' alone shows the settings" : catalog.hintForFirstGuess(name.text) ?? didYouMean(near)
    return Diagnostic(
      .unknownName, "no command and no name \(Diagnostic.quoted(name.text))", at: name.range, hint: hint,
      help: "'help' lists the commands; \(known)")
  }

  /// A path as the system takes it: relative ones start at the session's folder.
  func resolve(_ text: String) -> String {
    if text == "~" || text.hasPrefix("~/"), let home = environment("HOME") { return home + text.dropFirst() }
    if text.hasPrefix("/") || text == "-" || folder.isEmpty || folder == "." { return text }
    return folder.hasSuffix("/") ? folder + text : folder + "/" + text
  }

  /// A resolved path as one would type it in the session's folder.
  func unresolve(_ path: String) -> String {
    !folder.isEmpty && path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
  }
}
