package import RecData

/// A request of a contract's transcript, and what the contract says of its answer.
package struct Exchange: Sendable {
  package let contract: String
  /// What it shows, for people.
  package let title: String
  let method: String
  let path: String
  var fields: [(String, String)] = []
  var body: String?
  let status: Int
  /// What is wrong with an answer of the right status; nil where nothing is.
  let problem: @Sendable (PlainResponse) -> String?

  init(
    _ contract: String, _ title: String, _ method: String, _ path: String, fields: [(String, String)] = [],
    body: String? = nil, _ status: Int, problem: @escaping @Sendable (PlainResponse) -> String? = { _ in nil }
  ) {
    self.contract = contract
    self.title = title
    self.method = method
    self.path = path
    self.fields = fields
    self.body = body
    self.status = status
    self.problem = problem
  }

  /// Sends it; what is wrong with the answer, nil where nothing is.
  func run(port: Int) async -> String? {
    do {
      let response = try await PlainClient.send(
        method, path, fields: fields, body: body.map { Array($0.utf8) }, port: port)
      if response.status != status { return "status \(response.status), not \(status)" }
      return problem(response)
    } catch { return "no answer" }
  }
}

extension JSONValue {
  /// The value at a path such as `predictions.0.items`.
  package func at(_ path: String) -> JSONValue? {
    var value: JSONValue? = self
    for step in path.split(separator: ".") {
      if let place = Int(step) {
        guard let elements = value?.elements, elements.indices.contains(place) else { return nil }
        value = elements[place]
      } else {
        value = value?[String(step)]
      }
    }
    return value
  }
}

/// An answer is JSON with members of these kinds: `text`, `number`, `list`, `flag`, or a text that it has to be.
func has(_ members: KeyValuePairs<String, Expected>) -> @Sendable (PlainResponse) -> String? {
  let members = members.map { ($0.key, $0.value) }
  return { response in
    guard let json = response.json else { return "the body is no JSON" }
    for (path, expected) in members {
      guard let value = json.at(path) else { return "no \(path)" }
      if !expected.holds(for: value) { return "\(path) is \(value.text)" }
    }
    return nil
  }
}

/// What a member of an answer has to be.
enum Expected: Sendable, ExpressibleByStringLiteral {
  case text, number, flag
  case list(count: Int?)
  case exactly(JSONValue)

  init(stringLiteral text: String) { self = .exactly(.string(text)) }

  static let list = Expected.list(count: nil)

  func holds(for value: JSONValue) -> Bool {
    switch (self, value) {
    case (.text, .string), (.number, .number), (.flag, .flag): true
    case (.list(let count), .array(let elements)): count == nil || elements.count == count
    case (.exactly(let wanted), _): wanted == value
    default: false
    }
  }
}
