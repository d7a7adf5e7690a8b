import RecData
import RecEvaluation
import RecModels

extension Command {
  /// What a test found.
  static let abtestAnalyze = Command(
    "abtest analyze", .judging, summary: "compare the arms of a test by what their users did",
    operands: [
      Operand("log", .tableOrPath, .one, "a file of events or users, or a table such as that of abtest simulate")
    ],
    options: [
      OptionSpec(
        "metric", .text, list: true,
        "ctr, conversion, revenue, any column, or COLUMN/COLUMN; without it ctr or conversion"),
      OptionSpec("pre", .text, "the column of what users did before, to make the intervals shorter (CUPED)"),
      .flag("sequential", default: false, "decide by an interval that holds at every look"),
      .count(
        "planned", default: SequentialTest.usualTuning, in: 10...1_000_000_000, unit: "users",
        "where the sequential interval is shortest"),
      .choice(
        "correction", default: "holm",
        [
          Choice("holm", "any false finding is rare"), Choice("bh", "false findings are a small part of all"),
          Choice("none", "each p stands for itself"),
        ], "what several comparisons do to p"),
    ] + experimentOptions,
    examples: [
      Example("abtest simulate popular svd; abtest analyze it metric=ctr; plot it", after: .trained),
      Example("log = abtest simulate popular svd; abtest analyze log pre=pre_clicks", after: .trained),
      Example("abtest simulate popular svd; abtest analyze it metric=ctr,revenue", after: .trained),
      Example("abtest simulate popular svd; abtest analyze it sequential=on", after: .trained),
    ],
    notes: """
      A log is a CSV, TSV or JSON Lines file, packed or not, or an SQLite database with a table event, which a server may go \
      on writing. It has a row for each event (columns user, arm, event and, where there are, time, value, test; kinds such as \
      exposure, impression, click, purchase) or a row for each user (columns user, arm and numbers such as impressions, \
      clicks, converted, revenue, pre_clicks). Which it is its columns tell, and the answer says. Events count for the arm \
      that the user was in; those before the first exposure become columns pre_clicks and so on. Who saw two arms is left \
      out and counted.

      First comes the sample ratio: where p is below 0.0005, users were lost on their way, and no winner is named. Then \
      each arm's value with its interval (Wilson's for shares). Then differences from the control, by several methods: z \
      (two shares, pooled, with Newcombe's interval), t (Welch, means), delta (ratios such as ctr, with the user as the \
      unit), bootstrap (1,000 Poisson resamplings of users), cuped (with pre=), sequential. The last of z, t or delta, cuped \
      and sequential that is there decides, its p corrected over all metrics and arms. A larger value counts as better. The \
      lift is the difference as a part of the control's value; its interval allows for what is uncertain of that, too (the \
      delta method, for shares Katz's).
      """,
    source: """
      Deng et al. 2013, doi:10.1145/2433396.2433413 (CUPED); Deng et al. 2018, doi:10.1145/3219819.3219919 (delta); \
      Waudby-Smith et al. 2024, doi:10.1214/24-AOS2408 (sequential); Newcombe 1998; Fabijan et al. 2019
      """
  ) { call, session in
    let log = try session.experimentLog(call)
    var request = try session.experimentRequest(call, log)
    request.shares = try call.shares(of: log.users) ?? log.expected
    request.covariate = try call.covariate(of: log.users)
    if try call.flag("sequential") { request.sequentialTuning = try call.count("planned") }
    request.correction = try call.word("correction").flatMap(MultipleComparisons.init) ?? .holm
    let report = try analyze(log.users, request, execution: session.execution)
    let tables = report.tables(of: log)
    return Reply(
      .table(tables[2]),
      outputs: [.table(tables[0])] + (report.ratio.fails ? [.warning(call.warning(mismatch: report))] : [])
        + [.table(tables[1]), .table(tables[2])] + report.verdicts.map(Output.Content.text))
  }
}

extension Call {
  /// The weights of the arms that `shares=` gives.
  fileprivate func shares(of users: ExperimentUsers) throws(Diagnostic) -> [Double]? {
    guard let arguments = options["shares"] else { return nil }
    var shares = [Double](repeating: 0, count: users.arms.count)
    for argument in arguments {
      guard let weight = argument.weight, weight > 0 else {
        throw Diagnostic(
          .badValue, "'\(argument.text)' has no weight above 0", at: argument.range, hint: "\(argument.text):50")
      }
      shares[try arm(argument, of: users)] = weight
    }
    if let missing = shares.firstIndex(of: 0) {
      throw Diagnostic(
        .badValue, "'shares' leaves out the arm '\(users.arms[missing])'", at: arguments[0].range,
        hint: "such as shares=\(users.arms.map { "\($0):50" }.joined(separator: ","))")
    }
    return shares
  }

  fileprivate func covariate(of users: ExperimentUsers) throws(Diagnostic) -> String? {
    guard let argument = argument("pre") else { return nil }
    let name = argument.text.lowercased()
    guard users[name] != nil else {
      let names = users.columns.map(\.name)
      throw Diagnostic(
        .unknownField, "the log has no column '\(argument.text)'", at: argument.range,
        hint: didYouMean(nearest(name, in: names)), help: "columns: \(names.joined(separator: ", "))")
    }
    return name
  }

  /// Users who did not come as they were sent.
  fileprivate func warning(mismatch report: ExperimentReport) -> Diagnostic {
    let came = zip(report.arms, report.ratio.counts).map { "\($0) \(grouped($1))" }.joined(separator: ", ")
    let expected = zip(report.arms, report.ratio.expected).map { "\($0) \(grouped(Int($1.rounded())))" }
    return Diagnostic(
      warning: "sample-ratio-mismatch",
      "users did not come as they were sent: \(came), expected \(expected.joined(separator: ", ")); \(report.ratio.p.pPhrase)",
      at: operands.first?.range ?? verbRange, hint: "look for what loses users of one arm",
      help: "no winner is named: who is missing may be who would have decided")
  }
}
