import FoundationEssentials
import RecKernels
import RecLanguage
import RecModels
import RecServer
import Synchronization
import Testing

/// Versions of models that come while the server runs.
@Suite struct ModelFolderTests {
  private final class Lines: Sendable {
    let kept = Mutex<[String]>([])
  }

  @Test func `the newest version answers, a newer one takes over, and a broken one is refused`() async throws {
    let folder = try TemporaryFolder()
    let execution = Execution(threadCount: 2)
    let models = Served.session.models
    let svd = try #require(models.first { $0.name == "svd" })
    let tfidf = try #require(models.first { $0.name == "tfidf" })
    func save(_ model: Model, _ place: String) throws {
      let inner = try folder.makeFolder(place)
      try model.save(to: inner + "/model.safetensors", program: "test", execution: execution)
    }
    try save(svd, "site/1")
    let lines = Lines()
    let registry = ModelRegistry()
    let watched = ModelFolder(path: folder.path, execution: execution) { line in lines.kept.withLock { $0.append(line) }
    }
    watched.update(registry)
    #expect(registry.available.map(\.version) == [1])
    #expect(registry.available.first?.model.algorithm == "svd")

    try save(tfidf, "site/2")
    watched.update(registry)
    #expect(registry.available.map(\.version) == [2])
    #expect(registry.available.first?.model.algorithm == "tfidf")

    let broken = try folder.makeFolder("site/3")
    try "no model".write(toFile: broken + "/model.safetensors", atomically: true, encoding: .utf8)
    watched.update(registry)
    watched.update(registry)
    #expect(registry.available.map(\.version) == [2])
    let told = lines.kept.withLock { $0 }
    #expect(told.count == 2)
    #expect(told.last?.contains("version 3 is refused") == true && told.last?.contains("2 keeps answering") == true)
    guard case .failed? = registry.versions(of: "site")?.first?.state else {
      Issue.record("the broken version is not told as failed")
      return
    }

    // Once it is whole it is taken up.
    try svd.save(to: broken + "/model.safetensors", program: "test", execution: execution)
    watched.update(registry)
    #expect(registry.available.map(\.version) == [3])
  }

  @Test func `a server of a folder is ready once its models are loaded, and picks new ones up`() async throws {
    let folder = try TemporaryFolder()
    let execution = Execution(threadCount: 1)
    let watched = ModelFolder(path: folder.path, execution: execution) { _ in }
    let svd = try #require(Served.session.models.first { $0.name == "svd" })
    try await Served.with(Served.service([]), folder: watched) { port in
      #expect(try await Served.get("/ping", port: port).status == 503)
      #expect(try await Served.get("/recommend/1", port: port).status == 503)
      let inner = try folder.makeFolder("site/4")
      try svd.save(to: inner + "/model.safetensors", program: "test", execution: execution)
      for _ in 0..<600 where try await Served.get("/ping", port: port).status != 200 {
        try await Task.sleep(for: .milliseconds(50))
      }
      let response = try await Served.get("/recommend/1", port: port)
      #expect(response.written("model") == "site" && response.written("version") == "4")
    }
  }
}
