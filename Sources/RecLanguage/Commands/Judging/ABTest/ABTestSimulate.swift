import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Command {
  /// A test of models on users whose preferences are known.
  static let abtestSimulate = Command(
    "abtest simulate", .judging, summary: "run a test of models on generated users whose preferences are known",
    operands: [
      Operand("models", .model, .any, "one for each arm, the control first; the same twice makes a test of nothing")
    ],
    options: [
      OptionSpec("users", .count(2...100_000_000), unit: "users", "how many take part; without it all that there are"),
      .count("top", default: 5, in: 1...100, unit: "items", "how many items a list shows"),
      .count("runs", default: 1, in: 1...100_000, "how often the test is run; more than once tells how often it errs"),
      OptionSpec("lose", .share, default: "0%", "the share of the last arm's users whose events get lost"),
      OptionSpec("seed", .count(0...Int.max), "keys who is in which arm and what they do; without it the setting"),
    ],
    examples: [
      Example("abtest simulate popular svd", after: .trained),
      Example("abtest simulate popular svd users=20_000", after: .trained),
      Example("log = abtest simulate svd svd lose=30%; abtest analyze log", after: .trained),
      Example("abtest simulate svd svd runs=20", after: .trained),
    ],
    notes: """
      `generate` knows what each user really thinks of each item, so that the true rates of each arm are known, and shown. \
      Users come several times, look down the list that their arm's model makes for them, click by what they think and by \
      the place in the list, and sometimes buy. Some come and click more than others, before the test, too, when all saw the \
      first model's list. Where more take part than were generated, several have the same taste and see the same list, but \
      come and act on their own. The value is a table with a row for each user: `abtest analyze it`, `save it log.csv`.

      With runs= the same test is run again and again with other users in each arm, and each method is counted: found (p \
      below 5%), wrong (found with the wrong sign, or where there is nothing), held (its interval holds the true \
      difference). `impressions` counts each impression as if it were a user, and `peeking` looks ten times and stops at \
      the first p below 5%: both are there to be seen failing.
      """,
    source: "Craswell et al. 2008 (clicks by position), doi:10.1145/1341531.1341545"
  ) { call, session in
    guard call.operands.count >= 2 else {
      throw Diagnostic(
        .missingOperand, "a test has at least two arms", at: call.operands.first?.range ?? call.verbRange,
        hint: "such as abtest simulate popular svd")
    }
    let models = try call.operands.map { try session.model($0) }
    let world = try session.generatedWorld(of: models, call)
    let users = try call.count("users") ?? world.options.users
    let simulation = try ExperimentSimulation(
      models, in: world, users: users, length: try call.count("top") ?? 5, execution: session.execution)
    let seed = try call.count("seed").map(UInt64.init) ?? session.settings.seed
    var truth = simulation.table(models)
    if users > world.options.users {
      truth.notes.append("note: they have the tastes of \(grouped(world.options.users)) generated users")
    }
    let runs = try call.count("runs") ?? 1
    if runs > 1 {
      let records = try simulation.records(runs: runs, seed: seed, execution: session.execution)
      let table = Table(records, runs: runs, of: simulation)
      return Reply(.table(table), outputs: [.table(truth), .table(table)])
    }
    let log = simulation.run(
      seed: seed, loss: try call.number("lose") ?? 0, workers: session.execution.workers)
    return Reply(
      .table(Table(log)),
      outputs: [.table(truth), .text("a log of \(counted(log.count, "user")): abtest analyze it")])
  }
}

extension ExperimentSimulation {
  /// What is true of all users.
  fileprivate func table(_ models: [Model]) -> Table {
    let names = Self.names(models.count)
    return Table(
      title: "truth", heading: "what is true of all \(counted(userCount, "user"))",
      columns: [
        Table.Column("arm", .text), Table.Column("model", .text), Table.Column("ctr", .decimals(4)),
        Table.Column("conversion", .decimals(4)), Table.Column("revenue", .decimals(4)),
      ],
      rows: truths.enumerated().map { place, truth in
        [
          .text(names[place]), .text(models[place].name), .number(truth.ctr), .number(truth.conversion),
          .number(truth.revenue),
        ]
      })
  }
}

extension Table {
  /// A log with a row for each user.
  fileprivate init(_ users: ExperimentUsers) {
    let kept = users.columns.filter { !["clicked", "pre_clicked", "converted"].contains($0.name) }
    let columns =
      [Column("user", .text), Column("arm", .text)]
      + kept.map { Column($0.name, $0.name.hasSuffix("revenue") ? .decimals(2) : .count) }
    let rows: @Sendable (Int) -> [[Cell]] = { group in
      let first = group * 4096
      return (first..<min(users.count, first + 4096)).map { row in
        [.text(users.ids[row]), .text(users.arms[Int(users.arm[row])])]
          + kept.map { column in
            let value = column.values[row]
            return column.name.hasSuffix("revenue") ? .number(value) : .count(Int(value))
          }
      }
    }
    self.init(
      columns: columns,
      rows: .lazy(
        groupCount: (users.count + 4095) / 4096, summary: "a row for each of \(counted(users.count, "user"))",
        make: rows))
  }

  /// How each method did over many runs.
  fileprivate init(_ records: [ExperimentSimulation.Record], runs: Int, of simulation: ExperimentSimulation) {
    let truth = simulation.truths[1].ctr - simulation.truths[0].ctr
    self.init(
      heading: "\(counted(runs, "run")) by ctr · true difference of b and a \(decimals(truth, 5))",
      columns: [
        Column("method", .text), Column("found", .percent(1)), Column("wrong", .percent(1)),
        Column("held", .percent(1)), Column("width", .decimals(4)),
      ],
      rows: records.map { record in
        [
          .text(record.method), .number(Double(record.found) / Double(runs)),
          .number(Double(record.wrong) / Double(runs)), .number(Double(record.held) / Double(runs)),
          Cell(record.width),
        ]
      })
  }
}
