import RecData

/// A method and a path with what they are for, as one self-describing value: `openapi.json` is read from it.
package struct Route: Sendable {
  /// What somebody must be allowed to use it.
  package enum Access: String, Sendable, CaseIterable {
    /// Nothing: whether the server lives.
    case open
    case reading
    case events
    case administration
  }

  /// A named value in the address.
  package struct Parameter: Sendable {
    let name: String
    let schema: JSONValue
    let summary: String
    init(_ name: String, _ schema: JSONValue, _ summary: String) {
      self.name = name
      self.schema = schema
      self.summary = summary
    }

    // MARK: What several routes have in common

    static let user = Parameter("user", Schema.word, "The id of a user; an unknown one is answered by the fallback.")
    static let item = Parameter("item", Schema.word, "An id, or a title.")
    static let length = Parameter("n", Schema.integer(ListQuery.lengths), "How long the list is; 10.")
    static let version = Parameter("version", Schema.count, "The version of the model; without it the newest.")

    /// - Parameter other: The model that answers where none is named.
    static func model(orElse other: String) -> Parameter {
      Parameter("model", Schema.text, "The model; without it \(other).")
    }
  }

  /// A body that it takes.
  package struct Body: Sendable {
    let schema: JSONValue
    /// Bytes.
    var limit = 1 << 20
    var contentTypes = ["application/json"]
    init(_ schema: JSONValue) { self.schema = schema }
    init(_ schema: JSONValue, limit: Int, contentTypes: [String] = ["application/json"]) {
      self.schema = schema
      self.limit = limit
      self.contentTypes = contentTypes
    }
  }

  /// Whose form errors have.
  package enum ErrorForm: Sendable {
    /// An object with the shell's code, message and hint.
    case diagnostic
    /// `{"error": "…"}`, as TensorFlow Serving has them.
    case errorText
  }

  package let method: String
  package let pattern: PathPattern
  let access: Access
  let summary: String
  /// Those of the path and of the query.
  let parameters: [Parameter]
  let body: Body?
  /// Of what it answers when all is well.
  let answer: JSONValue
  let answerTypes: [String]
  /// The other statuses that it may answer.
  let failures: [Int]
  let errorForm: ErrorForm
  let respond: @Sendable (RouteCall) async throws -> Answer

  init(
    _ method: String, _ path: String, _ access: Access, _ summary: String, parameters: [Parameter] = [],
    body: Body? = nil, answer: JSONValue, answerTypes: [String] = ["application/json"], failures: [Int] = [],
    errorForm: ErrorForm = .diagnostic, respond: @escaping @Sendable (RouteCall) async throws -> Answer
  ) {
    self.method = method
    pattern = PathPattern(path)
    self.access = access
    self.summary = summary
    self.parameters = parameters
    self.body = body
    self.answer = answer
    self.answerTypes = answerTypes
    self.failures = failures
    self.errorForm = errorForm
    self.respond = respond
  }
}
