import FoundationEssentials
import GRDB
import NIOPosix
import RecKernels
package import RecLanguage
import Synchronization

/// Events in a database of SQLite, appended only; what is acknowledged is on the disk.
///
/// Requests that come while a transaction is being written share the next one, so that a disk that syncs a hundred times a
/// second takes thousands of events. Readers, such as `abtest`, see whole transactions while it is written (WAL). A class
/// because all requests share the file.
package final class EventLog: Sendable {
  private struct Waiting: Sendable {
    let events: [Event]
    /// Gets how many are new.
    let continuation: CheckedContinuation<Int, any Error>
  }

  private struct State {
    var waiting: [Waiting] = []
    var eventCount = 0
    var isWriting = false
    /// Whether the last transaction failed.
    var isFailing = false
  }

  package let path: String
  private let database: DatabasePool
  private let state = Mutex(State())
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let report: @Sendable (String) -> Void
  /// Events that may wait for the disk; more are refused.
  private static let capacity = 100_000

  /// Opens a log, which is made where there is none.
  ///
  /// - Parameter report: Is told when the log can no longer be written, and when it can again.
  /// - Throws: `Diagnostic` where the file cannot be opened or is something else.
  package init(path: String, report: @escaping @Sendable (String) -> Void = { _ in }) throws(Diagnostic) {
    self.path = path
    self.report = report
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      database = try DatabasePool(path: path, configuration: configuration)
      try database.write { database in
        try database.execute(sql: Self.schema)
        try database.execute(sql: Self.shareSchema)
        // A table of the same name with other columns is somebody else's.
        _ = try Row.fetchOne(database, sql: "SELECT id, time, user, kind, item, test, arm, value FROM event LIMIT 1")
      }
    } catch {
      throw Diagnostic(
        "event-log", "the event log \(Diagnostic.quoted(path)) cannot be opened: \(Self.reason(error))")
    }
    pool.start()
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS event (
      id TEXT PRIMARY KEY, time INTEGER NOT NULL /* ms since 1970 UTC */, user TEXT NOT NULL,
      kind TEXT NOT NULL /* exposure, impression, click, purchase, … */, item TEXT, test TEXT, arm TEXT, value REAL)
    """

  /// Writes events and returns once they are on the disk; how many of them were not there yet.
  ///
  /// - Throws: 503 where too many wait, or the disk takes no more.
  package func append(_ events: [Event]) async throws -> Int {
    do {
      return try await withCheckedThrowingContinuation { continuation in
        if !start(Waiting(events: events, continuation: continuation)) {
          continuation.resume(throwing: RequestFailure.busy("too many events are waiting for the disk"))
        }
      }
    } catch let failure as RequestFailure {
      throw failure
    } catch {
      throw RequestFailure.busy("the event log cannot be written: \(Self.reason(error))")
    }
  }

  /// Waits for what is to be written, and closes the file.
  package func close() async throws {
    try await pool.shutdownGracefully()
    try database.close()
  }

  /// Reads with a snapshot of its own.
  func readNow<Result>(_ body: (Database) throws -> Result) throws -> Result { try database.read(body) }

  /// Writes in a transaction of its own, beside the events.
  func writeNow(_ body: (Database) throws -> Void) throws { try database.write(body) }

  /// The same for a task.
  func write(_ body: @escaping @Sendable (Database) throws -> Void) async throws { try await database.write(body) }

  /// The value of a setting of the database.
  package func pragma(_ name: StaticString) throws -> String? {
    try database.read { try String.fetchOne($0, sql: "PRAGMA \(name)") }
  }

  /// The present time in milliseconds since 1970.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  private func start(_ waiting: Waiting) -> Bool {
    let (isTaken, needsThread) = state.withLock { state -> (Bool, Bool) in
      guard state.eventCount + waiting.events.count <= Self.capacity || state.eventCount == 0 else {
        return (false, false)
      }
      state.waiting.append(waiting)
      state.eventCount += waiting.events.count
      defer { state.isWriting = true }
      return (true, !state.isWriting)
    }
    if needsThread { pool.submit { [self] _ in while writeWaiting() {} } }
    return isTaken
  }

  /// Writes all that waits in one transaction; false where nothing does.
  private func writeWaiting() -> Bool {
    let group = state.withLock { state -> [Waiting] in
      let group = state.waiting
      state.waiting = []
      state.eventCount = 0
      if group.isEmpty { state.isWriting = false }
      return group
    }
    if group.isEmpty { return false }
    do {
      let counts = try database.writeWithoutTransaction { database in
        var counts: [Int] = []
        try database.inTransaction(.immediate) {
          let statement = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
          counts = try group.map { waiting in
            var count = 0
            for event in waiting.events {
              try statement.execute(arguments: [
                event.id, event.time, event.user, event.kind, event.item, event.test, event.arm, event.value,
              ])
              count += database.changesCount
            }
            return count
          }
          return .commit
        }
        return counts
      }
      tell(nil)
      for (waiting, count) in zip(group, counts) { waiting.continuation.resume(returning: count) }
    } catch {
      tell(Self.reason(error))
      for waiting in group { waiting.continuation.resume(throwing: error) }
    }
    return true
  }

  /// Reports that writing fails, or works again, where that is news.
  private func tell(_ failure: String?) {
    let isNews = state.withLock { state in
      defer { state.isFailing = failure != nil }
      return state.isFailing != (failure != nil)
    }
    guard isNews else { return }
    report(
      failure.map { "the event log \(Diagnostic.quoted(path)) cannot be written: \($0)" }
        ?? "the event log \(Diagnostic.quoted(path)) is written again")
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }
}
