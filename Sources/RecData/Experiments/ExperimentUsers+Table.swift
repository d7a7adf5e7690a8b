import RecKernels

/// Why a table is no log of a test.
package enum ExperimentLogError: Error, Sendable, Equatable {
  /// No column tells the user, or the arm.
  case noColumn(what: String, usual: [String], columns: [String])
  /// A row without an id.
  case emptyUser(row: Int)
  /// There are fewer than two arms, after what was left out.
  case tooFewArms([String])
  /// The rows are of several tests, or not of the one that is asked for.
  case whichTest([String])
}

extension ExperimentUsers {
  private static let userNames = ["user", "userid", "uid", "customer", "customerid", "visitor", "visitorid", "id"]
  private static let armNames = [
    "arm", "variant", "variation", "group", "bucket", "treatment", "experimentgroup", "abgroup", "testgroup",
  ]
  private static let eventNames = ["event", "eventtype", "eventname", "kind", "action", "type"]
  private static let valueNames = ["value", "amount", "revenue", "price"]
  private static let timeNames = ["time", "timestamp", "ts", "datetime", "date", "exposed", "firstseen"]
  private static let testNames = ["test", "experiment", "experimentid", "testid"]

  /// Reads a table of events, which has a column of their kinds, or one with a row for each user.
  ///
  /// Rows of one user are added up; who has rows of more than one arm is left out. An empty number counts as 0.
  ///
  /// - Parameters:
  ///   - test: Keeps the rows of one test where there are several.
  /// - Throws: `ExperimentLogError`; `DataError.malformed` where a number should stand.
  package init(_ table: RecordTable, test: String? = nil) throws {
    guard let user = table.place(ofColumn: Self.userNames) else {
      throw ExperimentLogError.noColumn(what: "user", usual: Array(Self.userNames.prefix(2)), columns: table.names)
    }
    guard let arm = table.place(ofColumn: Self.armNames) else {
      throw ExperimentLogError.noColumn(what: "arm", usual: Array(Self.armNames.prefix(4)), columns: table.names)
    }
    let rows = try Self.rows(of: test, in: table)
    let columns = Columns(user: user, arm: arm, time: table.place(ofColumn: Self.timeNames))
    if let empty = rows.first(where: { table.columns[user].utf8($0).isEmpty }) {
      throw ExperimentLogError.emptyUser(row: empty)
    }
    if let event = table.place(ofColumn: Self.eventNames) {
      self = try Self.events(table, rows, columns, kind: event)
    } else {
      self = try Self.users(table, rows, columns, leavingOut: table.place(ofColumn: Self.testNames))
    }
    if arms.count < 2 { throw ExperimentLogError.tooFewArms(arms) }
  }

  private struct Columns {
    let user: Int
    let arm: Int
    let time: Int?
  }

  /// The rows of the test that is asked for, or of the only one; a row that names none, such as a purchase, belongs to it.
  private static func rows(of test: String?, in table: RecordTable) throws(ExperimentLogError) -> [Int] {
    guard let place = table.place(ofColumn: testNames) else { return Array(0..<table.rowCount) }
    let column = table.columns[place]
    let names = (0..<table.rowCount).map { column[$0] }
    let tests = Set(names).subtracting([""]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if let test {
      guard tests.contains(test) else { throw .whichTest(tests) }
    } else if tests.count > 1 {
      throw .whichTest(tests)
    }
    let wanted = test ?? tests.first ?? ""
    return names.indices.filter { names[$0] == wanted || names[$0].isEmpty }
  }

  private static func events(
    _ table: RecordTable, _ rows: [Int], _ columns: Columns, kind: Int
  ) throws -> ExperimentUsers {
    let value = table.place(ofColumn: valueNames)
    let values = try value.map { try table.numbers($0, missing: .nan) }
    let times = columns.time.map { comparableTimes(table.columns[$0]) }
    var tally = EventTally()
    for row in rows {
      tally.add(
        user: table.columns[columns.user][row], kind: table.columns[kind][row], arm: table.columns[columns.arm][row],
        value: values.flatMap { $0[row].isNaN ? nil : $0[row] }, time: times.map { $0[row] })
    }
    return tally.users()
  }

  private static func users(
    _ table: RecordTable, _ rows: [Int], _ columns: Columns, leavingOut test: Int?
  ) throws -> ExperimentUsers {
    var ids = IDNumbering()
    var arms = IDNumbering()
    var armOf: [Int] = []
    var crossed = Set<Int>()
    var numbers: [(name: String, values: [Double], sums: [Double])] = []
    var remarks = Remarks()
    for (place, name) in table.names.enumerated() {
      guard ![columns.user, columns.arm, columns.time, test].contains(place), table.hasNumbers(place) || isMeasure(name)
      else { continue }
      numbers.append((name.lowercased(), try table.numbers(place, missing: .nan), []))
    }
    var firstTimes: [Double] = []
    let times = columns.time.map { comparableTimes(table.columns[$0]) }
    for row in rows {
      let text = table.columns[columns.arm][row]
      if text.isEmpty {
        remarks.withoutArm += 1
        continue
      }
      let user = ids.number(table.columns[columns.user][row])
      let arm = arms.number(text)
      if user == armOf.count {
        armOf.append(arm)
        firstTimes.append(.infinity)
        for place in numbers.indices { numbers[place].sums.append(0) }
      }
      if armOf[user] != arm { crossed.insert(user) }
      firstTimes[user] = min(firstTimes[user], times?[row] ?? Double(row))
      for place in numbers.indices {
        let value = numbers[place].values[row]
        if value.isNaN { remarks.missing += 1 } else { numbers[place].sums[user] += value }
      }
    }
    remarks.crossovers = crossed.count
    remarks.isInOrderOfTime = times != nil
    let kept = armOf.indices.filter { !crossed.contains($0) }.sorted { (firstTimes[$0], $0) < (firstTimes[$1], $1) }
    let order = order(arms.names)
    var column = TextColumn()
    for user in kept { column.append(utf8: ids.ids.utf8(user)) }
    return ExperimentUsers(
      ids: column, arms: order.names, arm: kept.map { order.places[armOf[$0]] },
      columns: numbers.map { number in Column(number.name, kept.map { number.sums[$0] }) }, remarks: remarks)
  }

  /// Columns that hold numbers wherever they are, so that a text there is an error and not a column to leave out.
  private static func isMeasure(_ name: String) -> Bool {
    ["clicks", "impressions", "converted", "clicked", "purchases", "revenue"].contains(name.lowercased())
  }

  /// Times as numbers that can be compared; unreadable ones come last.
  private static func comparableTimes(_ column: TextColumn) -> [Double] {
    (0..<column.count).map { row in
      let bytes = Array(column.utf8(row))
      return TextScan.decimal(bytes.span) ?? TextScan.moment(bytes.span).map(Double.init) ?? .infinity
    }
  }
}
