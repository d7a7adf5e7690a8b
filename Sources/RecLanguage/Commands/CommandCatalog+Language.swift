import RecModels

extension CommandCatalog {
  /// The commands of the language itself, in the order of `help`; a program adds those of the modules above.
  package static let language = CommandCatalog(data + models + judging + using + session)

  private static let data: [Command] = [
    .load, .generate, .show, .describe, .head, .plot, .filter, .sample, .impute, .normalize, .encode, .bin, .split,
    .save,
  ]
  private static let models: [Command] = AlgorithmCatalog.all.map(Command.training) + [.blend, .refit]
  private static let judging: [Command] = [.eval, .compare, .crossval, .tune, .abtest, .leaderboard]
  private static let using: [Command] = [.recommend, .similar, .predict, .why, .rate]
  private static let session: [Command] = [.help, .names, .forget, .history, .run, .set, .reset, .quit]

  /// What a parser must know of the commands.
  package var lexicon: Lexicon {
    Lexicon(
      verbs: verbs.union(shortForms),
      lineVerbs: Set(commands.filter { $0.operands.contains { $0.arity == .restOfLine } }.map(\.verb)),
      nestingVerbs: Set(commands.filter { $0.nesting != nil }.map(\.verb)),
      settings: Set(Command.settingSpecs.map(\.name)))
  }
}
