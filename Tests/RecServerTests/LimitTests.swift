import RecServer
import Testing

/// What one client may take, so that the others have their share.
@Suite struct LimitTests {
  @Test(arguments: [
    ("/recommend", #"[{"user":"1","n":60},{"user":"2","n":50}]"#),
    ("/v1/models/svd:predict", #"{"instances":[{"user":"1","n":60},{"user":"2","n":50}]}"#),
    ("/invocations", #"{"instances":[{"user":"1","n":60},{"user":"2","n":50}]}"#),
  ])
  func `lists that are too large together are refused`(_ path: String, _ body: String) async throws {
    try await Served.with(Served.service { $0.itemLimit = 109 }) { (port: Int) async throws in
      #expect(try await Served.post(path, body, port: port).status == 413)
    }
    try await Served.with(Served.service { $0.itemLimit = 110 }) { (port: Int) async throws in
      #expect(try await Served.post(path, body, port: port).status == 200)
    }
  }

  @Test func `bodies that are too much together are put off, and memory comes free again`() async throws {
    let body = #"{"user":"1","n":1}"# + String(repeating: " ", count: 1000)
    // A body counts eight times.
    try await Served.with(Served.service { $0.memoryBudget = 8 * 500 }) { (port: Int) async throws in
      for _ in 0..<3 {
        let refused = try await Served.post("/recommend", body, port: port)
        #expect(refused.status == 503 && refused.fields["retry-after"] == "1")
        #expect(try await Served.post("/recommend", #"{"user":"1","n":1}"#, port: port).status == 200)
      }
    }
  }

  @Test func `answers that are too much together are put off`() async throws {
    try await Served.with(Served.service { $0.memoryBudget = 2000 }) { (port: Int) async throws in
      let refused = try await Served.get("/recommend/1?n=60", port: port)
      #expect(refused.status == 503 && refused.fields["retry-after"] == "1")
      #expect(try await Served.get("/recommend/1?n=2", port: port).status == 200)
    }
  }

  @Test func `requests beyond those that may wait are put off`() async throws {
    try await Served.with(Served.service { $0.queueCapacity = 0 }) { (port: Int) async throws in
      let refused = try await Served.get("/recommend/1?model=tfidf", port: port)
      #expect(refused.status == 503 && refused.fields["retry-after"] == "1")
      #expect(refused.written("code") == "busy")
    }
  }

  @Test func `a compressed body is refused by its type`() async throws {
    try await Served.with { (port: Int) async throws in
      let response = try await Served.post(
        "/recommend", #"{"user":"1"}"#, port: port, fields: [("Content-Encoding", "gzip")])
      #expect(response.status == 415)
    }
  }

  @Test func `an id that is too long is refused, in the address as in a body`() async throws {
    let long = String(repeating: "x", count: 1025)
    try await Served.with { (port: Int) async throws in
      #expect(try await Served.get("/recommend/\(long)", port: port).status == 400)
      #expect(try await Served.get("/recommend/\(long.dropLast())", port: port).status == 200)
      #expect(try await Served.post("/recommend", #"{"user":"\#(long)"}"#, port: port).status == 400)
    }
  }

  @Test func `every answer has the date as HTTP writes it`() async throws {
    let response = try await Served.with { try await Served.get("/healthz", port: $0) }
    let date = try #require(response.fields["date"])
    #expect(
      date.wholeMatch(of: #/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z][a-z] \d{4} \d\d:\d\d:\d\d GMT/#) != nil)
  }

  @Test(arguments: [
    // RFC 9110, section 5.6.7; a leap day; the first second.
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
  ])
  func `seconds are written as HTTP writes dates`(_ second: Int, _ text: String) {
    #expect(ServerClock.Texts(second).http == text)
  }
}
