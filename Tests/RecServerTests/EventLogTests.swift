import FoundationEssentials
import GRDB
import RecServer
import Testing

/// What is acknowledged is in the file, once.
@Suite struct EventLogTests {
  @Test func `an event that is sent again is not counted twice`() async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    try await Served.with(Served.service(events: log)) { port in
      let body = #"[{"id":"a","user":"1","kind":"click","item":"5"},{"id":"b","user":2,"kind":"Purchase","value":9.5}]"#
      let first = try await Served.post("/events", body, port: port)
      #expect(first.written("logged") == "2" && first.written("repeated") == "0")
      let second = try await Served.post("/events", body, port: port)
      #expect(second.written("logged") == "0" && second.written("repeated") == "2")
    }
    let database = try DatabaseQueue(path: folder.path + "/events.db")
    let rows = try database.read { database in
      try Row.fetchAll(database, sql: "SELECT id, user, kind, item, value FROM event ORDER BY id")
    }
    #expect(rows.count == 2)
    #expect(rows[0]["user"] == "1" && rows[0]["item"] == "5")
    #expect(rows[1]["kind"] == "purchase" && rows[1]["value"] == 9.5)
  }

  @Test func `many requests at once are all in the file that a second reader sees`() async throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    try await Served.with(Served.service(events: log)) { port in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for user in 0..<50 {
          group.addTask {
            try await Served.post("/events", #"{"user":"\#(user)","kind":"impression"}"#, port: port).status
          }
        }
        for try await status in group { #expect(status == 200) }
      }
      // The server still has the file open.
      let database = try DatabaseQueue(path: folder.path + "/events.db")
      let count = try await database.read {
        try Int.fetchOne($0, sql: "SELECT COUNT(DISTINCT user) FROM event")
      }
      #expect(count == 50)
    }
  }

  @Test func `the file syncs every transaction and keeps its journal ahead`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog(path: folder.path + "/events.db")
    #expect(try log.pragma("journal_mode") == "wal")
    #expect(try log.pragma("synchronous") == "2")
  }

  @Test func `a file that is no database is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    try String(repeating: "no database ", count: 1000).write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try EventLog(path: path) }
  }
}
