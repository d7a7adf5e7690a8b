import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Command {
  /// How well a command's models do on folds.
  static let crossval = Command(
    "crossval", .judging, summary: "train and judge a command on folds of the ratings",
    operands: [Operand("command", .command, .one, "what trains a model, such as svd k=50")],
    options: [
      .count("folds", default: 5, in: 2...1000, "parts, each of which is held out once"),
      .count("repeats", default: 1, in: 1...1000, "how often, with other folds each time"),
      .choice(
        "by", default: "random", FoldRule.allCases.map { Choice($0.rawValue, $0.summary) }, "how the ratings are parted"
      ),
      OptionSpec("seed", .count(0...Int.max), "keys the folds; without it the setting"), .judgedMetrics,
    ] + OptionSpec.judging,
    examples: [
      Example("crossval svd k=4", after: .generated),
      Example("crossval folds=3 repeats=2 svd ratings k=4", after: .generated),
      Example("crossval by=time metrics=rmse baseline", after: .generated),
    ],
    notes: """
      The command is run once for each fold, on all but the fold, and judged on the fold as `eval` judges. It gets what it \
      would be trained on: `train` if the ratings were split, so that `test` stays untouched, else the ratings; or what it \
      names. Models that it names, such as the parts of a blend, are trained anew on each fold.

      Shown are the mean over the folds and its 95% interval, which allows for training sets that overlap: Student's t, \
      with the variance (1/n + test/train) s² over n folds (Nadeau & Bengio 2003); below, each fold and the standard \
      deviation s. Folds are the same for every command with the same seed, so that two can be compared.

      by=user deals out each user's ratings. by=time is a rolling origin: fold i is trained on the first i stretches of time \
      and judged on the next; its folds differ in size, and the mean has no interval. by=cold-user and cold-item hold out \
      whole users or items. Which fold a rating falls in depends on (seed, user, item) alone, but not on the hash of `split`.
      """,
    source: "Stone 1974, doi:10.1111/j.2517-6161.1974.tb00994.x; Nadeau & Bengio 2003, doi:10.1023/A:1024068626366",
    nesting: .plain
  ) { call, session in
    guard let inner = call.inner.first else {
      throw Diagnostic(.missingOperand, "'crossval' needs a command", at: call.verbRange, hint: "crossval svd k=50")
    }
    let recipe = try ModelRecipe(inner, in: session, for: call)
    let run = try CrossValidation(call, recipe, session)
    return try run.reply(session.execution)
  }
}

/// One run of `crossval`.
private struct CrossValidation {
  /// What a fold gives.
  struct Result: Sendable {
    /// Among all folds of all repetitions.
    let place: Int
    let row: EvaluationReport.Row
    /// Test rows for each training row.
    let ratio: Double
    let heading: String
    let warnings: [Diagnostic]
  }

  private let call: Call
  private let recipe: ModelRecipe
  private let request: EvaluationRequest
  private let rule: FoldRule
  private let foldCount: Int
  private let repeats: Int
  private let seed: UInt64

  init(_ call: Call, _ recipe: ModelRecipe, _ session: Session) throws(Diagnostic) {
    self.call = call
    self.recipe = recipe
    try recipe.data.refuseParting(for: call)
    request = try call.evaluationRequest(for: recipe.data)
    rule = try call.word("by").flatMap(FoldRule.init) ?? .random
    foldCount = try call.count("folds") ?? 5
    repeats = try call.count("repeats") ?? 1
    seed = try call.count("seed").map(UInt64.init) ?? session.settings.seed
    if repeats > 1, rule == .time {
      throw Diagnostic(
        .badValue, "by=time has the same folds each time", at: call.argument("repeats")?.range ?? call.verbRange,
        hint: "repeats=1")
    }
  }

  func reply(_ execution: Execution) throws -> Reply {
    do {
      let partings = try (0..<repeats).map {
        try Folds(recipe.data, count: foldCount, by: rule, seed: seed, repetition: $0, execution: execution)
      }
      let name = recipe.call.command.verb
      let finished = try execution.finishedPieces(
        foldCount * repeats, of: recipe.data.count, label: "crossval"
      ) { place, own in
        let fold = try partings[place / foldCount].fold(place % foldCount, execution: own)
        let (model, warnings) = try recipe.model(named: name, on: fold.train, valid: nil, execution: own)
        let report = try evaluate(models: [model], on: fold.test, request: request, seed: seed, execution: own)
        try own.checkpoint()
        return Result(
          place: place, row: report.rows[0], ratio: Double(fold.test.count) / Double(fold.train.count),
          heading: report.heading(of: recipe.data), warnings: warnings)
      }
      let results = finished.compactMap(\.self)
      // One Ctrl-C keeps the folds that are judged; a second, before the others have stopped, wants none.
      if results.isEmpty || results.count < finished.count && Interrupts.count > 1 { throw Cancelled() }
      var warnings: [Diagnostic] = []
      if results.count < finished.count {
        warnings.append(
          Diagnostic(
            warning: .partial,
            "interrupted after \(results.count) of \(counted(finished.count, "fold")): the mean is theirs",
            at: call.verbRange))
      }
      for warning in results.flatMap(\.warnings) where !warnings.contains(warning) { warnings.append(warning) }
      let table = summary(of: results)
      return Reply(
        .table(table),
        outputs: warnings.map(Output.Content.warning) + [.table(table), .table(foldTable(of: results))])
    } catch let error as SplitError {
      throw Diagnostic(foldError: error, call: call, data: recipe.data)
    } catch let error as EvaluationError {
      throw Diagnostic(evaluationError: error, call: call, data: recipe.data)
    }
  }

  // MARK: Tables

  /// The values of a metric, one for each fold that has one.
  private func values(_ metric: Int, _ results: [Result]) -> [Double] {
    results.compactMap { $0.row.values[metric].value }
  }

  /// The means, with intervals.
  private func summary(of results: [Result]) -> Table {
    var columns = [Table.Column("model", .text)]
    var cells: [Table.Cell] = [.text(recipe.call.command.verb)]
    let ratio = results.reduce(0) { $0 + $1.ratio } / Double(results.count)
    for (place, metric) in request.metrics.enumerated() {
      let summary = PairedDifferences(values(place, results))
      let mean = summary.count > 0 ? summary.mean : nil
      columns += metric.meanColumns
      guard let mean, summary.count > 1, rule != .time else {
        cells += [Table.Cell(mean), .undefined, .undefined]
        continue
      }
      let width =
        StudentDistribution.criticalValue(alpha: 0.05, degrees: Double(summary.count - 1))
        * summary.standardDeviation * (1 / Double(summary.count) + ratio).squareRoot()
      cells += [.number(mean), .number(mean - width), .number(mean + width)]
    }
    columns += ["folds", "ratings", "fallback"].map { Table.Column($0, .count, role: .context) }
    cells += [
      .count(results.count), .count(results.reduce(0) { $0 + $1.row.ratings }),
      .count(results.reduce(0) { $0 + $1.row.fallback }),
    ]
    let parted = rule == .random ? "" : " by \(rule.rawValue)"
    let often = repeats > 1 ? " × \(repeats)" : ""
    return Table(
      heading: "\(recipe.call.statement) · \(foldCount) folds\(parted)\(often) of \(results[0].heading)",
      columns: columns, rows: [cells])
  }

  /// Each fold by itself, and the standard deviation.
  private func foldTable(of results: [Result]) -> Table {
    let columns =
      [Table.Column("fold", .text)] + request.metrics.map { Table.Column($0.name, $0.style) }
      + [Table.Column("ratings", .count)]
    var rows = results.map { result -> [Table.Cell] in
      let place = result.place
      let fold = repeats > 1 ? "\(place / foldCount + 1).\(place % foldCount + 1)" : "\(place + 1)"
      return [.text(fold)] + result.row.values.map { Table.Cell($0.value) } + [.count(result.row.ratings)]
    }
    let deviations = request.metrics.indices.map { metric -> Table.Cell in
      let summary = PairedDifferences(values(metric, results))
      return Table.Cell(summary.count > 1 ? summary.standardDeviation : nil)
    }
    rows.append([.text("sd")] + deviations + [.undefined])
    return Table(title: "folds", columns: columns, rows: rows)
  }
}

extension MetricChoice {
  /// Its column, with those of an interval over folds, which metrics of all lists have, too.
  fileprivate var meanColumns: [Table.Column] {
    [
      Table.Column(name, style), Table.Column(name + "_low", style, role: .low(of: name)),
      Table.Column(name + "_high", style, role: .high(of: name)),
    ]
  }
}

extension Diagnostic {
  fileprivate init(foldError error: SplitError, call: Call, data: Dataset) {
    let noun = data.eventNoun
    switch error {
    case .noTimes:
      self.init(
        .badValue, "by=time goes by the time of the \(noun)s, and these have none",
        at: call.argument("by")?.range ?? call.verbRange)
    case .nothingToSplit:
      self.init(.missing, "there are no \(noun)s to part into folds", at: call.verbRange)
    default:
      self.init(
        .badValue, "a fold would be empty with so few \(noun)s (\(grouped(data.count)))",
        at: call.argument("folds")?.range ?? call.verbRange, hint: "fewer folds")
    }
  }
}
