package import RecData

/// What a route answers: a status, a body and its type.
package struct Answer: Sendable {
  package var status: Int
  package var contentType: String
  package var body: [UInt8]
  /// Fields of the header beside type and length.
  package var fields: [(name: String, value: String)] = []

  package init(status: Int = 200, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// JSON, written by a closure.
  package static func json(status: Int = 200, _ write: (inout JSONText) throws -> Void) rethrows -> Answer {
    var json = JSONText()
    try write(&json)
    return Answer(status: status, contentType: "application/json", body: json.bytes)
  }

  package static func text(status: Int = 200, _ text: String) -> Answer {
    Answer(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
  }
}
