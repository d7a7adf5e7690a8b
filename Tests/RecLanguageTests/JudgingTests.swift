import RecData
import RecEvaluation
import RecKernels
import RecLanguage
import RecModels
import Testing

/// `compare`, `crossval`, `tune` and groups of `eval`, on a session in which models are trained.
@Suite struct JudgingTests {
  private func column(_ name: String, _ table: Table) throws -> [Table.Cell] {
    let place = try #require(table.place(ofColumn: name))
    return table.firstRows.map { $0[place] }
  }

  private func numbers(_ name: String, _ table: Table) throws -> [Double] {
    try column(name, table).compactMap(\.number)
  }

  // MARK: Comparing

  @Test func `compare tests every pair, the better one first`() throws {
    let run = Scene.trained.run("lists = svd k=8 center=none; eval svd lists; compare svd lists popular")
    #expect(run.errors.isEmpty)
    guard case .table(let table)? = run.session.it else {
      Issue.record("it is the table")
      return
    }
    #expect(table.title == "differences" && table.firstRows.count == 3)
    #expect(run.tables.suffix(2).map(\.title) == ["differences", "tests"])
    #expect(try numbers("value", table).allSatisfy { $0 >= 0 })
    let users = try numbers("win", table)[0] + numbers("tie", table)[0] + numbers("loss", table)[0]
    #expect(try users == numbers("users", table)[0])
    for (p, holm) in zip(try numbers("t_p", table), try numbers("holm_p", table)) { #expect(p <= holm) }
    #expect(run.texts.contains { $0.contains("is better than") })
    // The same resamplings as those of eval.
    let evaluated = try #require(run.tables.first { $0.title == "differences" })
    let pair = try #require(
      table.firstRows.first { $0[0] == .text("lists − svd") || $0[0] == .text("svd − lists") })
    #expect(Array(pair[1...3]) == Array(evaluated.firstRows[0][2...4]))
  }

  @Test func `compare says so where nothing can be shown`() {
    let run = Scene.trained.run("again = svd k=8; compare svd again")
    #expect(run.texts == ["svd and again: no difference that this data can show"])
  }

  @Test(arguments: [
    ("compare svd", "missing-operand"), ("compare svd popular metric=coverage", "malformed-value"),
    ("compare popular random metric=rmse", "unsuitable-model"), ("compare svd popular on=train", "trained-on-test"),
  ])
  func `compare refuses what cannot be compared`(_ statement: String, _ code: String) {
    #expect(Scene.trained.run(statement).errors.map(\.code.text) == [code])
  }

  // MARK: Groups

  @Test func `eval by activity gives each third of the users`() throws {
    let run = Scene.trained.run("eval svd popular by=activity metrics=rmse,ndcg; it.few.svd.users")
    #expect(run.errors.isEmpty)
    let table = try #require(run.tables.last)
    #expect(try column("activity", table).compactMap(\.text) == ["few", "few", "some", "some", "many", "many"])
    let overall = try #require(run.tables.first)
    let ratings = try numbers("ratings", table)
    #expect(try ratings[0] + ratings[2] + ratings[4] == numbers("ratings", overall)[0])
  }

  @Test func `eval by a field takes its singular, and names what there is where it is unknown`() throws {
    #expect(try column("genre", #require(Scene.trained.run("eval svd by=genre metrics=rmse").tables.last)).count > 3)
    let error = try #require(Scene.trained.run("eval svd by=colour").errors.first)
    #expect(error.code.text == "unknown-field" && error.help?.contains("genres") == true)
  }

  @Test func `a library's definitions are named in the heading and kept apart`() throws {
    let run = Scene.trained.run(
      "eval svd metrics=auc,recall variant=implicit; eval popular metrics=recall; leaderboard")
    #expect(run.tables.first?.heading?.hasSuffix("as implicit counts") == true)
    #expect(run.tables.first?.columns.map(\.name).contains("auc@10") == true)
    #expect(run.errors.map(\.code.text) == ["mixed-splits"])
  }

  @Test func `help names the variants`() {
    let help = Scene.empty.run("help ndcg").texts.joined()
    #expect(help.contains("variant=lenskit") && help.contains("log2(max(i, 2))"))
  }

  // MARK: Folds

  @Test func `crossval tests every rating once, and its mean is that of the folds`() throws {
    let run = Scene.generated.run("crossval folds=4 metrics=rmse,coverage baseline")
    #expect(run.errors.isEmpty)
    let (summary, folds) = (run.tables[0], run.tables[1])
    #expect(try column("fold", folds).compactMap(\.text) == ["1", "2", "3", "4", "sd"])
    #expect(try numbers("ratings", folds).reduce(0, +) == 4000)
    #expect(try numbers("ratings", summary) == [4000])
    for metric in ["rmse", "coverage"] {
      let values = try numbers(metric, folds)
      let mean = values.dropLast().reduce(0, +) / 4
      #expect(abs(try numbers(metric, summary)[0] - mean) < 1e-12)
      let squares = values.dropLast().reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(values[4] - (squares / 3).squareRoot()) < 1e-12)
      // t of 3 degrees is 3.182446 (a table); the variance of the mean counts 1/4 + 1/3, about.
      let width = try numbers(metric + "_high", summary)[0] - mean
      let ratio = (width / values[4] / 3.182446)
      #expect(abs(ratio * ratio - 1 / 4.0 - 1 / 3.0) < 0.01)
    }
  }

  @Test func `crossval leaves the test side alone, and trains what a command names anew`() throws {
    let all = try #require(Scene.trained.run("crossval metrics=rmse baseline").tables.first)
    #expect(try numbers("ratings", all)[0] < 4000 && all.heading?.contains("train of") == true)
    let named = try #require(Scene.trained.run("crossval metrics=rmse baseline ratings").tables.first)
    #expect(try numbers("ratings", named) == [4000])
    let run = Scene.trained.run("baseline; crossval folds=2 metrics=rmse blend svd:0.5 baseline:0.5")
    #expect(run.errors.isEmpty && run.tables.count == 2)
  }

  @Test func `folds and trials are the same for any number of threads`() throws {
    let text = "crossval folds=3 metrics=rmse,ndcg mf k=3 epochs=3; tune svd k=2|3|4"
    var results: [[[Table.Cell]]] = []
    for threads in [1, 2, 5] {
      var session = Scene.generated.session
      session.execution = Execution(threadCount: threads)
      let run = Scene(session: session).run(text)
      #expect(run.errors.isEmpty)
      results.append(run.tables.flatMap(\.firstRows))
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test(arguments: [
    ("crossval", "missing-operand"), ("crossval folds=3", "missing-operand"), ("crossval svdd", "unknown-command"),
    ("crossval eval svd", "unsuitable-command"), ("crossval tune svd k=2", "unsuitable-command"),
    ("crossval svd k=2|3", "malformed-value"), ("crossval folds=1 svd", "malformed-value"),
    ("crossval by=time repeats=2 svd", "malformed-value"), ("crossval svd colour=2", "unknown-option"),
    ("tune svd", "bad-operand"), ("tune svd k=2|many", "malformed-value"), ("tune svd k=2|", "malformed-value"),
    ("tune trials=3 svd k=2|3", "malformed-value"), ("tune metric=coverage svd k=2|3", "malformed-value"),
    ("tune popular", "bad-operand"),
    ("tune svd k=1..200 center=bias|user|item accuracy=fast|exact|best", "unknown-option"),
    ("tune mf k=1..200 epochs=1..100", "malformed-value"),
  ])
  func `a wrong command behind another is refused before anything runs`(_ statement: String, _ code: String) {
    let run = Scene.trained.run("1 + 1; " + statement)
    #expect(run.errors.first?.code.text == code, "\(run.errors.map { "\($0.code): \($0.message)" })")
  }

  // MARK: Tuning

  @Test func `tune ranks the alternatives, and trains and binds the best`() throws {
    let run = Scene.trained.run("tune svd k=2|4|8 center=bias|item")
    #expect(run.errors.isEmpty)
    let table = try #require(run.tables.first)
    let values = try numbers("rmse", table)
    #expect(values.count == 6 && values == values.sorted())
    let behind = try numbers("behind", table)
    for (gap, value) in zip(behind, values.dropFirst()) { #expect(abs(gap - (value - values[0])) < 1e-12) }
    guard case .model(let model)? = run.session["svd"] else {
      Issue.record("the best is bound")
      return
    }
    let best = try #require(try column("trial", table)[0].text)
    #expect(best.contains("k=\(model.options.count("k") ?? 0) ") && model.training.role == .train)
    #expect(Scene(session: run.session).run("eval svd").errors.isEmpty)
  }

  @Test func `a name before the sign takes the best, and it is the table`() throws {
    let run = Scene.trained.run("best = tune metric=ndcg search=random trials=3 svd k=2..12:2; plot it; eval best")
    #expect(run.errors.isEmpty)
    #expect(run.tables.first?.firstRows.count == 3 && run.session.models.contains { $0.name == "best" })
  }

  @Test func `the held-out rows are those of valid where there is one, and the best may not be judged by them`() throws
  {
    let run = Scene.generated.run("split test=20% valid=20%; tune svd k=2|4; eval svd on=valid")
    #expect(run.tables.first?.heading?.hasPrefix("valid of") == true)
    #expect(run.errors.map(\.code.text) == ["trained-on-test"])
  }

  @Test func `the test side has no say`() throws {
    let with = try #require(Scene.trained.run("tune svd k=2|4|8").tables.first)
    let without = try #require(Scene.trained.run("forget test; tune svd k=2|4|8").tables.first)
    #expect(with.firstRows == without.firstRows)
  }

  @Test func `trials that are done are kept until the session is reset`() throws {
    var session = Scene.trained.session
    session.trialMemory = TrialMemory()
    let run = Scene(session: session).run("tune svd k=2|4; tune svd k=2|4|8")
    #expect(run.texts.contains("2 trials of 3 were done before and kept"))
    let reset = "reset; generate users=120 items=200 ratings=4000 seed=7; split test=20% by=user; tune svd k=2|4"
    #expect(!Scene(session: run.session).run(reset).texts.contains { $0.contains("done before") })
    let single = try #require(Scene.trained.run("tune svd k=2|4|8").tables.first)
    #expect(try #require(run.tables.last).firstRows == single.firstRows)
  }

  @Test func `a search that was interrupted goes on where it was`() throws {
    let cancellation = Cancellation()
    var session = Scene.trained.session
    session.trialMemory = TrialMemory()
    session.execution = Execution(workers: Workers(threadCount: 1), cancellation: cancellation) { progress in
      if progress.label == "tune", progress.fraction ?? 0 > 0.6 { cancellation.cancel() }
    }
    let stopped = Scene(session: session).run("tune svd k=2|4|8")
    #expect(stopped.outcome == .interrupted && stopped.tables.isEmpty)
    var again = stopped.session
    cancellation.reset()
    again.execution = Execution(threadCount: 1)
    #expect(Scene(session: again).run("tune svd k=2|4|8").texts.contains("2 trials of 3 were done before and kept"))
  }

  @Test func `folds that are judged when they are interrupted are kept, and said to be fewer`() throws {
    let cancellation = Cancellation()
    var session = Scene.trained.session
    session.execution = Execution(workers: Workers(threadCount: 1), cancellation: cancellation) { progress in
      if progress.label == "crossval", progress.fraction ?? 0 > 0.5 { cancellation.cancel() }
    }
    let stopped = Scene(session: session).run("crossval folds=5 svd k=2")
    let whole = Scene.trained.run("crossval folds=5 svd k=2")
    #expect(stopped.outcome == .interrupted && stopped.tables.count == 2 && whole.tables.count == 2)
    #expect(stopped.warnings.map(\.code.text) == ["partial-model"])
    #expect(try numbers("folds", #require(stopped.tables.first)) == [3])
    // Those that were judged are what they are without an interruption.
    #expect(try #require(stopped.tables.last).firstRows(3) == #require(whole.tables.last).firstRows(3))
    cancellation.cancel()
    let early = Scene(session: session).run("crossval folds=5 svd k=2")
    #expect(early.outcome == .interrupted && early.tables.isEmpty)
  }

  @Test func `halving gives epochs to the better third, and compares within a round only`() throws {
    let run = Scene.trained.run("tune search=halving mf k=2|4|6|8|10|12 epochs=9")
    #expect(run.errors.isEmpty)
    let table = try #require(run.tables.first)
    #expect(try numbers("epochs", table).map { ($0 * 9).rounded() } == [9, 3, 1, 1, 1, 1])
    #expect(try column("behind", table).allSatisfy { $0 == .undefined })
  }

  @Test func `halving gives users where there are no epochs`() throws {
    let run = Scene.empty.run(
      "generate users=400 items=60 ratings=4000 seed=3; split test=20% by=user; tune search=halving svd k=1|2|3|4")
    #expect(run.errors.isEmpty)
    let table = try #require(run.tables.first)
    #expect(try numbers("users", table).map { ($0 * 3).rounded() } == [3, 3, 1, 1])
    #expect(try column("behind", table).dropFirst(2).allSatisfy { $0 == .undefined })
  }

  @Test func `weights of a blend are alternatives, too`() throws {
    let run = Scene.trained.run("baseline; tune metric=ndcg blend svd:0.2|0.8 tfidf:0.5")
    #expect(run.errors.isEmpty)
    #expect(
      try Set(column("models", #require(run.tables.first)).compactMap(\.text))
        == ["svd:0.2 tfidf:0.5", "svd:0.8 tfidf:0.5"])
  }

  @Test func `a model that knows the future is refused under a split by time`() {
    let split = "split by=time test=20% valid=20%; "
    #expect(
      Scene.generated.run(split + "m = baseline test; eval m on=valid").errors.map(\.code.text)
        == ["trained-on-future"])
    #expect(Scene.generated.run(split + "baseline; eval baseline on=valid; eval baseline").errors.isEmpty)
  }
}

extension Table.Cell {
  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
