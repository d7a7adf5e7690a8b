import GRDB
import RecData
import RecEvaluation

/// The shares of a test's traffic as they were, so that users can be held against those that they came under.
extension EventLog {
  static let shareSchema = """
    CREATE TABLE IF NOT EXISTS share (
      test TEXT NOT NULL, time INTEGER NOT NULL /* ms since 1970 UTC */, arm TEXT NOT NULL, share REAL NOT NULL)
    """

  /// Writes the shares of an experiment from now on, where they are not those that were written last.
  func keepSharesNow(_ experiment: Experiment) throws { try writeNow { try Self.keep(experiment, $0) } }

  /// The same for a task.
  func keepShares(_ experiment: Experiment) async throws { try await write { try Self.keep(experiment, $0) } }

  private static func keep(_ experiment: Experiment, _ database: Database) throws {
    let latest = try Int64.fetchOne(
      database, sql: "SELECT MAX(time) FROM share WHERE test = ?", arguments: [experiment.name])
    let last = try Row.fetchAll(
      database, sql: "SELECT arm, share FROM share WHERE test = ? AND time = ?", arguments: [experiment.name, latest])
    if last.count == experiment.arms.count,
      experiment.arms.allSatisfy({ arm in last.contains { $0[0] == arm.name && $0[1] == arm.share } })
    {
      return
    }
    // Never before the last ones, whatever the clock says.
    let time = max(EventLog.now, (latest ?? 0) + 1)
    for arm in experiment.arms {
      try database.execute(
        sql: "INSERT INTO share VALUES (?, ?, ?, ?)", arguments: [experiment.name, time, arm.name, arm.share])
    }
  }

  /// How many of its exposed users each arm should have: everybody counts by the shares of the time.
  package func expectedShares(of test: String, arms: [String]) throws -> [Double] {
    let rows = try readNow { try Row.fetchAll($0, sql: RecordedShares.query) }
    return arms.map { arm in rows.first { $0[0] == test && $0[1] == arm }?[2] ?? 0 }
  }
}
