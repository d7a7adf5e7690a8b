import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Which options are best.
  static let tune = Command(
    "tune", .judging, summary: "try alternatives of a command's options, and train the best",
    operands: [Operand("command", .command, .one, "what trains a model, with alternatives: svd k=10|20|50")],
    options: [
      OptionSpec("metric", .metrics, "what decides; without it rmse, for events ndcg"),
      .choice(
        "search", default: "grid",
        [
          Choice("grid", "every combination"), Choice("random", "some of them, drawn by the seed"),
          Choice("halving", "all with little training, the better third of them with three times as much, and so on"),
        ], "which combinations are tried"),
      OptionSpec(
        "trials", .count(1...10_000), "how many are drawn; for search=random (10 without it) and halving"),
      OptionSpec("seed", .count(0...Int.max), "keys what is drawn and held out; without it the setting"),
    ] + OptionSpec.judging,
    examples: [
      Example("tune svd k=2|4|8", after: .trained),
      Example("tune metric=ndcg search=random trials=3 svd k=2..10:2 center=none|bias", after: .trained),
      Example("tune search=halving mf k=4|8 rate=0.005|0.01 epochs=9", after: .trained),
    ],
    notes: """
      Alternatives stand between bars, `k=10|20|50`; a range, `k=10..50:10`, stands for its numbers. All are judged on \
      `valid` where the split has one, else on a fifth of each user's training ratings, held out for this (the newest, after \
      a split by time); never on `test`. Then the best is trained on all of `train` and takes the place that its command \
      would give it: `svd`, or the name before `=`. `it` is the table, which `plot it` draws.

      The table shows how far each is behind the best, with the interval of the same resamplings of users. Those whose \
      interval holds 0 are within noise of it, and a warning says so: the data cannot tell them apart, and the simplest of \
      them will do. The value of the best is a little too good, because it was chosen by it: judge it with `eval` on `test`.

      search=halving gives every trial a little of what it may have, epochs where the algorithm has them, else users, and \
      three times as much to the better third, until the last have all. Trials that are done are kept in the session: after \
      Ctrl-C the same `tune` goes on where it was.
      """,
    source: """
      Bergstra & Bengio 2012 (random search), jmlr.org/papers/v13/bergstra12a.html; Jamieson & Talwalkar 2016 (halving), \
      arXiv:1502.07943
      """, nesting: .alternatives
  ) { call, session in
    guard let first = call.inner.first else {
      throw Diagnostic(.missingOperand, "'tune' needs a command", at: call.verbRange, hint: "tune svd k=10|20|50")
    }
    guard call.inner.count > 1 else {
      throw Diagnostic(
        .badOperand, "there is nothing to choose between", at: first.range,
        hint: "alternatives stand between bars: \(first.command.verb) k=10|20|50")
    }
    let search = try TuningSearch(call, in: session)
    do {
      return try search.reply(in: session)
    } catch let error as EvaluationError {
      throw Diagnostic(evaluationError: error, call: call, data: search.judged.valid)
    }
  }
}
