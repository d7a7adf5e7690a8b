import RecData
import RecLanguage

/// The contract of a container that Vertex AI hosts: its routes are named by the container's environment.
///
/// Source: Vertex AI, *Custom container requirements for inference*.
extension Route {
  /// Whether the container is ready.
  static func vertexHealth(_ path: String) -> Route {
    Route(
      "GET", path, .open, "Whether the container is ready, as Vertex AI asks.",
      answer: Schema.object(["status": Schema.text])
    ) { call in
      guard call.service.isReady else { throw RequestFailure(503, "nothing-there", "the models are not loaded yet") }
      return .json { json in json.object { $0.member("status", "ready") } }
    }
  }

  /// Lists or ratings for instances, with parameters that hold for all of them.
  static func vertexPredict(_ path: String) -> Route {
    Route(
      "POST", path, .reading, "Lists or ratings, as Vertex AI asks for predictions.",
      body: Body(
        Schema.object(
          ["instances": Schema.type("array"), "parameters": Schema.anything], required: ["instances"],
          isOpen: true),
        limit: 25 << 20),
      answer: Schema.object(["predictions": Schema.type("array")], required: ["predictions"]), failures: [409, 422]
    ) { call in
      let body = try call.json()
      let members = try body.members(["instances", "parameters"], isStrict: false)
      guard let instances = members["instances"] else { throw body.expected("an object with instances") }
      var defaults: [JSONValue.Member] = []
      if let parameters = members["parameters"] {
        guard case .object(let own) = parameters.value else { throw parameters.expected("an object") }
        defaults = own
      }
      let records = try instances.list(limit: RecommendationService.recordLimit).map {
        try Record($0, defaults: defaults)
      }
      let answers = try await call.service.answers(records)
      return .json { json in
        json.object { json in
          json.member("predictions") { json in
            json.array { json in for answer in answers { answer.write(to: &json) } }
          }
        }
      }
    }
  }
}
