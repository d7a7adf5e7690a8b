import RecData
import RecLanguage

/// A request as a route sees it: addressed to it, allowed, and of a size that it takes.
package struct RouteCall: Sendable {
  let service: RecommendationService
  let route: Route
  /// Whether the answer's body will be left out.
  let isHead: Bool
  /// What the names of the path stand for.
  let path: [String: String]
  let query: [(name: String, value: String)]
  /// The type that the body is said to have, without parameters, in lower case; empty where nothing is said.
  let contentType: String
  /// The types that the client accepts, as it wrote them.
  let accept: String
  let authorization: String?
  let body: [UInt8]

  /// A part of the path.
  func part(_ name: String) -> String { path[name] ?? "" }

  /// The last value of a query's name.
  func value(_ name: String) -> String? { query.last { $0.name == name }?.value }

  /// - Throws: 400 where the query holds a name that the route does not have.
  func checkQuery() throws(RequestFailure) {
    let known = route.parameters.map(\.name).filter { path[$0] == nil }
    for (name, _) in query where !known.contains(name) {
      throw RequestFailure(
        400, "unknown-option", "the address has no parameter \(Diagnostic.quoted(name))",
        hint: didYouMean(nearest(name, in: known)), help: known.isEmpty ? nil : "parameters: \(listed(known, "and"))")
    }
  }

  /// A whole number of the query.
  func count(_ name: String, in range: ClosedRange<Int>) throws(RequestFailure) -> Int? {
    guard let text = value(name) else { return nil }
    guard let count = Int(text), range.contains(count) else {
      throw .badValue(
        "expected a whole number for '\(name)', found \(Diagnostic.quoted(text))",
        hint: "from \(range.lowerBound) to \(grouped(range.upperBound))")
    }
    return count
  }

  /// The body as JSON.
  ///
  /// - Parameter acceptsNonFinite: Whether `NaN` and `Infinity` pass.
  func json(acceptsNonFinite: Bool = false) throws(RequestFailure) -> BodyValue {
    do {
      let limits = JSONLimits(valueCount: RouteCall.largestValueCount, acceptsNonFinite: acceptsNonFinite)
      return BodyValue(try JSONValue(parsing: body, limits))
    } catch { throw RequestFailure(error) }
  }

  /// Values that a body may hold, nested ones included: they take more memory than their text.
  private static let largestValueCount = 1 << 20
}
