internal import RecAlgebra
package import RecData
package import RecKernels

/// Analyses a test: the sample ratio first, then each metric, arm by arm.
///
/// Users are the unit of everything, also where a metric counts impressions.
package func analyze(
  _ users: ExperimentUsers, _ request: ExperimentRequest, execution: Execution
) throws(Cancelled) -> ExperimentReport {
  precondition(!request.metrics.isEmpty && users.arms.indices.contains(request.control), "a metric and a control")
  let analysis = ExperimentAnalysis(users, request)
  let draws = try analysis.draws(execution)
  var metrics: [ExperimentReport.MetricReport] = []
  for place in request.metrics.indices {
    try execution.checkpoint()
    metrics.append(analysis.report(of: place, draws: draws.map { $0[place] }))
  }
  var report = ExperimentReport(
    arms: users.arms, control: request.control,
    ratio: SampleRatioTest(
      counts: analysis.rows.map(\.count), shares: request.shares ?? users.arms.map { _ in 1 }),
    metrics: metrics, alpha: request.alpha, correction: request.correction)
  report.correct()
  return report
}

extension ExperimentReport {
  /// Fills in the corrected p of every comparison.
  fileprivate mutating func correct() {
    let adjusted = correction.adjusted(metrics.flatMap { $0.comparisons.map { $0.decision?.p ?? .nan } })
    var next = 0
    for metric in metrics.indices {
      for comparison in metrics[metric].comparisons.indices {
        metrics[metric].comparisons[comparison].adjustedP = adjusted[next]
        next += 1
      }
    }
  }
}

/// The users of a test by arm.
struct ExperimentAnalysis: Sendable {
  private let users: ExperimentUsers
  private let request: ExperimentRequest
  /// The rows of the users of each arm, ascending.
  let rows: [[Int]]

  init(_ users: ExperimentUsers, _ request: ExperimentRequest) {
    self.users = users
    self.request = request
    var rows = [[Int]](repeating: [], count: users.arms.count)
    for (row, arm) in users.arm.enumerated() { rows[Int(arm)].append(row) }
    self.rows = rows
  }

  /// The resampled values of each arm and metric; empty where an arm has too few users.
  func draws(_ execution: Execution) throws(Cancelled) -> [[[Double]]] {
    var draws: [[[Double]]] = []
    for rows in rows {
      guard rows.count >= Resampling.leastUsers else {
        draws.append(request.metrics.map { _ in [] })
        continue
      }
      let keys = rows.map { CounterRandom.Purpose(users.ids[$0]).rawValue }
      let columns = request.metrics.map { metric in
        let sums = metric.sums(of: rows, in: users)
        return (users: UserValues(sums: sums.numerators, weights: sums.denominators), finish: Self.identity)
      }
      draws.append(try Resampling(keys: keys, seed: request.seed).draws(of: columns, execution: execution))
    }
    return draws
  }

  private static let identity: @Sendable (Double) -> Double = { $0 }

  /// - Parameter draws: The resampled values of each arm.
  func report(of place: Int, draws: [[Double]]) -> ExperimentReport.MetricReport {
    let metric = request.metrics[place]
    let sums = rows.map { metric.sums(of: $0, in: users) }
    let samples = sums.map { LinearizedRatio(numerators: $0.numerators, denominators: $0.denominators) }
    let moments = samples.map(\.moments)
    let successes = sums.map { metric.kind == .share ? Int($0.numerators.reduce(0, +)) : 0 }
    let estimates = samples.indices.map { arm -> ExperimentReport.Estimate in
      let count = rows[arm].count
      guard samples[arm].ratio.isFinite else { return .init(value: nil, low: nil, high: nil, users: count) }
      let interval =
        metric.kind == .share
        ? ProportionTest.wilson(successes: successes[arm], of: count, alpha: request.alpha)
        : moments[arm].interval(alpha: request.alpha)
      return .init(value: samples[arm].ratio, low: interval?.low, high: interval?.high, users: count)
    }
    let comparisons = rows.indices.filter { $0 != request.control }.map { arm in
      comparison(of: arm, metric, samples: samples, moments: moments, successes: successes, draws: draws)
    }
    return ExperimentReport.MetricReport(metric: metric, estimates: estimates, comparisons: comparisons)
  }

  private func comparison(
    of arm: Int, _ metric: ExperimentMetric, samples: [LinearizedRatio], moments: [SampleMoments], successes: [Int],
    draws: [[Double]]
  ) -> ExperimentReport.Comparison {
    let control = request.control
    let own: ExperimentReport.Method =
      switch metric.kind {
      case .share: .proportions
      case .mean: .welch
      case .ratio: .delta
      }
    guard moments[arm].isTestable, moments[control].isTestable else {
      return .init(arm: arm, findings: [], deciding: own, adjustedP: .nan, reduction: nil, detectable: nil)
    }
    var findings = [finding(own, arm, metric, moments: moments, successes: successes)]
    if let bootstrap = Self.bootstrap(draws[control], draws[arm], of: findings[0]) {
      findings.append(bootstrap)
    }
    let means = (control: moments[control].mean, treatment: moments[arm].mean)
    var deciding = own
    var decisive = (control: moments[control], treatment: moments[arm])
    var reduction: Double?
    if let adjusted = adjusted(samples[control], samples[arm], arm: arm) {
      let test = WelchTest(control: adjusted.control, treatment: adjusted.treatment, alpha: request.alpha)
      let lift = Lift(
        difference: test.difference, low: test.low, control: adjusted.control, treatment: adjusted.treatment,
        means: means)
      findings.append(
        .init(method: .cuped, difference: test.difference, low: test.low, high: test.high, lift: lift, p: test.p))
      (deciding, reduction) = (.cuped, adjusted.reduction)
      decisive = (adjusted.control, adjusted.treatment)
    }
    if let tuning = request.sequentialTuning {
      let test = SequentialTest(
        control: decisive.control, treatment: decisive.treatment, alpha: request.alpha, tuning: tuning)
      let lift = Lift(
        difference: test.difference, low: test.low, control: decisive.control, treatment: decisive.treatment,
        means: means)
      findings.append(
        .init(method: .sequential, difference: test.difference, low: test.low, high: test.high, lift: lift, p: test.p))
      deciding = .sequential
    }
    let error = (decisive.control.meanVariance + decisive.treatment.meanVariance).squareRoot()
    let needed = NormalDistribution.criticalValue(alpha: request.alpha) + NormalDistribution.quantile(0.8)
    return .init(
      arm: arm, findings: findings, deciding: deciding, adjustedP: .nan, reduction: reduction,
      detectable: deciding == .sequential ? nil : needed * error)
  }

  /// The metric's own test.
  private func finding(
    _ method: ExperimentReport.Method, _ arm: Int, _ metric: ExperimentMetric, moments: [SampleMoments],
    successes: [Int]
  ) -> ExperimentReport.Finding {
    let control = request.control
    if method == .proportions {
      let (first, second) = ((successes[control], rows[control].count), (successes[arm], rows[arm].count))
      let test = ProportionTest(control: first, treatment: second, alpha: request.alpha)
      let lift = Lift.share(control: first, treatment: second, alpha: request.alpha)
      return .init(method: method, difference: test.difference, low: test.low, high: test.high, lift: lift, p: test.p)
    }
    let test = WelchTest(control: moments[control], treatment: moments[arm], alpha: request.alpha)
    let lift = Lift(
      difference: test.difference, low: test.low, control: moments[control], treatment: moments[arm],
      means: (moments[control].mean, moments[arm].mean))
    return .init(method: method, difference: test.difference, low: test.low, high: test.high, lift: lift, p: test.p)
  }

  /// The percentiles of the resampled differences, and twice the share of them on the far side of 0.
  private static func bootstrap(
    _ control: [Double], _ treatment: [Double], of finding: ExperimentReport.Finding
  ) -> ExperimentReport.Finding? {
    let differences = zip(treatment, control).map(-).filter { !$0.isNaN }
    guard !differences.isEmpty, let interval = Resampling.interval(of: differences) else { return nil }
    let (below, above) = (differences.count { $0 <= 0 }, differences.count { $0 >= 0 })
    let p = min(1, 2 * Double(min(below, above) + 1) / Double(differences.count + 1))
    let lifts = Resampling.interval(of: zip(treatment, control).map { $0 / $1 - 1 }.filter(\.isFinite))
    return .init(
      method: .bootstrap, difference: finding.difference, low: interval.low, high: interval.high,
      lift: Lift(value: finding.lift.value, low: lifts?.low ?? .nan, high: lifts?.high ?? .nan), p: p)
  }

  /// Both samples with what users did before taken out; nil without a covariate.
  private func adjusted(
    _ control: LinearizedRatio, _ treatment: LinearizedRatio, arm: Int
  ) -> (control: SampleMoments, treatment: SampleMoments, reduction: Double)? {
    guard let name = request.covariate, let covariates = users[name], !control.values.isEmpty, !treatment.values.isEmpty
    else { return nil }
    let adjustment = CovariateAdjustment([
      (control.values, rows[request.control].map { covariates[$0] }),
      (treatment.values, rows[arm].map { covariates[$0] }),
    ])
    let moments = adjustment.arms.map { SampleMoments($0) }
    guard moments.allSatisfy(\.isTestable) else { return nil }
    return (moments[0], moments[1], adjustment.reduction)
  }
}
