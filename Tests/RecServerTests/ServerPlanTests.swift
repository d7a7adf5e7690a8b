import RecKernels
import RecLanguage
import RecModels
import RecServer
import Testing

/// What `recline serve` makes of files and of a container's environment.
@Suite struct ServerPlanTests {
  private func plan(_ files: [String], _ environment: [String: String] = [:]) throws -> ServerPlan {
    try ServerPlan(
      files: files, models: nil, ports: [0], host: nil, log: nil, test: nil, tokenFile: nil, threadCount: 1,
      variable: { environment[$0] })
  }

  @Test func `two trainings of one name are served under the names of their files`() async throws {
    let folder = try TemporaryFolder()
    let model = try #require(Served.session.models.first { $0.name == "svd" })
    let other = try #require(Served.session.models.first { $0.name == "tfidf" })
    let files = ["old", "new", "texts"].map { "\(folder.path)/\($0).safetensors" }
    for (file, model) in zip(files, [model, model, other]) {
      try model.save(to: file, program: "test", execution: Execution(threadCount: 1))
    }
    let server = try await Task.detached { try self.plan(files.map { $0 + ":1" }).start { _ in } }.value
    #expect(server.service.registry.available.map(\.name) == ["old", "new", "tfidf"])
    #expect(server.service.experiment?.arms.map(\.name) == ["old", "new", "tfidf"])
    try await server.end()
  }

  @Test func `files of one name in two folders are refused, and what to do is said`() throws {
    let folder = try TemporaryFolder()
    let model = try #require(Served.session.models.first { $0.name == "svd" })
    let files = try ["a", "b"].map { try folder.makeFolder($0) + "/svd.safetensors" }
    for file in files { try model.save(to: file, program: "test", execution: Execution(threadCount: 1)) }
    #expect(throws: Diagnostic.self) { try plan(files) }
  }

  @Test(arguments: ["0", "65536", "eight"])
  func `a port of the environment that is none is refused`(_ port: String) {
    #expect(throws: Diagnostic.self) { try plan([], ["AIP_HTTP_PORT": port, "MODEL_BASE_PATH": "/tmp"]) }
  }
}
