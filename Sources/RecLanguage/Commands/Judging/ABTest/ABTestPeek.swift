import RecData
import RecEvaluation
import RecModels

extension Command {
  /// What somebody sees who cannot wait.
  static let abtestPeek = Command(
    "abtest peek", .judging, summary: "look at a test again and again while users come",
    operands: [Operand("log", .tableOrPath, .one, "a file of events or users, or a table")],
    options: [
      OptionSpec("metric", .text, "ctr, conversion, revenue, any column, or COLUMN/COLUMN"),
      .count("looks", default: 20, in: 2...1_000, "how often one looks"),
      .count(
        "planned", default: SequentialTest.usualTuning, in: 10...1_000_000_000, unit: "users",
        "where the sequential interval is shortest"),
      OptionSpec("arm", .text, "the arm that is compared with the control; without it the next"),
    ] + experimentOptions,
    examples: [
      Example("abtest simulate popular svd; abtest peek it metric=ctr", after: .trained),
      Example("abtest simulate svd svd; abtest peek it looks=10; plot it", after: .trained),
    ],
    notes: """
      A row for each look: the difference of all users who came so far, with the interval of a test that is looked at \
      once, and with the sequential interval, which holds at all looks together. Users come in the order of their first \
      time, else of the rows, each with all that it did.
      """,
    source: "Johari, Koomen, Pekelis & Walsh 2022, Always valid inference, doi:10.1287/opre.2021.2135"
  ) { call, session in
    let log = try session.experimentLog(call)
    let request = try session.experimentRequest(call, log)
    let named = try call.argument("arm").map { argument throws(Diagnostic) in try call.arm(argument, of: log.users) }
    let arm = named ?? log.users.arms.indices.first { $0 != request.control } ?? 0
    guard arm != request.control else {
      throw Diagnostic(
        .badValue, "the control cannot be compared with itself", at: call.argument("arm")?.range ?? call.verbRange)
    }
    let looks = log.users.looks(
      by: request.metrics[0], arm: arm, control: request.control, count: try call.count("looks") ?? 20,
      alpha: request.alpha, tuning: try call.count("planned") ?? SequentialTest.usualTuning)
    guard !looks.isEmpty else {
      throw Diagnostic(.missing, "there are too few users to look at", at: call.operands.first?.range ?? call.verbRange)
    }
    let arms = log.users.arms
    let table = Table(
      heading: "\(request.metrics[0].name) · \(arms[arm]) − \(arms[request.control])",
      columns: [
        Table.Column("users", .count), Table.Column("difference", .decimals(4)),
        Table.Column("difference_low", .decimals(4), role: .low(of: "difference")),
        Table.Column("difference_high", .decimals(4), role: .high(of: "difference")), Table.Column("p", .decimals(4)),
        Table.Column("always", .decimals(4)), Table.Column("always_low", .decimals(4), role: .low(of: "always")),
        Table.Column("always_high", .decimals(4), role: .high(of: "always")), Table.Column("always_p", .decimals(4)),
      ],
      rows: looks.map { look in
        [
          .count(look.users), Table.Cell(look.difference), Table.Cell(look.low), Table.Cell(look.high),
          Table.Cell(look.p), Table.Cell(look.difference), Table.Cell(look.sequentialLow),
          Table.Cell(look.sequentialHigh), Table.Cell(look.sequentialP),
        ]
      })
    let remark = looks.remark(alpha: request.alpha)
    return Reply(.table(table), outputs: [.table(table), .text(remark)])
  }
}

extension [ExperimentLook] {
  /// What one would have concluded, at the first look that seems to decide.
  fileprivate func remark(alpha: Double) -> String {
    func phrase(_ look: ExperimentLook?) -> String {
      look.map { "after \(grouped($0.users)) users" } ?? "never"
    }
    return
      "p below \(plain(alpha)): \(phrase(first { $0.p < alpha })); sequentially: \(phrase(first { $0.sequentialP < alpha }))"
  }
}
