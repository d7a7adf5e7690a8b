import RecData
package import RecLanguage

/// Why a request is not answered as it wished: the status of HTTP, and the diagnostic that the shell would show.
package struct RequestFailure: Error, Sendable {
  package let status: Int
  package let diagnostic: Diagnostic
  /// The byte of the body at which it stops being what it should be, from 0.
  package var offset: Int?
  /// Where in a well-formed body the wrong value stands, as a JSON pointer (RFC 6901).
  package var pointer: String?
  /// After how many seconds another try makes sense.
  package var retryAfter: Int?
  /// The methods that the path has, where it does not have the one that was used.
  package var allowedMethods: [String] = []

  package init(_ status: Int, _ diagnostic: Diagnostic) {
    self.status = status
    self.diagnostic = diagnostic
  }

  package init(
    _ status: Int, _ code: Diagnostic.Code, _ message: String, hint: String? = nil, help: String? = nil,
    pointer: String? = nil
  ) {
    self.init(status, Diagnostic(code, message, hint: hint, help: help))
    self.pointer = pointer
  }

  /// The same at a place of the body, where it had none yet.
  func at(_ pointer: String) -> RequestFailure {
    guard self.pointer == nil, !pointer.isEmpty else { return self }
    var placed = self
    placed.pointer = pointer
    return placed
  }

  /// The whole in one line, for contracts whose errors are a text.
  package var line: String {
    var line = diagnostic.message
    if let offset { line += " at offset: \(offset)" }
    if let pointer { line += ", at \(pointer)" }
    if let hint = diagnostic.hint { line += "; \(hint)" }
    return line
  }

  /// The error as an object, like the shell's `--format json`.
  func write(to json: inout JSONText) {
    json.object { json in
      json.member("kind", "error")
      json.member("code", diagnostic.code.text)
      json.member("message", diagnostic.message)
      if let offset { json.member("offset", offset) }
      if let pointer { json.member("pointer", pointer) }
      if let hint = diagnostic.hint { json.member("hint", hint) }
      if let help = diagnostic.help { json.member("help", help) }
    }
  }
}

extension RequestFailure {
  /// A body that is no JSON.
  init(_ error: JSONError) {
    self.init(400, "malformed-body", "the body is no JSON: expected \(error.expected)")
    offset = error.position
  }

  /// What the language says of a request; things that are not there are 404.
  init(_ diagnostic: Diagnostic) {
    switch diagnostic.code {
    case "unknown-item", "unknown-name": self.init(404, diagnostic)
    case "ambiguous-title": self.init(409, diagnostic)
    case "unsuitable-model": self.init(422, diagnostic)
    default: self.init(400, diagnostic)
    }
  }

  /// A value that is not what it should be.
  static func badValue(_ message: String, hint: String? = nil, pointer: String? = nil) -> RequestFailure {
    RequestFailure(400, "malformed-value", message, hint: hint, pointer: pointer)
  }

  static func unsuitableModel(_ message: String, help: String? = nil) -> RequestFailure {
    RequestFailure(422, "unsuitable-model", message, help: help)
  }

  static func tooLarge(limit: Int) -> RequestFailure {
    RequestFailure(413, "too-large", "the body is larger than \(grouped(limit)) bytes")
  }

  /// The server has as much to do as it takes on.
  static func busy(_ message: String = "too many requests are waiting") -> RequestFailure {
    var failure = RequestFailure(503, "busy", message, hint: "try again in a second")
    failure.retryAfter = 1
    return failure
  }
}
