import FoundationEssentials
import GRDB
import RecData
import RecKernels
import RecLanguage
import RecServer

/// Models of generated ratings, and servers that answer with them.
enum Served {
  /// A session in which `svd` and `tfidf` are trained.
  static let session: Session = {
    var session = Session(
      catalog: .language + CommandCatalog.server, settings: Settings(threadCount: 2),
      execution: Execution(threadCount: 2), folder: ".")
    var evaluator = Evaluator(
      SourceText(
        name: "test",
        "generate users=60 items=80 ratings=1200 seed=7; tfidf fields=title,genres; svd k=8")
    ) { _ in }
    _ = evaluator.run(in: &session)
    return session
  }()

  static var models: [ServedModel] { session.models.reversed().map { ServedModel($0) } }

  static func service(
    _ models: [ServedModel] = models, events: EventLog? = nil, experiment: LiveExperiment? = nil,
    configure: (inout ServerConfiguration) -> Void = { _ in }
  ) -> RecommendationService {
    var configuration = ServerConfiguration()
    configuration.ports = [0]
    configuration.threadCount = 2
    configure(&configuration)
    return RecommendationService(
      configuration, registry: ModelRegistry(models), events: events, experiment: experiment)
  }

  /// Starts a server on a free port, and ends it when the test has.
  static func with<Result>(
    _ service: RecommendationService = service(), folder: ModelFolder? = nil, _ test: (Int) async throws -> Result
  ) async throws -> Result {
    let server = try await RunningServer.start(service, folder: folder)
    let result: Result
    do { result = try await test(server.ports[0]) } catch {
      try await server.end()
      throw error
    }
    try await server.end()
    return result
  }

  /// How many events of a kind a log has, as another program sees it.
  static func events(_ kind: String, in log: EventLog) throws -> Int {
    try DatabaseQueue(path: log.path).read { database in
      try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM event WHERE kind = ?", arguments: [kind]) ?? 0
    }
  }

  static func get(_ path: String, port: Int, fields: [(String, String)] = []) async throws -> PlainResponse {
    try await PlainClient.send("GET", path, fields: fields, port: port)
  }

  static func post(
    _ path: String, _ body: String, port: Int, fields: [(String, String)] = []
  ) async throws -> PlainResponse {
    try await PlainClient.send("POST", path, fields: fields, body: Array(body.utf8), port: port)
  }
}

/// A folder of its own that is removed when nobody holds it any more.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/recline-server-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    return path + "/" + name
  }
}

extension PlainResponse {
  /// The value at a path such as `items.0.item`, as it is written.
  func written(_ path: String) -> String? {
    let value = json?.at(path)
    switch value {
    case .string(let text)?, .number(let text)?: return text
    default: return value?.text
    }
  }
}
