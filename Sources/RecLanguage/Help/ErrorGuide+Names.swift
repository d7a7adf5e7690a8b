extension ErrorGuide {
  /// Words that name nothing, or the wrong thing.
  static let names: [ErrorGuide] = [
    ErrorGuide(
      "unknown-command", "A statement starts with a command or a name; 'help' lists the commands.", "svdd k=5"),
    ErrorGuide("unknown-option", "The command has no such option; 'help svd' lists those of svd.", "svd factors=5"),
    ErrorGuide("unknown-name", "Nothing is bound to the name; 'names' lists what is.", "eval svdd", after: .trained),
    ErrorGuide(
      "unknown-metric", "There is no such metric; 'help' lists them.", "eval svd metrics=nccg", after: .trained),
    ErrorGuide("unknown-topic", "There is no help on the word.", "help qqqqqq"),
    ErrorGuide("unknown-field", "A field is a column of a table or of items.", "filter colour == red", after: .guide),
    ErrorGuide(
      "unknown-user", "No user has this id; the fallback answers.",
      withoutExample: "it is a warning: 'recommend 99999' answers all the same"),
    ErrorGuide("unknown-item", "No item has this id or title.", "similar \"No such film\" with=svd", after: .trained),
    ErrorGuide(
      "ambiguous-title", "Several items have the title; their ids tell them apart.",
      withoutExample: "it needs data in which two items share a title"),
    ErrorGuide("wrong-kind", "The name holds another kind of value.", "eval train", after: .trained),
    ErrorGuide("no-value", "The command gives nothing to bind.", "a = forget svd", after: .trained),
    ErrorGuide("surplus-target", "There are more names before '=' than values.", "a, b = 1 + 2"),
    ErrorGuide(
      "undefined-value", "The field is undefined there, shown as –.",
      withoutExample: "it needs a metric without a value"),
    ErrorGuide("nothing-there", "The command needs something that no statement has made yet.", "recommend 1"),
    ErrorGuide(
      "unsuitable-model", "The model cannot do this, such as predict ratings.", "predict 1 1 with=popular",
      after: .trained),
    ErrorGuide(
      "unsuitable-option", "The option does not fit this file or these data.", "generate users=2 items=2 ratings=100"),
    ErrorGuide(
      "trained-on-test", "A model may not be judged by rows that it was trained on.", "m = svd ratings k=2; eval m",
      after: .trained),
    ErrorGuide(
      "fitted-on-test", "A preparation may not learn from rows that models are judged by.", "normalize test",
      after: .trained),
    ErrorGuide(
      "trained-on-future",
      "After a split by time a model may not know what came later than the rows that it is judged by.",
      "split by=time test=20% valid=20%; m = baseline test; eval m on=valid", after: .generated),
    ErrorGuide(
      "unsuitable-command", "Behind 'crossval' and 'tune' stands a command that trains a model.",
      "crossval describe ratings", after: .generated),
    ErrorGuide(
      "mixed-splits", "Numbers of different held-out rows do not compare.",
      "eval svd; split test=30% seed=5; svd k=2; eval svd; leaderboard", after: .trained),
    ErrorGuide(
      "no-experiment", "A log of an A/B test tells of each row which user it is of and which arm the user saw.",
      "abtest analyze ratings.csv", after: .files),
    ErrorGuide(
      "sample-ratio-mismatch", "The arms of a test did not get the users that they were sent: some were lost.",
      withoutExample: "it is a warning: 'abtest analyze' shows the numbers all the same"),
    ErrorGuide("unmet-expectation", "The comparison after 'expect' is false.", "expect 1 > 2"),
    ErrorGuide("too-many-rounds", "A loop has at most 100,000 rounds.", "for k in 1..60_000,1..60_000 { k }"),
  ]
}
