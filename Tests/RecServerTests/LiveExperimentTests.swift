import RecLanguage
import RecServer
import Testing

/// Who is in which arm.
@Suite struct LiveExperimentTests {
  private static let shares = [(model: "svd", weight: 50.0), (model: "tfidf", weight: 50.0)]

  @Test func `a user is in one arm, whoever asks and when`() throws {
    let first = try LiveExperiment(name: "t", shares: Self.shares, log: nil)
    let second = try LiveExperiment(name: "t", shares: Self.shares, log: nil)
    for user in 0..<200 { #expect(first.assignment(of: "\(user)") == second.assignment(of: "\(user)")) }
    let shares = (0..<4000).count { first.assignment(of: "\($0)").arm == "svd" }
    // Five standard errors of a fair coin.
    #expect(abs(shares - 2000) < 160)
  }

  @Test func `the list is that of the user's arm, and the exposure is logged once`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    let log = try EventLog(path: path)
    let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
    try await Served.with(Served.service(events: log, experiment: experiment)) { port in
      for user in 1...20 {
        for _ in 0..<2 {
          let response = try await Served.get("/recommend/\(user)", port: port)
          let arm = experiment.assignment(of: "\(user)").arm
          #expect(response.written("model") == arm && response.written("arm") == arm)
        }
        // It is on the disk once the list is answered.
        #expect(try Served.events("exposure", in: log) == user)
      }
      _ = try await Served.post("/events", #"{"user":"1","kind":"click"}"#, port: port)
    }
    let reopened = try EventLog(path: path)
    #expect(try Served.events("exposure", in: reopened) == 20)
    #expect(try Served.events("click", in: reopened) == 1)
  }

  @Test func `who cannot be logged is not shown an arm, and is the next time`() async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
    try await Served.with(Served.service(events: log, experiment: experiment)) { (port: Int) async throws in
      #expect(try await Served.get("/recommend/1", port: port).status == 200)
      try await log.close()
      #expect(try await Served.get("/recommend/1", port: port).status == 200)
      for _ in 0..<2 {
        let refused = try await Served.get("/recommend/2", port: port)
        #expect(refused.status == 503 && refused.fields["retry-after"] == "1")
      }
    }
  }

  @Test func `users are held against the shares that they came under`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    let log = try EventLog(path: path)
    let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
    try await Served.with(Served.service(events: log, experiment: experiment)) { (port: Int) async throws in
      for (first, last) in [(0, 200), (200, 400)] {
        let users = (first..<last).map { #"{"user":"u\#($0)"}"# }.joined(separator: ",")
        #expect(try await Served.post("/recommend", "[\(users)]", port: port).status == 200)
        for user in first..<last {
          let events = #"[{"user":"u\#(user)","kind":"impression"},{"user":"u\#(user)","kind":"click"}]"#
          if user % 10 == 0 { #expect(try await Served.post("/events", events, port: port).status == 200) }
        }
        let change = Array(#"{"svd":9,"tfidf":1}"#.utf8)
        #expect(try await PlainClient.send("PUT", "/abtest", body: change, port: port).status == 200)
      }
      let board = try await Served.get("/abtest/board", port: port)
      #expect(board.written("ratio_fails") == "false", "\(board.text)")
    }
    // So does the shell, which knows the log alone.
    var session = Served.session
    var tables: [Table] = []
    var evaluator = Evaluator(SourceText(name: "test", "abtest analyze '\(path)' metric=clicks")) { output in
      if case .table(let table) = output.content { tables.append(table) }
    }
    _ = evaluator.run(in: &session)
    #expect(tables.first?.firstRows(2).map { $0[2] } == [.number(280), .number(120)])
    // Also after a start with other shares again.
    let again = try EventLog(path: path)
    _ = try LiveExperiment(name: "t", shares: [("svd", 1), ("tfidf", 99)], log: again)
    let expected = try again.expectedShares(of: "t", arms: ["svd", "tfidf"])
    #expect(expected.map { ($0 * 1000).rounded() } == [280_000, 120_000])
  }

  @Test func `an experiment with other arms under a name that is taken is refused`() async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    let exposure = Event(id: "exposure/t/1", time: 1, user: "1", kind: "exposure", test: "t", arm: "popular")
    #expect(try await log.append([exposure]) == 1)
    #expect(throws: Diagnostic.self) { try LiveExperiment(name: "t", shares: Self.shares, log: log) }
    _ = try LiveExperiment(name: "t2", shares: Self.shares, log: log)
  }

  @Test(arguments: [
    #"{"id":"exposure/t/9","user":"9","kind":"note"}"#, #"{"user":"1","kind":"exposure","test":"t","arm":"svd"}"#,
    #"{"user":"1","kind":"Assigned"}"#, #"{"user":"1","kind":"click","arm":"svd"}"#,
    #"{"user":"1","kind":"click","test":"t","arm":"zzz"}"#, #"{"user":"never","kind":"click","test":"t","arm":"svd"}"#,
  ])
  func `events that would make the log say what is not so are refused`(_ event: String) async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
    try await Served.with(Served.service(events: log, experiment: experiment)) { (port: Int) async throws in
      _ = try await Served.get("/recommend/1", port: port)
      let status = try await Served.post("/events", event, port: port).status
      #expect(status == 400 || status == 409)
      // Of another test, and of nobody's, it may say what it likes.
      let other = #"[{"user":"1","kind":"exposure","test":"other","arm":"x"},{"user":"never","kind":"click"}]"#
      #expect(try await Served.post("/events", other, port: port).status == 200)
    }
  }

  @Test func `neither HEAD nor the page exposes anybody`() async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
    try await Served.with(Served.service(events: log, experiment: experiment)) { (port: Int) async throws in
      #expect(try await PlainClient.send("HEAD", "/recommend/1", port: port).status == 200)
      #expect(try await Served.get("/?user=2", port: port).status == 200)
      #expect(try Served.events("exposure", in: log) == 0)
    }
  }

  @Test(arguments: [1, 101])
  func `a test has from 2 to 100 arms`(_ count: Int) {
    #expect(throws: (any Error).self) {
      try LiveExperiment(name: "t", shares: (0..<count).map { ("\($0)", 1) }, log: nil)
    }
  }

  @Test func `changed shares move nobody who was exposed, also after a start`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    let users = (0..<60).map { "user \($0)" }
    var before: [String: String] = [:]
    do {
      let log = try EventLog(path: path)
      let experiment = try LiveExperiment(name: "t", shares: Self.shares, log: log)
      try await Served.with(Served.service(events: log, experiment: experiment)) { port in
        for user in users {
          before[user] = try await Served.get("/recommend/\(user.replacing(" ", with: "%20"))", port: port).written(
            "arm")
        }
        let change = try await PlainClient.send(
          "PUT", "/abtest", body: Array(#"{"svd":0,"tfidf":1}"#.utf8), port: port)
        #expect(change.status == 200)
        for user in users { #expect(experiment.assignment(of: user).arm == before[user]) }
        #expect((0..<50).allSatisfy { experiment.assignment(of: "new \($0)").arm == "tfidf" })
      }
    }
    #expect(Set(before.values) == ["svd", "tfidf"])
    let again = try LiveExperiment(
      name: "t", shares: [("svd", 0), ("tfidf", 1)], log: try EventLog(path: path))
    for user in users { #expect(again.assignment(of: user).arm == before[user]) }
  }
}
