import Dispatch
import RecData
package import RecKernels
package import RecLanguage
import RecModels
import Synchronization

/// The transcripts of all contracts, held against a server of its own on a free port.
package enum Conformance {
  /// What came of it.
  package struct Report: Sendable {
    package let table: Table
    package let failureCount: Int
  }

  /// Starts a server of the guide's data, sends every request, and stops it.
  ///
  /// - Throws: `Diagnostic` where no port can be had.
  package static func run(execution: Execution) async throws -> Report {
    var configuration = ServerConfiguration()
    configuration.ports = [0]
    configuration.vertexHealthRoute = Transcripts.vertexRoute
    configuration.vertexPredictRoute = Transcripts.vertexRoute
    let trained = try trainModel(
      named: "svd", as: "guide", on: GuideData.ratings, options: Algorithm.svd.options(with: ["k": .count(2)]),
      training: Training(seed: 42, execution: execution))
    let service = RecommendationService(configuration, registry: ModelRegistry([ServedModel(trained.model)]))
    let server = try await RunningServer.start(service)
    var rows: [[Table.Cell]] = []
    var failureCount = 0
    for exchange in Transcripts.all {
      let problem = await exchange.run(port: server.ports[0])
      if problem != nil { failureCount += 1 }
      rows.append([
        .text(exchange.contract), .text(exchange.title), .text("\(exchange.method) \(exchange.path)"),
        .count(exchange.status), .text(problem ?? "as promised"),
      ])
    }
    try await server.end()
    let table = Table(
      columns: [
        Table.Column("contract", .text), Table.Column("what", .text), Table.Column("request", .text),
        Table.Column("status", .count), Table.Column("answer", .text),
      ], rows: rows)
    return Report(table: table, failureCount: failureCount)
  }

  /// The same for a thread that has nothing else to do.
  package static func runAndWait(execution: Execution) throws -> Report {
    let outcome = Mutex<Result<Report, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      let result: Result<Report, any Error>
      do { result = .success(try await run(execution: execution)) } catch { result = .failure(error) }
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    guard let result = outcome.withLock({ $0 }) else { preconditionFailure("the task has left its result") }
    return try result.get()
  }
}
