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
        #expect(try log.count(kind: "exposure") == user)
      }
      _ = try await Served.post("/events", #"{"user":"1","kind":"click"}"#, port: port)
    }
    let reopened = try EventLog(path: path)
    #expect(try reopened.count(kind: "exposure") == 20)
    #expect(try reopened.count(kind: "click") == 1)
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
