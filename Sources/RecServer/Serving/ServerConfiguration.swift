/// How the server listens and what it takes on.
package struct ServerConfiguration: Sendable {
  /// The address that it listens at; loopback unless something else is asked for.
  package var host = "127.0.0.1"
  /// 0 takes a free one.
  package var ports = [8080]
  /// Threads that score.
  package var threadCount = 1
  /// Requests that may wait for a thread; the next ones are answered 503.
  package var queueCapacity = 1024
  /// Open connections; more wait until one is closed.
  package var connectionLimit = 16_384
  /// Bytes that bodies and answers may take, all requests together; roughly, since values take more than their text.
  package var memoryBudget = 512 << 20
  /// Items that all lists of one request may hold together.
  package var itemLimit = 1_000_000
  /// How long a connection without a request stays open.
  package var idleTimeout = Duration.seconds(75)
  /// How long the body of a request may take.
  package var bodyTimeout = Duration.seconds(30)
  /// How long a client may take to read a large answer.
  package var answerTimeout = Duration.seconds(60)
  /// How long requests may go on once the server is to stop.
  package var drainTimeout = Duration.seconds(25)
  package var tokens = AccessTokens()
  /// Takes a line for each answer; nil for none.
  package var accessLog: AccessLog?
  /// Takes what whoever runs the server should know of, a line each.
  package var report: @Sendable (String) -> Void = { _ in }
  /// Vertex AI's routes, where the container's environment names them.
  package var vertexHealthRoute: String?
  package var vertexPredictRoute: String?

  package init() {}
}
