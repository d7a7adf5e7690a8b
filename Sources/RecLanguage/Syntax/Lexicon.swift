/// What a parser must know of the commands: their verbs, and the names that cannot be bound.
package struct Lexicon: Sendable {
  /// In lower case, with short forms such as `?` and `exit`.
  package let verbs: Set<String>
  /// The verbs whose operand is the rest of the line, such as `filter`.
  package let lineVerbs: Set<String>
  /// The verbs behind whose own options another command stands, such as `tune`.
  package let nestingVerbs: Set<String>
  /// The names of settings, such as `seed`.
  package let settings: Set<String>

  package init(
    verbs: Set<String>, lineVerbs: Set<String> = [], nestingVerbs: Set<String> = [], settings: Set<String> = []
  ) {
    self.verbs = verbs
    self.lineVerbs = lineVerbs
    self.nestingVerbs = nestingVerbs
    self.settings = settings
  }
}
