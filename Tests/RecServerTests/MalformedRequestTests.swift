import RecData
import RecServer
import Testing

/// Nothing that a client sends is answered by a status of 500, ends the process or hangs.
@Suite struct MalformedRequestTests {
  struct Wrong: Sendable {
    let method: String
    let path: String
    var body: [UInt8]?
    let status: Int
    var code: String?

    init(_ method: String, _ path: String, _ status: Int, _ code: String? = nil) {
      self.method = method
      self.path = path
      self.status = status
      self.code = code
    }

    init(_ method: String, _ path: String, _ body: String, _ status: Int, _ code: String? = nil) {
      self.init(method, path, status, code)
      self.body = Array(body.utf8)
    }
  }

  static let wrong: [Wrong] = [
    Wrong("GET", "/nowhere", 404, "unknown-path"), Wrong("GET", "/recommend", 405, "unknown-method"),
    Wrong("DELETE", "/recommend/1", 405), Wrong("OPTIONS", "/models", 405),
    Wrong("GET", "/recommend/1?n=0", 400, "malformed-value"), Wrong("GET", "/recommend/1?n=1e3", 400),
    Wrong("GET", "/recommend/1?n=99999999999999999999", 400), Wrong("GET", "/recommend/1?top=3", 400, "unknown-option"),
    Wrong("GET", "/recommend/1?seen=perhaps", 400), Wrong("GET", "/recommend/1?model=svdd", 404, "unknown-name"),
    Wrong("GET", "/recommend/1?version=7", 404), Wrong("GET", "/recommend/%ff%fe", 400),
    Wrong("GET", "/recommend/%", 400),
    Wrong("GET", "/recommend/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 200), Wrong("GET", "/recommend/..%00", 200),
    Wrong("GET", "/recommend/1?exclude=nothing", 404, "unknown-item"),
    Wrong("GET", "/similar/999999", 404, "unknown-item"),
    Wrong("GET", "/similar/1?model=popular", 404), Wrong("GET", "/predict/1/1?model=tfidf", 422, "unsuitable-model"),
    Wrong("POST", "/recommend", "", 400, "malformed-body"), Wrong("POST", "/recommend", "{", 400, "malformed-body"),
    Wrong("POST", "/recommend", "nul", 400, "malformed-body"),
    Wrong("POST", "/recommend", "[1,2", 400, "malformed-body"),
    Wrong("POST", "/recommend", #"{"user":NaN}"#, 400, "malformed-body"), Wrong("POST", "/recommend", "{}", 400),
    Wrong("POST", "/recommend", #"{"user":"1","user":"2"}"#, 400, "malformed-value"),
    Wrong("POST", "/recommend", #"{"usr":"1"}"#, 400, "unknown-option"), Wrong("POST", "/recommend", "[[[]]]", 400),
    Wrong("POST", "/recommend", #"{"user":{}}"#, 400), Wrong("POST", "/recommend", #"{"history":[1,2,3]}"#, 200),
    Wrong("POST", "/recommend", #"{"history":{"1":1e999}}"#, 400, "malformed-value"),
    Wrong("POST", "/recommend", #"{"history":{"1":77}}"#, 400, "malformed-value"),
    Wrong("POST", "/recommend", #"{"history":{"nothing":5}}"#, 404, "unknown-item"),
    Wrong("POST", "/recommend", #"{"user":"\ud800"}"#, 400, "malformed-body"),
    Wrong("POST", "/recommend", String(repeating: "[", count: 100_000), 400, "malformed-body"),
    Wrong("POST", "/recommend", #"{"a":"# + String(repeating: #"{"a":"#, count: 5000), 400, "malformed-body"),
    Wrong("POST", "/recommend", "[" + String(repeating: "1,", count: 1_000_000) + "1]", 400, "malformed-value"),
    Wrong("POST", "/recommend", String(repeating: " ", count: 5 << 20), 413, "too-large"),
    Wrong("POST", "/predict", "1", 400), Wrong("POST", "/predict", #"{"user":"1"}"#, 400, "malformed-value"),
    Wrong("POST", "/events", #"{"user":"1","kind":"click"}"#, 409, "nothing-there"),
    Wrong("POST", "/v1/models/svd:predict", #"{"instances":["1"],"inputs":["1"]}"#, 400),
    Wrong("POST", "/v1/models/svd:predict", #"{"inputs":{"user":["1","2"],"n":[1]}}"#, 400),
    Wrong("POST", "/v1/models/svd:predict", #"{"instances":[NaN]}"#, 200),
    Wrong("POST", "/v1/models/svd:predict", #"{"instances":[{"user":{"b64":"%%"}}]}"#, 400),
    Wrong("POST", "/v1/models/svd/versions/x:predict", #"{"instances":["1"]}"#, 400),
    Wrong("PATCH", "/v1/models/svd:predict", "{}", 400), Wrong("PUT", "/abtest", "{}", 404, "nothing-there"),
    Wrong("POST", "/invocations", "\u{FEFF}{}", 400),
  ]

  @Test func `malformed requests are refused with a reason, by no status of 500`() async throws {
    try await Served.with { port in
      for wrong in Self.wrong {
        let response = try await PlainClient.send(wrong.method, wrong.path, body: wrong.body, port: port)
        let name =
          "\(wrong.method) \(wrong.path) \(wrong.body.map { String(decoding: $0.prefix(60), as: UTF8.self) } ?? "")"
        #expect(response.status == wrong.status, "\(name): \(response.text.prefix(300))")
        if let code = wrong.code { #expect(response.written("code") == code, "\(name)") }
        if response.status >= 400 { #expect(response.json != nil, "\(name)") }
      }
    }
  }

  @Test(arguments: [
    "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n", "\0\0\0\0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost\r\n\r\n",
    "POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999999999999999\r\n\r\n",
    "POST /recommend HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n" + (0..<500).map { "X-\($0): y\r\n" }.joined() + "\r\n",
    "POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET http://other.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
  ])
  func `malformed HTTP ends its connection at most, and the next request is answered`(_ text: String) async throws {
    try await Served.with { port in
      // An answer is not owed, but where there is one it blames the client.
      if let response = try? await PlainClient.send(raw: Array(text.utf8), port: port) {
        #expect(response.status < 500)
      }
      let next = try await Served.get("/healthz", port: port)
      #expect(next.status == 200)
    }
  }

  @Test func `a malformed body is told with the offset at which that shows`() async throws {
    let response = try await Served.with { try await Served.post("/recommend", #"{"user": oops}"#, port: $0) }
    #expect(response.written("offset") == "9")
  }

  @Test func `a wrong value is told with its place`() async throws {
    let body = #"[{"user":"1"},{"user":"2","history":[{"item":"1","rating":"five"}]}]"#
    let response = try await Served.with { try await Served.post("/recommend", body, port: $0) }
    #expect(response.written("pointer") == "/1/history/0/rating")
  }
}
