import HTTPTypes
import HummingbirdCore
import NIOCore
import RecData
import RecLanguage

/// Answers every request of a server: finds its route, checks who asks, reads the body within the limits, and writes what
/// the route answers, or why it does not.
struct Responder: Sendable {
  let service: RecommendationService
  private let memory: MemoryBudget
  private let clock = ServerClock()

  init(_ service: RecommendationService) {
    self.service = service
    memory = MemoryBudget(service.configuration.memoryBudget)
  }

  @Sendable func respond(to request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let start = ContinuousClock.now
    let method = request.head.method.rawValue
    let path = request.head.path ?? ""
    var route: Route?
    var answer: Answer
    var hasBodyLeft = Self.announcesBody(request.headers)
    do {
      let target = try RequestTarget(path)
      let found = try service.routes.route(method, target)
      route = found.route
      try check(request, found.route)
      answer = try await respond(
        to: request, found.route, found.path, target, channel, writer, hasBodyLeft: &hasBodyLeft)
    } catch let failure as RequestFailure {
      answer = Self.answer(to: failure, method: method, path: path, form: route?.errorForm)
    }
    let isReserved = memory.reserve(answer.body.count)
    if !isReserved {
      answer = Self.answer(
        to: .busy("too many large answers at once"), method: method, path: path, form: route?.errorForm)
    }
    defer { if isReserved { memory.release(answer.body.count) } }
    let duration = ContinuousClock.now - start
    service.metrics.answered(
      route.map { "\($0.method) \($0.pattern.text)" } ?? "none", status: answer.status,
      nanoseconds: duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    service.configuration.accessLog?.add(
      address: channel.remoteAddress?.ipAddress ?? "-", method: method, path: path, status: answer.status,
      size: method == "HEAD" ? 0 : answer.body.count, time: clock.now.log)
    // What fits into the buffers of the connection is gone at once.
    let isLarge = answer.body.count > 1 << 16
    let tooSlow = isLarge ? Self.close(channel, in: TimeAmount(service.configuration.answerTimeout)) : nil
    defer { tooSlow?.cancel() }
    // A body that nobody wants is not read to its end, which may never come.
    if hasBodyLeft {
      answer.fields.append(("Connection", "close"))
      Self.close(channel, in: .seconds(1))
    }
    let response = response(answer, hasBody: method != "HEAD")
    try await writer.write(response: response.head, body: response.body)
    // Hummingbird knows the word in lower case alone.
    if Self.wantsClose(request.headers) { channel.close(promise: nil) }
  }

  private static func announcesBody(_ headers: HTTPFields) -> Bool {
    headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
  }

  private static func wantsClose(_ headers: HTTPFields) -> Bool {
    headers[.connection]?.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains("close") ?? false
  }

  private func check(_ request: Request, _ route: Route) throws(RequestFailure) {
    guard service.configuration.tokens.allow(request.headers[.authorization], route.access) else {
      throw RequestFailure(
        401, "unauthorized", "a token for \(route.access.rawValue) is missing or wrong",
        hint: "Authorization: Bearer TOKEN")
    }
    // A page of another site may send simple requests, but must not change anything here.
    if route.method != "GET", Self.isOfAnotherPage(request) {
      throw RequestFailure(403, "cross-site", "a page of another site may not send this")
    }
  }

  /// Whether a browser says that a page which is not this server's sends the request.
  private static func isOfAnotherPage(_ request: Request) -> Bool {
    if let site = request.headers[fetchSite], site != "same-origin", site != "none" { return true }
    guard let origin = request.headers[.origin] else { return false }
    // A proxy may listen at another port than the one that it tells of.
    return origin.firstRange(of: "://").map { host(origin[$0.upperBound...]) }
      != request.head.authority.map { host($0[...]) }
  }

  private static func host(_ authority: Substring) -> Substring {
    guard let colon = authority.lastIndex(of: ":"), authority.last != "]" else { return authority }
    return authority[..<colon]
  }

  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin

  private func respond(
    to request: Request, _ route: Route, _ path: [String: String], _ target: RequestTarget, _ channel: any Channel,
    _ writer: borrowing ResponseWriter, hasBodyLeft: inout Bool
  ) async throws -> Answer {
    var body: [UInt8] = []
    if let limit = route.body?.limit {
      // A number that is none here is larger than any.
      if let announced = request.headers[.contentLength], Int(announced) ?? .max > limit {
        throw RequestFailure.tooLarge(limit: limit)
      }
      if request.headers[.expect]?.lowercased() == "100-continue" {
        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
      }
      body = try await read(request, limit: limit, channel)
      hasBodyLeft = false
    }
    defer { memory.release(Self.weight * body.count) }
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw RequestFailure(415, "unknown-type", "a body with the coding \(Diagnostic.quoted(coding)) is not taken")
    }
    let type = request.headers[.contentType] ?? ""
    let call = RouteCall(
      service: service, route: route, isHead: request.head.method == .head, path: path, query: target.query,
      contentType: type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }, accept: request.headers[.accept] ?? "",
      authorization: request.headers[.authorization],
      body: body)
    do {
      // What a body asks for may take long, and is to hold up no other connection of the thread.
      if route.body != nil {
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await route.respond(call) }
      }
      return try await route.respond(call)
    } catch let failure as RequestFailure {
      throw failure
    } catch let diagnostic as Diagnostic {
      throw RequestFailure(diagnostic)
    } catch {
      // Nothing that a client sends comes here: the disk or another part of the machine fails.
      service.configuration.report("\(route.method) \(route.pattern.text) cannot be answered: \(error)")
      throw RequestFailure.busy("the server cannot answer at the moment")
    }
  }

  /// How many times its bytes a body takes once it is read through.
  private static let weight = 8

  /// The body, whole; what it takes is taken from the budget.
  private func read(_ request: Request, limit: Int, _ channel: any Channel) async throws -> [UInt8] {
    let tooSlow = Self.close(channel, in: TimeAmount(service.configuration.bodyTimeout))
    defer { tooSlow.cancel() }
    var body: [UInt8] = []
    do {
      for try await chunk in request.body {
        guard body.count + chunk.readableBytes <= limit else { throw RequestFailure.tooLarge(limit: limit) }
        guard memory.reserve(Self.weight * chunk.readableBytes) else {
          throw RequestFailure.busy("too many large requests at once")
        }
        body += chunk.readableBytesView
      }
    } catch {
      memory.release(Self.weight * body.count)
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

  private func response(_ answer: Answer, hasBody: Bool) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.contentType
    headers[.contentLength] = String(answer.body.count)
    headers[.xContentTypeOptions] = "nosniff"
    headers[.cacheControl] = "no-store"
    headers[.date] = clock.now.http
    for (name, value) in answer.fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody())
  }

  /// Closes a connection after a time, unless what it waits for has come by then.
  @discardableResult
  private static func close(_ channel: any Channel, in time: TimeAmount) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
