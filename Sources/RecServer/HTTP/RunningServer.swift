import Dispatch
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
package import RecKernels
package import RecLanguage
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server that listens; it runs beside whatever started it until it is stopped.
///
/// A class because it owns sockets and threads.
package final class RunningServer: BackgroundWork {
  package let service: RecommendationService
  private let group: ServiceGroup
  private let run: ServerRun
  private let folder: ModelFolder?

  /// Starts to listen, and returns once all of its ports do; not for a task, whose thread the server may need.
  ///
  /// - Parameter folder: Where new versions of models come from while it runs.
  /// - Throws: `Diagnostic` where a port cannot be had.
  package init(_ service: RecommendationService, folder: ModelFolder? = nil) throws(Diagnostic) {
    self.service = service
    self.folder = folder
    let configuration = service.configuration
    let run = ServerRun(portCount: configuration.ports.count)
    self.run = run
    var group = ServiceGroupConfiguration(
      services: Self.servers(service, run).map { .init(service: $0) }, logger: Self.quiet)
    group.maximumGracefulShutdownDuration = configuration.drainTimeout
    let running = ServiceGroup(configuration: group)
    self.group = running
    Task.detached {
      do {
        try await running.run()
        run.end(nil)
      } catch { run.end(error) }
    }
    if let failure = run.waitUntilListening() {
      close()
      throw Self.diagnostic(failure, configuration)
    }
    folder?.watch(service)
  }

  /// Starts to listen, for a task.
  package static func start(
    _ service: RecommendationService, folder: ModelFolder? = nil
  ) async throws -> RunningServer {
    try await aside { try RunningServer(service, folder: folder) }
  }

  /// `stop` for a task.
  package func end() async throws { try await Self.aside { self.stop() } }

  /// Runs work that waits on a thread of its own: those of Dispatch are the ones that tasks run on.
  private static func aside<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let run: @Sendable () -> Void = { continuation.resume(with: Swift.Result { try work() }) }
      if !DetachedThread.start(run) { run() }
    }
  }

  deinit {
    folder?.stop()
    Task.detached { [group] in await group.triggerGracefulShutdown() }
  }

  /// Nothing that a library says reaches the user: what matters is an answer or a metric.
  private static let quiet = Logger(label: "recline") { _ in SwiftLogNoOpLogHandler() }

  /// A server for each port.
  private static func servers(_ service: RecommendationService, _ run: ServerRun) -> [any Service] {
    let configuration = service.configuration
    let responder = Responder(service)
    let limit = max(16, min(configuration.connectionLimit, raiseFileLimit() - 64))
    let drainTimeout = configuration.drainTimeout
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [PendingWrites { TimeAmount(run.patience(atMost: drainTimeout)) }],
      idleTimeout: TimeAmount(configuration.idleTimeout),
      httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    let http = HTTP1Channel(responder: responder.respond, configuration: channel)
    return configuration.ports.enumerated().map { place, port in
      Connection(http: http).server(
        configuration: HummingbirdCore.ServerConfiguration(
          address: .hostname(configuration.host, port: port), backlog: 1024,
          availableConnectionsDelegate: MaximumAvailableConnections(limit, logger: quiet)),
        onServerRunning: { run.listens(place, at: $0.localAddress?.port ?? port) },
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    }
  }

  /// The ports that it listens at, in the order of the configuration.
  package var ports: [Int] { run.ports }

  /// `http://127.0.0.1:8080`, of the first port.
  package var address: String {
    let host = service.configuration.host
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(ports.first ?? 0)"
  }

  package var phrase: String { "serving at \(address)" }

  package func stop() {
    folder?.stop()
    run.stops(within: service.configuration.drainTimeout)
    Task.detached { [group] in await group.triggerGracefulShutdown() }
    _ = run.waitUntilEnded(timeout: nil)
    close()
  }

  package func wait(_ cancellation: Cancellation) {
    let signals = Task.detached { [group, run, drainTimeout = service.configuration.drainTimeout] in
      for await _ in await UnixSignalsSequence(trapping: .sigterm) {
        run.stops(within: drainTimeout)
        await group.triggerGracefulShutdown()
      }
    }
    defer { signals.cancel() }
    while !run.waitUntilEnded(timeout: .milliseconds(50)) {
      if cancellation.isCancelled { return stop() }
    }
    if let failure = run.failure { service.configuration.report("the server has ended: \(failure)") }
    folder?.stop()
    close()
  }

  /// Lets the work that is left end, and closes the log.
  private func close() {
    let done = DispatchSemaphore(value: 0)
    Task.detached { [service] in
      // They fail only where they were closed before.
      try? await service.queue.stop()
      try? await service.events?.close()
      try? await service.configuration.accessLog?.close()
      done.signal()
    }
    done.wait()
  }

  private static func diagnostic(_ failure: any Error, _ configuration: ServerConfiguration) -> Diagnostic {
    let places = configuration.ports.map { "\(configuration.host):\($0)" }.joined(separator: ", ")
    switch (failure as? IOError)?.errnoCode {
    case EADDRINUSE:
      return Diagnostic("no-port", "another program listens at \(places)", hint: "port 0 takes a free one")
    case EACCES:
      return Diagnostic("no-port", "this user may not listen at \(places)", hint: "a port from 1024 on")
    default: return Diagnostic("no-port", "the server cannot listen at \(places): \(failure)")
    }
  }
}
