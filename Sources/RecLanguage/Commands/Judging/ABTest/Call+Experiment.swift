import RecData
import RecEvaluation
import RecKernels
import RecModels

extension Command {
  /// The options that every look at a log has.
  static let experimentOptions = [
    OptionSpec("test", .text, "the test, where the log has several"),
    OptionSpec("control", .text, "the arm that others are compared with; without it 'control', else the first"),
    OptionSpec(
      "shares", .weightedWord, list: true,
      "the weights that users were sent by; without it those of a server's log, else equal"),
    OptionSpec("alpha", .share, default: "5%", "the chance of finding a difference that is not there"),
  ]
}

/// The users of a log, and how it was read.
struct ExperimentLog {
  let users: ExperimentUsers
  /// Such as "comma-separated text with header"; empty for a table.
  let summary: String
  /// How many users each arm should have by the shares in the log; nil where it has none.
  let expected: [Double]?
}

extension Session {
  /// The log that the first word names: a table that is bound to it, else a file.
  mutating func experimentLog(_ call: Call) throws -> ExperimentLog {
    let argument = call.operands[0]
    let table: RecordTable
    var file: String?
    do {
      let path = resolve(argument.text)
      // `log.csv` is a file where there is one, though `log` may be a table with a row `csv`.
      let isFile = self[argument.text] == nil && fileKind(path) != .missing
      switch try isFile ? nil : value(argument) {
      case .table(let bound)?: table = bound.records
      case let other?: throw Diagnostic.wrongKind(argument, expected: "a table or a file", found: other)
      case nil:
        table = try RecordTable(contentsOf: path, tables: ["event", "events"], execution: execution)
        file = path
        remember(LoadedFile(path: path, rows: table.rowCount, users: 0, items: 0))
      }
      let test = try call.word("test")
      let users = try ExperimentUsers(table, test: test)
      let expected = try file.flatMap {
        try RecordedShares.expected(in: $0, test: test, arms: users.arms, execution: execution)
      }
      return ExperimentLog(users: users, summary: table.summary, expected: expected)
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    } catch let error as ExperimentLogError {
      throw Diagnostic(logError: error, call: call)
    }
  }

  /// The metrics, the control and alpha; the rest is the caller's.
  func experimentRequest(_ call: Call, _ log: ExperimentLog) throws(Diagnostic) -> ExperimentRequest {
    var metrics: [ExperimentMetric] = []
    for argument in call.options["metric"] ?? [] {
      do { metrics.append(try ExperimentMetric(argument.text, of: log.users)) } catch {
        throw Diagnostic(
          .unknownMetric,
          error.missing.isEmpty
            ? "'\(error.name)' is no metric of this log"
            : "'\(error.name)' needs the column \(listed(error.missing, "and")), which this log has not",
          at: argument.range, hint: didYouMean(nearest(error.name, in: error.known)),
          help: "metrics here: \(error.known.joined(separator: ", "))")
      }
    }
    if metrics.isEmpty {
      guard let usual = ["ctr", "conversion"].lazy.compactMap({ try? ExperimentMetric($0, of: log.users) }).first else {
        let known = ExperimentMetric.known(of: log.users)
        throw Diagnostic(
          .missingOperand, "'\(call.command.verb)' needs metric=", at: call.verbRange,
          help: known.isEmpty
            ? "the log has no column of numbers" : "metrics here: \(known.joined(separator: ", "))")
      }
      metrics = [usual]
    }
    let control = try call.argument("control").map { argument throws(Diagnostic) in
      try call.arm(argument, of: log.users)
    }
    var request = ExperimentRequest(metrics: metrics, control: control ?? 0, seed: settings.seed)
    request.alpha = try call.number("alpha") ?? 0.05
    guard request.alpha > 0, request.alpha < 1 else {
      throw Diagnostic(
        .badValue, "'alpha' lies between 0% and 100%, and is neither",
        at: call.argument("alpha")?.range ?? call.verbRange)
    }
    return request
  }

  /// The world whose users and items models know, where `generate` made it last.
  func generatedWorld(of models: [Model], _ call: Call) throws -> GeneratedWorld {
    guard let options = generated else {
      throw Diagnostic(
        .missing, "true preferences are known of generated data alone", at: call.verbRange,
        help: "make some and train on it: generate; split; svd")
    }
    let world = try GeneratedWorld(options, execution: execution)
    for (model, argument) in zip(models, call.operands) where !world.isWhat(model.training) {
      throw Diagnostic(
        .unsuitableModel, "'\(model.name)' was not trained on what `generate` made last", at: argument.range,
        help: "train it again")
    }
    return world
  }
}

extension Call {
  /// The index of the arm that a word names.
  func arm(_ argument: Argument, of users: ExperimentUsers) throws(Diagnostic) -> Int {
    if let arm = users.arms.firstIndex(of: argument.text) { return arm }
    throw Diagnostic(
      .badValue, "the log has no arm '\(argument.text)'", at: argument.range,
      hint: didYouMean(nearest(argument.text, in: users.arms)), help: "arms: \(users.arms.joined(separator: ", "))")
  }
}

extension Diagnostic {
  /// A table that is no log of a test.
  fileprivate init(logError error: ExperimentLogError, call: Call) {
    let place = call.operands[0].range
    switch error {
    case .noColumn(let what, let usual, let columns):
      self.init(
        "no-experiment", "no column tells the \(what)", at: place, hint: "name a column \(listed(usual))",
        help: "columns: \(columns.joined(separator: ", "))")
    case .emptyUser(let row):
      self.init("no-experiment", "row \(grouped(row + 1)) has no user", at: place)
    case .tooFewArms(let arms):
      self.init(
        "no-experiment", "a test has two arms or more, and this log \(arms.isEmpty ? "none" : "only '\(arms[0])'")",
        at: place)
    case .whichTest(let tests):
      let asked = call.argument("test")
      self.init(
        "no-experiment",
        asked.map { "the log has no test '\($0.text)'" } ?? "the log has \(tests.count) tests, and one is analyzed",
        at: asked?.range ?? place, hint: asked.flatMap { didYouMean(nearest($0.text, in: tests)) },
        help: "tests: \(tests.prefix(12).joined(separator: ", "))")
    }
  }
}

extension Table {
  /// Every row as texts that read back as they are.
  fileprivate var records: RecordTable {
    let rows = allRows
    return RecordTable(
      names: columns.map(\.name),
      columns: columns.indices.map { column in
        TextColumn(
          rows.map { row in
            switch row[column] {
            case .text(let text): text
            case .count(let count): String(count)
            case .number(let number): number.description
            case .undefined: ""
            }
          })
      })
  }
}
