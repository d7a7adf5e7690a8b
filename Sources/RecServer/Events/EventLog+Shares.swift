import GRDB
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
    let last = try periods(of: experiment.name, database).last?.shares
    let shares = Dictionary(uniqueKeysWithValues: experiment.arms.map { ($0.name, $0.share) })
    guard shares != last else { return }
    // Never before the last ones, whatever the clock says.
    let latest = try Int64.fetchOne(
      database, sql: "SELECT MAX(time) FROM share WHERE test = ?", arguments: [experiment.name])
    let time = max(EventLog.now, (latest ?? 0) + 1)
    for arm in experiment.arms {
      try database.execute(
        sql: "INSERT INTO share VALUES (?, ?, ?, ?)", arguments: [experiment.name, time, arm.name, arm.share])
    }
  }

  /// The times from which shares held, ascending.
  private static func periods(
    of test: String, _ database: Database
  ) throws -> [(start: Int64, shares: [String: Double])] {
    var periods: [(start: Int64, shares: [String: Double])] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT time, arm, share FROM share WHERE test = ? ORDER BY time", arguments: [test])
    while let row = try rows.next() {
      let time: Int64 = row[0]
      if periods.last?.start != time { periods.append((time, [:])) }
      periods[periods.count - 1].shares[row[1]] = row[2]
    }
    return periods
  }

  /// The share of each arm that its exposed users should have: those of the periods, weighed by who came in each.
  package func expectedShares(of test: String, arms: [String]) throws -> [Double] {
    try readNow { database in
      let periods = try Self.periods(of: test, database)
      var expected = [Double](repeating: 0, count: arms.count)
      for (place, period) in periods.enumerated() {
        // Those from before the first period belong to it.
        let start = place == 0 ? Int64.min : period.start
        let end = place + 1 < periods.count ? periods[place + 1].start : Int64.max
        let users = try Int.fetchOne(
          database,
          sql: "SELECT COUNT(*) FROM event WHERE kind = 'exposure' AND test = ? AND time >= ? AND time < ?",
          arguments: [test, start, end])
        for (arm, name) in arms.enumerated() { expected[arm] += Double(users ?? 0) * (period.shares[name] ?? 0) }
      }
      return expected
    }
  }
}
