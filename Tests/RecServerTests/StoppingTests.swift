import RecData
import RecServer
import Testing

/// How a server ends while it is used.
@Suite struct StoppingTests {
  @Test func `an answer that is under way arrives whole, however slowly it is read`() async throws {
    let server = try await RunningServer.start(Served.service())
    let records = (1...4000).map { #"{"user":"\#($0)","n":80,"seen":"show"}"# }.joined(separator: ",")
    let body = "[\(records)]"
    let request = "POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let response = try await PlainClient.send(raw: Array(request.utf8), port: server.ports[0]) {
      Task { try await server.end() }
      // By now it would be cut off.
      try await Task.sleep(for: .milliseconds(200))
    }
    #expect(response.status == 200)
    #expect(response.body.count > 8 << 20)
    #expect(response.json?.elements?.count == 4000)
    await #expect(throws: (any Error).self) { try await Served.get("/healthz", port: server.ports[0]) }
  }
}
