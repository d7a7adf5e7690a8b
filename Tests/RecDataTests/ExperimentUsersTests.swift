import RecData
import RecKernels
import RecSQLite
import Testing

/// Logs of A/B tests, by hand.
struct ExperimentUsersTests {
  private let execution = Execution(threadCount: 2)

  private func users(_ text: String, test: String? = nil) throws -> ExperimentUsers {
    let folder = try TemporaryFolder()
    try folder.write("log.csv", text)
    return try ExperimentUsers(RecordTable(contentsOf: folder.path + "/log.csv", execution: execution), test: test)
  }

  private func ids(_ users: ExperimentUsers) -> [String] { (0..<users.count).map { users.ids[$0] } }

  @Test func `events become a row for each user, those before the exposure apart`() throws {
    let users = try users(
      """
      time,user,event,arm,value
      5,u1,click,,
      10,u1,exposure,b,
      11,u1,impression,,
      12,u1,impression,,
      13,u1,click,,
      14,u1,purchase,,9.5
      2,u2,exposure,a,
      3,u2,impression,,
      4,u3,click,,
      7,u4,exposure,a,
      8,u4,exposure,b,
      9,u5,exposure,a,

      """)
    #expect(ids(users) == ["u2", "u5", "u1"])
    #expect(users.arms == ["a", "b"] && users.arm == [0, 0, 1])
    #expect(users["impressions"] == [1, 0, 2])
    #expect(users["clicks"] == [0, 0, 1])
    #expect(users["pre_clicks"] == [0, 0, 1])
    #expect(users["purchases"] == [0, 0, 1] && users["converted"] == [0, 0, 1])
    #expect(users["revenue"] == [0, 0, 9.5])
    #expect(users.remarks.crossovers == 1 && users.remarks.withoutArm == 1 && users.remarks.isOfEvents)
  }

  @Test func `events without a word for exposure count from the first that names an arm`() throws {
    let users = try users("user,kind,variant,time\nx,click,a,3\nx,click,a,4\ny,view,b,1\ny,view,b,2\n")
    #expect(ids(users) == ["y", "x"])
    #expect(users["clicks"] == [0, 2] && users["impressions"] == [2, 0] && users["pre_clicks"] == nil)
  }

  @Test func `the order of events in a file changes nothing where they have times`() throws {
    let lines = [
      "1,u1,exposure,a", "2,u1,click,", "3,u2,exposure,b", "0,u2,click,", "4,u2,click,", "5,u2,click,",
    ]
    let header = "time,user,event,arm\n"
    let forward = try users(header + lines.joined(separator: "\n") + "\n")
    let backward = try users(header + lines.reversed().joined(separator: "\n") + "\n")
    #expect(forward == backward)
  }

  @Test func `rows of users are added up, and who is in two arms is left out`() throws {
    let users = try users(
      "user,group,clicks,impressions,country\n1,treatment,1,10,de\n2,control,,5,fr\n1,treatment,2,10,de\n3,control,1,4,fr\n3,treatment,1,4,fr\n"
    )
    #expect(ids(users) == ["1", "2"] && users.arms == ["control", "treatment"])
    #expect(users["clicks"] == [3, 0] && users["impressions"] == [20, 5] && users["clicked"] == [1, 0])
    #expect(users["country"] == nil)
    #expect(users.remarks.missing == 1 && users.remarks.crossovers == 1 && !users.remarks.isOfEvents)
  }

  @Test func `one test of several is read, with the rows that name none`() throws {
    let text = "user,arm,test,event\n1,a,x,exposure\n1,,,click\n2,b,x,exposure\n1,c,y,exposure\n"
    let users = try users(text, test: "x")
    #expect(users.arms == ["a", "b"] && users["clicks"] == [1, 0])
    #expect(throws: ExperimentLogError.whichTest(["x", "y"])) { try self.users(text) }
    #expect(throws: ExperimentLogError.whichTest(["x", "y"])) { try self.users(text, test: "z") }
  }

  @Test func `what is no log is told`() {
    #expect(throws: ExperimentLogError.tooFewArms(["a"])) { try self.users("user,arm,clicks\n1,a,0\n2,a,1\n") }
    #expect(throws: ExperimentLogError.emptyUser(row: 1)) { try self.users("user,arm,clicks\n1,a,0\n,b,1\n") }
    #expect(throws: ExperimentLogError.self) { try self.users("who,arm,clicks\n1,a,0\n2,b,1\n") }
    #expect(throws: ExperimentLogError.self) { try self.users("user,shelf,clicks\n1,a,0\n2,b,1\n") }
  }

  @Test func `a number that is none is an error at its place`() {
    let error = #expect(throws: DataError.self) { try self.users("user,arm,clicks\n1,a,0\n2,b,many\n") }
    #expect(error?.position?.line == 3 && error?.position?.column == 5)
    #expect(error?.message == "expected a number as 'clicks', found 'many'")
  }

  @Test func `events in JSON Lines and in a database are those of the same text`() throws {
    let folder = try TemporaryFolder()
    let rows: [(user: String, kind: String, arm: String?, value: Double?)] = [
      ("u1", "exposure", "a", nil), ("u1", "impression", nil, nil), ("u1", "purchase", nil, 2.5),
      ("ü\"2", "exposure", "b", nil), ("ü\"2", "click", nil, nil),
    ]
    var tally = EventTally()
    var lines = ""
    var stored: [[SQLiteValue]] = []
    for (place, row) in rows.enumerated() {
      let time = 1_700_000_000_000 + place
      tally.add(user: row.user, kind: row.kind, arm: row.arm, value: row.value, time: Double(time))
      let user = row.user.replacing("\"", with: "\\\"")
      let arm = row.arm.map { "\"\($0)\"" } ?? "null"
      let value = row.value.map { ",\"value\":\($0)" } ?? ""
      lines +=
        "{\"id\":\"e\(place)\",\"time\":\(time),\"user\":\"\(user)\",\"kind\":\"\(row.kind)\",\"arm\":\(arm)\(value)}\n"
      stored.append([
        .text("e\(place)"), .integer(Int64(time)), .text(row.user), .text(row.kind), .null, .null,
        row.arm.map(SQLiteValue.text) ?? .null, row.value.map(SQLiteValue.number) ?? .null,
      ])
    }
    let database = folder.path + "/events.db"
    var parts = [stored]
    let columns = ["id", "time", "user", "kind", "item", "test", "arm", "value"]
    _ = try SQLiteWriter.replace(table: "event", columns: columns, in: database, isScratch: true) { parts.popLast() }
    _ = try SQLiteWriter.replace(table: "another", columns: ["x"], in: database, isScratch: true) { nil }
    let text = try folder.write("events.jsonl", lines)
    for path in [text, database] {
      let table = try RecordTable(contentsOf: path, tables: ["event"], execution: execution)
      #expect(try ExperimentUsers(table) == tally.users())
    }
  }
}
