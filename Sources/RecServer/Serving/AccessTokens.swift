import RecData
import RecKernels
package import RecLanguage

/// The bearer tokens that requests must carry, by what they allow. Without any, everything is open.
///
/// A level without tokens of its own is open; administration, once there are any tokens, is closed instead. A token for
/// administration allows everything. Compared in constant time, by their digests.
package struct AccessTokens: Sendable {
  /// SHA-256 digests.
  private var digests: [Route.Access: [[UInt8]]] = [:]

  package init() {}

  package mutating func add(_ token: String, for access: Route.Access) {
    digests[access, default: []].append(Self.digest(token))
  }

  /// Reads lines `reading TOKEN`, `events TOKEN` or `administration TOKEN`; empty lines and those after `#` are left out.
  package init(file path: String) throws(Diagnostic) {
    let text: String
    do { text = try readText(path) } catch { throw Diagnostic("token-file", error.message, help: error.hint) }
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      guard words.count == 2, let access = Route.Access(rawValue: first.lowercased()), access != .open else {
        // The line may hold a token, and is not shown.
        throw Diagnostic(
          "token-file", "line \(number + 1) of \(Diagnostic.quoted(path)) is no level and token",
          hint: "reading TOKEN, events TOKEN or administration TOKEN")
      }
      add(String(words[1]), for: access)
    }
  }

  /// Whether a request with this field `Authorization` may use a route.
  func allow(_ authorization: String?, _ access: Route.Access) -> Bool {
    if access == .open || digests.isEmpty { return true }
    let own = digests[access] ?? []
    if own.isEmpty, access != .administration { return true }
    guard let authorization, authorization.prefix(7).lowercased() == "bearer " else { return false }
    let given = Self.digest(String(authorization.dropFirst(7).drop { $0 == " " }))
    var isAllowed = false
    // Every token is compared, so that the time says nothing of which one is near.
    for digest in own + (access == .administration ? [] : digests[.administration] ?? []) {
      if Self.areEqual(given, digest) { isAllowed = true }
    }
    return isAllowed
  }

  private static func digest(_ token: String) -> [UInt8] {
    let bytes = Array(token.utf8)
    return Array(SHA256.digest(bytes.span).utf8)
  }

  private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var difference: UInt8 = 0
    for place in left.indices { difference |= left[place] ^ right[place] }
    return difference == 0
  }
}
