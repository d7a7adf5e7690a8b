internal import RecData
package import RecKernels

extension ExperimentSimulation {
  /// What a way to compare two arms made of the same test, run again and again.
  package struct Record: Sendable, Equatable {
    package let method: String
    /// Runs in which it found a difference at 5%.
    package internal(set) var found = 0
    /// Of these, those with the wrong sign; where there is no difference every finding is wrong.
    package internal(set) var wrong = 0
    /// Runs in which its interval held the true difference.
    package internal(set) var held = 0
    /// The mean width of its intervals.
    package internal(set) var width = 0.0
  }

  /// Compares the first two arms by click-through rate in many runs, with each method.
  ///
  /// Beside the methods that `analyze` has, two that are wrong: a test that counts impressions as if they were
  /// independent, and one that is looked at ten times and stopped at the first p below 5%.
  package func records(runs: Int, seed: UInt64, execution: Execution) throws(Cancelled) -> [Record] {
    let truth = truths[1].ctr - truths[0].ctr
    let names = ["delta", "cuped", "sequential", "impressions", "peeking"]
    // One thread for a run; no pool of its own below the loop.
    let alone = Workers(threadCount: 1)
    var records = names.map { Record(method: $0) }
    let block = 16
    for start in stride(from: 0, to: runs, by: block) {
      try execution.checkpoint()
      execution.report(Progress(label: "simulate", fraction: Double(start) / Double(runs)))
      let outcomes = execution.workers.map(min(block, runs - start)) { place in
        let users = run(start + place, seed: seed, workers: alone)
        return Self.outcomes(users)
      }
      for outcome in outcomes {
        for (place, finding) in outcome.enumerated() {
          records[place].width += (finding.high - finding.low) / Double(runs)
          if finding.low <= truth, truth <= finding.high { records[place].held += 1 }
          guard finding.isFound else { continue }
          records[place].found += 1
          if truth == 0 || (finding.difference > 0) != (truth > 0) { records[place].wrong += 1 }
        }
      }
    }
    return records
  }

  private struct Outcome: Sendable {
    let difference: Double
    let low: Double
    let high: Double
    let isFound: Bool
  }

  private static func outcomes(_ users: ExperimentUsers) -> [Outcome] {
    guard let metric = try? ExperimentMetric("ctr", of: users), let before = users["pre_clicks"] else { return [] }
    var rows: [[Int]] = [[], []]
    for (row, arm) in users.arm.enumerated() where arm < 2 { rows[Int(arm)].append(row) }
    let sums = rows.map { metric.sums(of: $0, in: users) }
    let samples = sums.map { LinearizedRatio(numerators: $0.numerators, denominators: $0.denominators) }
    let moments = samples.map(\.moments)
    guard moments.allSatisfy(\.isTestable) else { return [] }
    let delta = WelchTest(control: moments[0], treatment: moments[1])
    let adjusted = CovariateAdjustment(
      zip(samples, rows).map { sample, rows in (sample.values, rows.map { before[$0] }) })
    let after = adjusted.arms.map { SampleMoments($0) }
    let cuped = WelchTest(control: after[0], treatment: after[1])
    let sequential = SequentialTest(control: moments[0], treatment: moments[1])
    let counts = sums.map { (Int($0.numerators.reduce(0, +)), Int($0.denominators.reduce(0, +))) }
    let impressions = ProportionTest(control: counts[0], treatment: counts[1])
    let looks = users.looks(by: metric, arm: 1, control: 0, count: 10, alpha: 0.05, tuning: SequentialTest.usualTuning)
    let stop = looks.first { $0.p < 0.05 } ?? looks.last
    return [
      Outcome(difference: delta.difference, low: delta.low, high: delta.high, isFound: delta.p < 0.05),
      Outcome(difference: cuped.difference, low: cuped.low, high: cuped.high, isFound: cuped.p < 0.05),
      Outcome(
        difference: sequential.difference, low: sequential.low, high: sequential.high, isFound: sequential.p < 0.05),
      Outcome(
        difference: impressions.difference, low: impressions.low, high: impressions.high,
        isFound: impressions.p < 0.05),
      Outcome(
        difference: stop?.difference ?? 0, low: stop?.low ?? 0, high: stop?.high ?? 0, isFound: (stop?.p ?? 1) < 0.05),
    ]
  }
}
