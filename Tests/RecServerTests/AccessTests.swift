import FoundationEssentials
import RecLanguage
import RecServer
import Testing

/// Who may do what.
@Suite struct AccessTests {
  @Test func `each level wants its own token or that of administration`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/tokens"
    try "# tokens\nreading r1\nreading r2\nevents e1\nadministration a1\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let tokens = try AccessTokens(file: file)
    try await Served.with(Served.service { $0.tokens = tokens }) { (port: Int) async throws in
      func status(_ method: String, _ path: String, _ token: String?) async throws -> Int {
        let fields = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        let body = method == "GET" ? nil : Array("{}".utf8)
        return try await PlainClient.send(method, path, fields: fields, body: body, port: port).status
      }
      #expect(try await status("GET", "/healthz", nil) == 200)
      #expect(try await status("GET", "/recommend/1", nil) == 401)
      #expect(try await status("GET", "/recommend/1", "r") == 401)
      #expect(try await status("GET", "/recommend/1", "e1") == 401)
      #expect(try await status("GET", "/recommend/1", "r2") == 200)
      #expect(try await status("GET", "/recommend/1", "a1") == 200)
      #expect(try await status("POST", "/events", "r1") == 401)
      #expect(try await status("POST", "/events", "e1") == 409)
      #expect(try await status("PUT", "/abtest", "r1") == 401)
      #expect(try await status("PUT", "/abtest", "a1") == 404)
    }
  }

  @Test func `a file of tokens with another line is refused without showing it`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/tokens"
    try "reading secret1\nsecret2\n".write(toFile: file, atomically: true, encoding: .utf8)
    do {
      _ = try AccessTokens(file: file)
      Issue.record("it was taken")
    } catch {
      #expect(error.message.contains("line 2") && !error.message.contains("secret"))
    }
  }

  @Test func `a page of another site may read nothing into the log`() async throws {
    try await Served.with { port in
      let response = try await Served.post(
        "/events", "{}", port: port, fields: [("Sec-Fetch-Site", "cross-site")])
      #expect(response.status == 403)
    }
  }
}
