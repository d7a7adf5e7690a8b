import RecData
import RecLanguage

/// The description of the routes that programs read, OpenAPI 3.1.
enum OpenAPI {
  static func document(_ routes: [Route]) -> JSONValue {
    var paths: [(path: String, operations: [JSONValue.Member])] = []
    for route in routes {
      let operation = JSONValue.Member(route.method.lowercased(), Self.operation(route))
      if let place = paths.firstIndex(where: { $0.path == route.pattern.text }) {
        paths[place].operations.append(operation)
      } else {
        paths.append((route.pattern.text, [operation]))
      }
    }
    return .object([
      .init("openapi", .string("3.1.0")),
      .init(
        "info",
        .object([
          .init("title", .string("Recline")), .init("version", .string(Program.version)),
          .init("description", .string("Recommendations over HTTP.")),
        ])),
      .init("paths", .object(paths.map { .init($0.path, .object($0.operations)) })),
      .init(
        "components",
        .object([
          .init("schemas", .object(Schema.components.map { .init($0.key, $0.value) })),
          .init(
            "securitySchemes",
            .object([
              .init(
                "bearer", .object([.init("type", .string("http")), .init("scheme", .string("bearer"))]))
            ])),
        ])),
    ])
  }

  private static func operation(_ route: Route) -> JSONValue {
    let names = route.pattern.parts.compactMap { part -> String? in
      if case .name(let name, _) = part { name } else { nil }
    }
    var members: [JSONValue.Member] = [.init("summary", .string(route.summary))]
    if !route.parameters.isEmpty {
      members.append(
        .init(
          "parameters",
          .array(
            route.parameters.map { parameter in
              let isInPath = names.contains(parameter.name)
              return .object([
                .init("name", .string(parameter.name)), .init("in", .string(isInPath ? "path" : "query")),
                .init("required", .flag(isInPath)), .init("schema", parameter.schema),
                .init("description", .string(parameter.summary)),
              ])
            })))
    }
    if let body = route.body {
      members.append(
        .init(
          "requestBody",
          .object([.init("required", .flag(true)), .init("content", content(body.contentTypes, body.schema))])))
    }
    var responses = [
      JSONValue.Member(
        "200",
        .object([.init("description", .string("Done.")), .init("content", content(route.answerTypes, route.answer))]))
    ]
    let error = Schema.named(route.errorForm == .errorText ? "ErrorText" : "Error")
    let always = [400, 401, 404, 503] + (route.method == "GET" ? [] : [403]) + (route.body == nil ? [] : [413])
    for status in Set(route.failures + always).sorted() {
      responses.append(
        .init(
          String(status),
          .object([
            .init("description", .string(phrase(status))), .init("content", content(["application/json"], error)),
          ])))
    }
    members.append(.init("responses", .object(responses)))
    if route.access != .open {
      members.append(
        .init("security", .array([.object([]), .object([.init("bearer", .array([]))])])))
    }
    return .object(members)
  }

  private static func content(_ types: [String], _ schema: JSONValue) -> JSONValue {
    .object(
      types.map { type in
        let isJSON = type == "application/json"
        return .init(type, .object([.init("schema", isJSON ? schema : Schema.text)]))
      })
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 400: "The request is not what it should be."
    case 401: "A token is missing or wrong."
    case 403: "A page of another site may not send this."
    case 404: "What was asked for is not there."
    case 409: "It can mean several things, or the server is not set up for it."
    case 413: "The body is too large."
    case 415: "The body has a type that is not taken."
    case 422: "The model cannot do what is asked of it."
    case 501: "This part of the contract does not apply to recommenders."
    case 503: "The server has as much to do as it takes on, or is not ready yet."
    default: "Something else."
    }
  }
}
