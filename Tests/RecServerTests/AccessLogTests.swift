import RecServer
import Synchronization
import Testing

/// What whoever runs a server is told of.
@Suite struct AccessLogTests {
  /// Lines, as they come. A class because the server adds to it.
  private final class Lines: Sendable {
    private let text = Mutex("")
    var all: [Substring] { text.withLock { $0.split(separator: "\n") } }
    func add(_ more: String) { text.withLock { $0 += more } }
  }

  @Test func `every answer has a line in the common format, whatever was asked`() async throws {
    let lines = Lines()
    let log = AccessLog { lines.add(String(decoding: $0, as: UTF8.self)) }
    var sizes: [Int] = []
    try await Served.with(Served.service { $0.accessLog = log }) { (port: Int) async throws in
      sizes.append(try await Served.get("/recommend/1?n=2", port: port).body.count)
      sizes.append(try await Served.get("/similar/\"no\\such", port: port).body.count)
      sizes.append(try await Served.post("/recommend", "{", port: port).body.count)
    }
    let expected = [
      (#""GET /recommend/1?n=2 HTTP/1.1" 200"#, sizes[0]), (#""GET /similar/\x22no\x5csuch HTTP/1.1" 404"#, sizes[1]),
      (#""POST /recommend HTTP/1.1" 400"#, sizes[2]),
    ]
    #expect(lines.all.count == expected.count)
    for (line, (request, size)) in zip(lines.all, expected) {
      #expect(line.hasPrefix("127.0.0.1 - - ["))
      #expect(line.hasSuffix("] \(request) \(size)"), "\(line)")
      #expect(line.contains(#/\[\d\d/[A-Z][a-z][a-z]/\d{4}:\d\d:\d\d:\d\d \+0000\]/#))
    }
  }

  @Test func `a log of events that cannot be written is told of once`() async throws {
    let folder = try TemporaryFolder()
    let lines = Lines()
    let log = try EventLog(path: folder.path + "/events.db") { lines.add($0 + "\n") }
    #expect(try await log.append([Event(id: "1", time: 0, user: "1", kind: "click")]) == 1)
    try await log.close()
    for _ in 0..<3 {
      await #expect(throws: RequestFailure.self) {
        try await log.append([Event(id: "2", time: 0, user: "1", kind: "click")])
      }
    }
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.contains("cannot be written") == true)
  }
}
