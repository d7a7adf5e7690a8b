import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Two models in one list.
  static let abtestInterleave = Command(
    "abtest interleave", .judging, summary: "mix the lists of two models and count whose items are clicked",
    operands: [Operand("models", .model, .any, "two models")],
    options: [
      OptionSpec("users", .count(1...100_000_000), unit: "users", "how many see a list; without it all"),
      .count("top", default: 10, in: 1...1_000, unit: "items", "how many items a list shows"),
      OptionSpec(
        "clicks", .dataset,
        "rows that count as clicks where they are relevant; without it simulated on generated data, else test"),
      OptionSpec("seed", .count(0...Int.max), "keys the draft and simulated clicks; without it the setting"),
    ],
    examples: [
      Example("abtest interleave popular svd", after: .trained),
      Example("abtest interleave popular svd clicks=test", after: .trained),
    ],
    notes: """
      Team draft: in each round a coin decides which model picks first, and each picks its best item that is not there yet. \
      A user who clicks more of one model's items is a win for it. Every user judges both models, so that far fewer users \
      are needed than for an A/B test; but it tells only which list users prefer, not by how much more they buy. preference \
      is the second model's share of the wins less a half, with Wilson's interval; p is the sign test's; ties are left out.
      """,
    source: "Radlinski, Kurup & Joachims 2008, doi:10.1145/1458082.1458092"
  ) { call, session in
    guard call.operands.count == 2 else {
      throw Diagnostic(
        .missingOperand, "two models are interleaved, found \(call.operands.count)",
        at: call.operands.last?.range ?? call.verbRange, hint: "such as abtest interleave popular svd")
    }
    let models = try call.operands.map { try session.model($0) }
    guard models[0].entities == models[1].entities else {
      throw Diagnostic(
        .unsuitableModel, "'\(models[0].name)' and '\(models[1].name)' know other users or items",
        at: call.operands[1].range, help: "train both on the same data")
    }
    let (clicks, phrase) = try session.interleavingClicks(models, call)
    let users = min(try call.count("users") ?? .max, models[0].entities.users.count)
    let result = try interleave(
      models[0], models[1], clicks: clicks, users: users, length: try call.count("top") ?? 10,
      seed: try call.count("seed").map(UInt64.init) ?? session.settings.seed, execution: session.execution)
    let names = call.operands.map(\.text)
    let table = Table(
      heading: "\(counted(users, "user")) · \(phrase)",
      columns: [
        Table.Column("first", .text), Table.Column("second", .text), Table.Column("first_wins", .count),
        Table.Column("second_wins", .count), Table.Column("ties", .count), Table.Column("preference", .decimals(4)),
        Table.Column("preference_low", .decimals(4), role: .low(of: "preference")),
        Table.Column("preference_high", .decimals(4), role: .high(of: "preference")), Table.Column("p", .decimals(4)),
      ],
      rows: [
        [
          .text(names[0]), .text(names[1]), .count(result.firstWins), .count(result.secondWins), .count(result.ties),
          Table.Cell(result.preference), Table.Cell(result.interval?.low), Table.Cell(result.interval?.high),
          .number(result.p),
        ]
      ])
    let verdict =
      result.p < 0.05
      ? "users prefer \(result.secondWins > result.firstWins ? names[1] : names[0]): \(result.p.pPhrase)"
      : "no preference that these clicks can show: \(result.p.pPhrase)"
    return Reply(.table(table), outputs: [.table(table), .text(verdict)])
  }
}

extension Session {
  /// Where clicks come from, and how one says it.
  fileprivate func interleavingClicks(_ models: [Model], _ call: Call) throws -> (InterleavingClicks, String) {
    let named = try call.argument("clicks").map { argument throws(Diagnostic) in try dataset(argument) }
    if named == nil, generated != nil, let world = try? generatedWorld(of: models, call) {
      return (.simulated(world), "simulated clicks")
    }
    var data = named
    if data == nil, case .dataset(let test)? = self["test"] { data = test }
    guard let data else {
      throw Diagnostic(
        .missing, "there are no clicks: nothing is held out, and the true preferences are not known",
        at: call.verbRange, help: "split the ratings and train again: split test=20%; or make data: generate")
    }
    let mark: Float = if case .ratings(let scale) = data.feedback { scale.relevant } else { -.infinity }
    return (.logged(data, atLeast: mark), "clicks of \(data.role == .whole ? data.name : data.role.rawValue)")
  }
}
