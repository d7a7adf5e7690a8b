import Foundation
import GRDB
import RecServer
import Synchronization
import Testing

/// The built program as a server: what it promises when it is ended, kindly or not.
@Suite struct ServingProgramTests {
  /// A program that serves a small model with a log.
  private struct Serving: Sendable {
    let folder: TemporaryFolder
    let process: Process
    let port: Int

    var log: String { folder.path + "/events.db" }

    init() async throws {
      folder = try TemporaryFolder()
      let output = folder.path + "/output"
      try Data().write(to: URL(filePath: output))
      process = Process()
      process.executableURL = URL(filePath: Self.program)
      process.arguments = [
        "-c", "generate users=40 items=50 ratings=600 seed=7; svd k=3; serve svd port=0 log='\(folder.path)/events.db'",
      ]
      process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
      process.standardInput = FileHandle.nullDevice
      try process.run()
      var port: Int?
      while port == nil {
        try await Task.sleep(for: .milliseconds(20))
        let text = try String(contentsOfFile: output, encoding: .utf8)
        if let match = text.firstMatch(of: #/http://127\.0\.0\.1:(\d+)\n/#) { port = Int(match.output.1) }
        if port == nil, !process.isRunning { throw CancellationError() }
      }
      self.port = port ?? 0
    }

    /// Waits for the end, on no thread that a task needs.
    func end() async -> Int32 {
      while process.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
      return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    private static let program: String = {
      #if DEBUG
        let configuration = "debug"
      #else
        let configuration = "release"
      #endif
      return String(#filePath.dropLast("Tests/RecServerTests/ServingProgramTests.swift".count))
        + ".build/\(configuration)/recline"
    }()
  }

  /// What the server has said to have. A class because all clients add to it.
  private final class Acknowledged: Sendable {
    private let ids = Mutex<Set<String>>([])

    /// How many there are with this one.
    func add(_ id: String) -> Int {
      ids.withLock { ids in
        ids.insert(id)
        return ids.count
      }
    }

    var all: Set<String> { ids.withLock { $0 } }
  }

  @Test func `every event that was acknowledged is there after kill -9 under load`() async throws {
    let serving = try await Serving()
    let acknowledged = Acknowledged()
    await withTaskGroup(of: Void.self) { group in
      for client in 0..<8 {
        group.addTask {
          var number = 0
          while true {
            let id = "\(client)-\(number)"
            number += 1
            let body = #"{"id":"\#(id)","user":"\#(client)","kind":"click","item":"1"}"#
            guard let response = try? await Served.post("/events", body, port: serving.port), response.status == 200
            else { return }
            if acknowledged.add(id) == 300 { kill(serving.process.processIdentifier, SIGKILL) }
          }
        }
      }
    }
    #expect(await serving.end() == 128 + SIGKILL)
    let sent = acknowledged.all
    #expect(sent.count >= 300)
    let database = try DatabaseQueue(path: serving.log)
    let kept = try await database.read { try String.fetchAll($0, sql: "SELECT id FROM event") }
    #expect(sent.subtracting(kept) == [])
    // What the clients send again is known again.
    let log = try EventLog(path: serving.log)
    let again = sent.map { Event(id: $0, time: 0, user: "1", kind: "click") }
    #expect(try await log.append(again) == 0)
  }

  @Test func `SIGTERM ends the program with status 0, and a script waits for it at its end`() async throws {
    let serving = try await Serving()
    #expect(try await Served.get("/recommend/1", port: serving.port).status == 200)
    #expect(serving.process.isRunning)
    serving.process.terminate()
    #expect(await serving.end() == 0)
    await #expect(throws: (any Error).self) { try await Served.get("/healthz", port: serving.port) }
  }
}
