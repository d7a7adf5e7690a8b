import RecData
import RecEvaluation
import RecKernels
import RecLanguage
import Synchronization

/// How an experiment stands: traffic, click-through with intervals, the sample ratio and the sequential verdict.
struct ExperimentBoard: Sendable {
  let report: ExperimentReport?
  let metric: ExperimentMetric?
  /// What is said of it, a sentence each.
  let verdicts: [String]

  /// Reads the log as `abtest analyze LOG sequential=on` does.
  ///
  /// - Throws: where the log cannot be read.
  init(_ experiment: LiveExperiment, _ log: EventLog) throws {
    let execution = Execution(threadCount: 1)
    let users: ExperimentUsers
    do {
      let table = try RecordTable(contentsOf: log.path, tables: ["event"], execution: execution)
      users = try ExperimentUsers(table, test: experiment.name)
    } catch is ExperimentLogError {
      self.init(waiting: "nobody has been shown two arms' lists yet")
      return
    } catch DataError.empty, DataError.headerOnly {
      self.init(waiting: "no event is in the log yet")
      return
    }
    guard let metric = ["ctr", "clicked", "conversion"].lazy.compactMap({ try? ExperimentMetric($0, of: users) }).first
    else {
      self.init(waiting: "no click is in the log yet")
      return
    }
    var request = ExperimentRequest(metrics: [metric], seed: 42)
    let shares = try log.expectedShares(of: experiment.name, arms: users.arms)
    if shares.contains(where: { $0 > 0 }) { request.shares = shares }
    request.sequentialTuning = SequentialTest.usualTuning
    let report = try analyze(users, request, execution: execution)
    self.init(report: report, metric: metric, verdicts: report.verdicts)
  }

  private init(report: ExperimentReport?, metric: ExperimentMetric?, verdicts: [String]) {
    self.report = report
    self.metric = metric
    self.verdicts = verdicts
  }

  private init(waiting reason: String) { self.init(report: nil, metric: nil, verdicts: [reason]) }

  func write(_ experiment: LiveExperiment, to json: inout JSONText) {
    json.object { json in
      json.member("test", experiment.name)
      if let metric { json.member("metric", metric.name) }
      json.member("arms") { json in
        json.array { json in
          for arm in experiment.arms {
            json.object { json in
              json.member("arm", arm.name)
              json.member("share", arm.share)
              write(arm.name, to: &json)
            }
          }
        }
      }
      if let report {
        json.member("ratio_p", report.ratio.p)
        json.member("ratio_fails", report.ratio.fails)
      }
      json.member("verdicts", verdicts)
    }
  }

  private func write(_ arm: String, to json: inout JSONText) {
    guard let report, let place = report.arms.firstIndex(of: arm) else { return }
    let estimate = report.metrics[0].estimates[place]
    json.member("users", estimate.users)
    for (name, value) in [("value", estimate.value), ("low", estimate.low), ("high", estimate.high)] {
      if let value, value.isFinite { json.member(name, value) }
    }
  }
}

/// The board as it was a moment ago: it is read from the whole log, however many look at it, by one at a time.
///
/// A class because all requests share it.
final class KeptBoard: Sendable {
  private struct State {
    var board: ExperimentBoard?
    var end = ContinuousClock.now
    var isReading = false
  }

  private let state = Mutex(State())
  /// How long a board holds, and how many times as long as it took to read.
  private static let lifetime = Duration.seconds(2)
  private static let patience = 10

  func board(_ make: () throws -> ExperimentBoard) throws -> ExperimentBoard {
    let start = ContinuousClock.now
    let kept = state.withLock { state -> ExperimentBoard? in
      if let board = state.board, state.isReading || start < state.end { return board }
      state.isReading = true
      return nil
    }
    if let kept { return kept }
    do {
      let board = try make()
      let end = ContinuousClock.now
      state.withLock { $0 = State(board: board, end: end + max(Self.lifetime, (end - start) * Self.patience)) }
      return board
    } catch {
      state.withLock { $0.isReading = false }
      throw error
    }
  }
}

extension RecommendationService {
  /// The experiment's board; nil where none runs or nothing is logged.
  func board() throws -> ExperimentBoard? {
    guard let experiment, let events else { return nil }
    return try keptBoard.board { try ExperimentBoard(experiment, events) }
  }
}
