import RecServer
import Testing

/// How connections end, and when they do not.
@Suite struct ConnectionTests {
  // A connection that stays open is waited for, until the limit ends the test.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "GET /healthz HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n",
      "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\nx",
      "GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
      "POST /why HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
    ])
  func `a connection is closed where the client asks for it, or sends what nobody reads`(_ text: String) async throws {
    try await Served.with(Served.service { $0.idleTimeout = .seconds(3600) }) { (port: Int) async throws in
      let response = try await PlainClient.send(raw: Array(text.utf8), port: port, toEnd: true)
      #expect(response.status >= 200)
    }
  }

  @Test func `a refused list leaves the connection open`() async throws {
    try await Served.with(Served.service { $0.itemLimit = 10 }) { (port: Int) async throws in
      let body = #"{"user":"1","n":60}"#
      let refused = "POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      let next = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      let response = try await PlainClient.send(raw: Array((refused + next).utf8), port: port, toEnd: true)
      #expect(response.text.contains(#"{"status":"ok"}"#))
    }
  }

  @Test(
    arguments: [
      ([("Origin", "http://evil.example")], 403), ([("Sec-Fetch-Site", "same-site")], 403),
      ([("Origin", "http://127.0.0.1:3000"), ("Sec-Fetch-Site", "same-site")], 403), ([("Origin", "null")], 403),
      ([("Origin", "https://127.0.0.1")], 200), ([("Sec-Fetch-Site", "same-origin")], 200), ([], 200),
    ] as [([(String, String)], Int)])
  func `only the server's own page may send what changes something`(
    _ fields: [(String, String)], _ status: Int
  ) async throws {
    let response = try await Served.with {
      try await Served.post("/recommend", #"{"user":"1"}"#, port: $0, fields: fields)
    }
    #expect(response.status == status)
  }
}
