import RecLanguage

/// Finds the route of a request.
package struct RouteTable: Sendable {
  package let routes: [Route]
  /// Places of routes by the number of parts of their paths.
  private let byLength: [[Int]]

  init(_ routes: [Route]) {
    self.routes = routes
    var byLength: [[Int]] = []
    for (place, route) in routes.enumerated() {
      let length = route.pattern.parts.count
      while byLength.count <= length { byLength.append([]) }
      byLength[length].append(place)
    }
    self.byLength = byLength
  }

  /// The route with what the names of its path stand for.
  ///
  /// - Parameter method: `HEAD` is answered by the route of `GET`.
  /// - Throws: 404 for a path that there is not, 405 for a method that the path does not have.
  func route(
    _ method: String, _ target: RequestTarget
  ) throws(RequestFailure) -> (route: Route, path: [String: String]) {
    let wanted = method == "HEAD" ? "GET" : method
    var allowed: [String] = []
    let length = target.path.count
    for place in length < byLength.count ? byLength[length] : [] {
      let route = routes[place]
      guard let values = route.pattern.match(target.path) else { continue }
      guard route.method == wanted else {
        allowed += route.method == "GET" ? ["GET", "HEAD"] : [route.method]
        continue
      }
      var path: [String: String] = [:]
      for (name, value) in values {
        guard let text = String(validating: value, as: UTF8.self) else {
          throw .badValue("the path is no UTF-8 text")
        }
        guard value.count <= BodyValue.longestText else {
          throw .badValue("a part of the path is longer than \(grouped(BodyValue.longestText)) bytes")
        }
        path[name] = text
      }
      return (route, path)
    }
    guard allowed.isEmpty else {
      var failure = RequestFailure(405, "unknown-method", "the path has no method \(method)")
      failure.allowedMethods = allowed
      throw failure
    }
    throw RequestFailure(404, "unknown-path", "there is no such path", help: "GET /openapi.json lists them")
  }
}
