package import RecKernels

/// The shares that a server wrote beside its events, so that users can be held against those that they came under.
package enum RecordedShares {
  /// Of each test and arm, how many of the exposed users it should have: everybody counts by the shares of the time.
  package static let query = """
    SELECT share.test, share.arm, SUM(share.share) AS expected FROM event JOIN share ON share.test = event.test
    WHERE event.kind = 'exposure' AND share.time = COALESCE(
      (SELECT MAX(s.time) FROM share AS s WHERE s.test = event.test AND s.time <= event.time),
      (SELECT MIN(s.time) FROM share AS s WHERE s.test = event.test))
    GROUP BY share.test, share.arm
    """

  /// How many users each arm should have; nil where the file is no log of a server, or has nothing of the test.
  ///
  /// - Parameter test: nil for the only one.
  /// - Throws: `Cancelled`.
  package static func expected(
    in path: String, test: String?, arms: [String], execution: Execution
  ) throws(Cancelled) -> [Double]? {
    let table: RecordTable
    do {
      guard try SQLiteTable.preferred(["share"], in: path) != nil else { return nil }
      table = try RecordTable(contentsOf: path, query: query, execution: execution)
    } catch let cancelled as Cancelled { throw cancelled } catch { return nil }
    let rows = (0..<table.rowCount).filter { test == nil || table.columns[0][$0] == test }
    guard Set(rows.map { table.columns[0][$0] }).count == 1 else { return nil }
    let expected = arms.map { arm in
      rows.first { table.columns[1][$0] == arm }.flatMap { Double(table.columns[2][$0]) } ?? 0
    }
    return expected.contains { $0 > 0 } ? expected : nil
  }
}
