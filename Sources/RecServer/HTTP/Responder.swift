import HTTPTypes
import Hummingbird
import NIOCore
import RecData
import RecLanguage
import Synchronization

/// Answers every request of a server: finds its route, checks who asks, reads the body within the limits, and writes what
/// the route answers, or why it does not.
struct Responder: HTTPResponder {
  /// The connection that a request came by.
  struct Context: InitializableFromSource {
    let channel: any Channel
    init(source: ApplicationRequestContextSource) { channel = source.channel }
  }

  let service: RecommendationService
  private let bodies = BodyBudget()

  init(_ service: RecommendationService) { self.service = service }

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let method = request.head.method.rawValue
    let path = request.head.path ?? ""
    var route: Route?
    var answer: Answer
    do {
      let target = try RequestTarget(path)
      let found = try service.routes.route(method, target)
      route = found.route
      try check(request, found.route)
      answer = try await respond(to: request, found.route, found.path, target, context)
    } catch let failure as RequestFailure {
      answer = Self.answer(to: failure, method: method, path: path, form: route?.errorForm)
      if failure.status == 413 { Self.closeSoon(context.channel) }
    }
    let duration = ContinuousClock.now - start
    service.metrics.answered(
      route.map { "\($0.method) \($0.pattern.text)" } ?? "none", status: answer.status,
      nanoseconds: duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    return Self.response(answer, hasBody: method != "HEAD")
  }

  private func check(_ request: Request, _ route: Route) throws(RequestFailure) {
    guard service.configuration.tokens.allow(request.headers[.authorization], route.access) else {
      throw RequestFailure(
        401, "unauthorized", "a token for \(route.access.rawValue) is missing or wrong",
        hint: "Authorization: Bearer TOKEN")
    }
    // A page of another site may send simple requests, but must not change anything here.
    if route.method != "GET", request.headers[Self.fetchSite] == "cross-site" {
      throw RequestFailure(403, "cross-site", "a page of another site may not send this")
    }
  }

  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin

  private func respond(
    to request: Request, _ route: Route, _ path: [String: String], _ target: RequestTarget, _ context: Context
  ) async throws -> Answer {
    var body: [UInt8] = []
    if let limit = route.body?.limit {
      if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
        throw RequestFailure.tooLarge(limit: limit)
      }
      body = try await read(request, limit: limit, context)
    }
    defer { bodies.release(body.count) }
    let type = request.headers[.contentType] ?? ""
    let call = RouteCall(
      service: service, route: route, path: path, query: target.query,
      contentType: type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }, accept: request.headers[.accept] ?? "",
      authorization: request.headers[.authorization],
      body: body)
    do { return try await route.respond(call) } catch let failure as RequestFailure {
      throw failure
    } catch let diagnostic as Diagnostic {
      throw RequestFailure(diagnostic)
    } catch {
      // Nothing that a client sends comes here: the disk or another part of the machine fails.
      throw RequestFailure.busy("the server cannot answer at the moment")
    }
  }

  /// The body, whole; its bytes are taken from the budget.
  private func read(_ request: Request, limit: Int, _ context: Context) async throws -> [UInt8] {
    let timeout = service.configuration.bodyTimeout
    let channel = context.channel
    let tooSlow = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { channel.close(promise: nil) }
    defer { tooSlow.cancel() }
    var body: [UInt8] = []
    do {
      for try await chunk in request.body {
        guard body.count + chunk.readableBytes <= limit else { throw RequestFailure.tooLarge(limit: limit) }
        guard bodies.reserve(chunk.readableBytes, of: service.configuration.bodyBudget) else {
          throw RequestFailure.busy("too many large requests at once")
        }
        body += chunk.readableBytesView
      }
    } catch {
      bodies.release(body.count)
      throw error
    }
    return body
  }

  // MARK: Answers

  private static func answer(
    to failure: RequestFailure, method: String, path: String, form: Route.ErrorForm?
  ) -> Answer {
    var status = failure.status
    let isTensorFlow = form == .errorText || (form == nil && path.lowercased().hasPrefix("/v1/"))
    var answer: Answer
    if isTensorFlow {
      var line = failure.line
      if form == nil {
        // As TensorFlow Serving answers what it does not know.
        status = 400
        line = "Malformed request: \(method) \(Diagnostic.shortened(path))"
      }
      answer = .json(status: status) { json in json.object { $0.member("error", line) } }
    } else {
      answer = .json(status: status) { failure.write(to: &$0) }
    }
    if let seconds = failure.retryAfter { answer.fields.append(("Retry-After", String(seconds))) }
    if !failure.allowedMethods.isEmpty {
      answer.fields.append(("Allow", failure.allowedMethods.joined(separator: ", ")))
    }
    if status == 401 { answer.fields.append(("WWW-Authenticate", "Bearer")) }
    return answer
  }

  private static func response(_ answer: Answer, hasBody: Bool) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.contentType
    headers[.contentLength] = String(answer.body.count)
    headers[.xContentTypeOptions] = "nosniff"
    headers[.cacheControl] = "no-store"
    for (name, value) in answer.fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody())
  }

  /// Closes a connection whose client still sends, once it had time to read the answer.
  private static func closeSoon(_ channel: any Channel) {
    channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }
}

/// How many bytes of bodies there are at once. A class because all requests share it.
private final class BodyBudget: Sendable {
  private let used = Mutex(0)

  func reserve(_ count: Int, of limit: Int) -> Bool {
    used.withLock { used in
      guard used + count <= limit else { return false }
      used += count
      return true
    }
  }

  func release(_ count: Int) { used.withLock { $0 -= count } }
}
