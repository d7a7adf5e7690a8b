import RecData
import RecEvaluation
import RecKernels
import Testing

/// A whole analysis: its parts are checked elsewhere, here that the right numbers reach them.
struct ExperimentAnalysisTests {
  private let execution = Execution(threadCount: 2)

  /// Users 0… with arms in turn and columns by formula.
  private func users(_ count: Int, _ columns: [(String, (Int) -> Double)]) -> ExperimentUsers {
    ExperimentUsers(
      ids: TextColumn((0..<count).map(String.init)), arms: ["a", "b"], arm: (0..<count).map { Int32($0 % 2) },
      columns: columns.map { name, value in .init(name, (0..<count).map(value)) })
  }

  private func request(_ users: ExperimentUsers, _ metrics: String...) throws -> ExperimentRequest {
    ExperimentRequest(metrics: try metrics.map { try ExperimentMetric($0, of: users) }, seed: 42)
  }

  @Test func `a share of users goes to the z test of the two shares`() throws {
    // 40 of 1,000 in a, 55 of 1,000 in b: proportions in Reference/experiments.tsv.
    let users = users(2000, [("converted", { $0 % 2 == 0 ? ($0 < 80 ? 1 : 0) : ($0 < 110 ? 1 : 0) })])
    let report = try analyze(users, request(users, "conversion"), execution: execution)
    let reference = try #require(
      try ExperimentReferenceTests.cases.get().first { $0.test == "proportions" && $0.inputs[0] == [40] })
    let finding = try #require(report.metrics[0].comparisons[0].decision)
    let found = [finding.difference, finding.p, finding.low, finding.high]
    let wanted = [0, 2, 3, 4].map { reference.outputs[$0] }
    for (value, expected) in zip(found, wanted) { #expect(abs(value - expected) < 1e-10) }
    #expect(report.metrics[0].metric.kind == .share && !report.ratio.fails)
    // The bootstrap knows nothing of the formula and comes close to it.
    let bootstrap = try #require(report.metrics[0].comparisons[0].findings.first { $0.method == .bootstrap })
    #expect(abs(bootstrap.low - finding.low) < 0.002 && abs(bootstrap.high - finding.high) < 0.002)
    #expect(abs(bootstrap.p - finding.p) < 0.03)
  }

  @Test func `columns are read as shares, means or ratios`() throws {
    let users = users(
      40, [("clicks", { Double($0 % 3) }), ("impressions", { _ in 4 }), ("converted", { Double($0 % 2) })])
    #expect(try ExperimentMetric("ctr", of: users).kind == .ratio)
    #expect(try ExperimentMetric("clicks/impressions", of: users).denominator == "impressions")
    #expect(try ExperimentMetric("click", of: users).kind == .mean)
    #expect(try ExperimentMetric("converted", of: users).kind == .share)
    #expect(throws: UnknownExperimentMetric.self) { try ExperimentMetric("revenue", of: users) }
    #expect(throws: UnknownExperimentMetric.self) { try ExperimentMetric("a/b/c", of: users) }
  }

  @Test func `several metrics are corrected, and what decides is said`() throws {
    let users = users(
      400,
      [
        ("clicks", { Double(($0 * 7) % 5 + $0 % 2) }), ("impressions", { Double(($0 * 3) % 4 + 6) }),
        ("revenue", { Double(($0 * 11) % 13) }), ("pre_clicks", { Double(($0 * 7) % 5) }),
      ])
    var request = try request(users, "ctr", "revenue")
    let report = try analyze(users, request, execution: execution)
    let p = report.metrics.map { $0.comparisons[0].decision?.p ?? .nan }
    #expect(report.metrics.map { $0.comparisons[0].deciding } == [.delta, .welch])
    #expect(report.metrics.map { $0.comparisons[0].adjustedP } == MultipleComparisons.holm.adjusted(p))
    request.covariate = "pre_clicks"
    request.sequentialTuning = 400
    let more = try analyze(users, request, execution: execution)
    let comparison = more.metrics[0].comparisons[0]
    #expect(comparison.findings.map(\.method) == [.delta, .bootstrap, .cuped, .sequential])
    #expect(comparison.deciding == .sequential && (comparison.reduction ?? 0) > 0.5)
    let widths = comparison.findings.map { $0.high - $0.low }
    #expect(widths[2] < widths[0] && widths[3] > widths[2])
  }

  @Test func `nothing is found where users did not come as they were sent`() throws {
    let all = users(2000, [("converted", { $0 % 2 == 0 ? 0 : Double($0 % 4 / 3) })])
    var report = try analyze(all, request(all, "conversion"), execution: execution)
    #expect(report.isFound(report.metrics[0].comparisons[0]))
    let kept = (0..<2000).filter { $0 % 2 == 0 || $0 % 10 != 1 }
    let some = ExperimentUsers(
      ids: TextColumn(kept.map(String.init)), arms: all.arms, arm: kept.map { all.arm[$0] },
      columns: all.columns.map { column in .init(column.name, kept.map { column.values[$0] }) })
    report = try analyze(some, request(some, "conversion"), execution: execution)
    #expect(report.ratio.fails && !report.isFound(report.metrics[0].comparisons[0]))
  }

  @Test func `arms of few users, and empty ones, are undefined and do not trap`() throws {
    let few = ExperimentUsers(
      ids: TextColumn(["1", "2", "3"]), arms: ["a", "b"], arm: [0, 0, 1],
      columns: [.init("clicks", [0, 1, 0]), .init("impressions", [0, 0, 0])])
    let report = try analyze(few, request(few, "ctr", "clicks"), execution: execution)
    #expect(report.metrics[0].estimates.map(\.value) == [nil, nil])
    #expect(report.metrics.allSatisfy { $0.comparisons[0].findings.isEmpty && !report.isFound($0.comparisons[0]) })
  }

  @Test(arguments: [1e-200, 1e160, 1e300, 1.7e308])
  func `numbers at the ends of their range neither trap nor win`(size: Double) throws {
    let users = users(
      60, [("revenue", { Double($0 % 7) / 7 * size }), ("pre_revenue", { Double($0 % 5) / 5 * size })])
    var request = try request(users, "revenue")
    request.covariate = "pre_revenue"
    request.sequentialTuning = 50
    let report = try analyze(users, request, execution: execution)
    #expect(!report.isFound(report.metrics[0].comparisons[0]))
    _ = users.looks(by: request.metrics[0], arm: 1, control: 0, count: 5, alpha: 0.05, tuning: 50)
  }

  @Test func `the same users give the same report on any number of threads`() throws {
    let users = users(300, [("revenue", { Double(($0 * 11) % 13) })])
    let reports = try [1, 3, 8].map {
      try analyze(users, request(users, "revenue"), execution: Execution(threadCount: $0)).metrics
    }
    #expect(reports[0] == reports[1] && reports[0] == reports[2])
  }
}
