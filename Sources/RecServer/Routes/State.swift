import RecData
import RecLanguage

extension Route {
  /// The models that answer.
  static let models = Route(
    "GET", "/models", .reading, "The models that answer, the one that answers where none is named first.",
    answer: Schema.array(.object([.init("type", .string("object"))]))
  ) { call in
    .json { json in
      json.array { json in
        for served in call.service.registry.available { served.write(to: &json) }
        for name in call.service.registry.unavailableNames {
          guard let version = call.service.registry.versions(of: name)?.first else { continue }
          json.object { json in
            json.member("name", name)
            json.member("version", version.number)
            switch version.state {
            case .loading: json.member("state", "loading")
            case .failed(let reason):
              json.member("state", "failed")
              json.member("reason", reason)
            case .available, .ended: json.member("state", "ended")
            }
          }
        }
      }
    }
  }

  /// Whether the process lives.
  static let health = Route(
    "GET", "/healthz", .open, "Whether the server lives.",
    answer: Schema.object(["status": Schema.text], required: ["status"])
  ) { _ in .json { json in json.object { $0.member("status", "ok") } } }

  /// Whether every model answers.
  static let readiness = Route(
    "GET", "/readyz", .open, "Whether every model that is to be served answers.",
    answer: Schema.object(["status": Schema.text], required: ["status"])
  ) { call in
    guard call.service.isReady else {
      let names = call.service.registry.unavailableNames
      var failure = RequestFailure(
        503, "nothing-there", names.isEmpty ? "no model is loaded yet" : "not ready: \(names.joined(separator: ", "))")
      failure.retryAfter = 1
      throw failure
    }
    return .json { json in json.object { $0.member("status", "ready") } }
  }

  /// Numbers for Prometheus.
  static let metrics = Route(
    "GET", "/metrics", .reading, "What the server counts, as Prometheus reads it.", answer: Schema.text,
    answerTypes: ["text/plain"]
  ) { call in
    Answer(
      contentType: "text/plain; version=0.0.4; charset=utf-8",
      body: Array(call.service.metrics.text(of: call.service).utf8))
  }

  /// The description of all of this for programs.
  static let openAPI = Route(
    "GET", "/openapi.json", .open, "This description.", answer: .object([.init("type", .string("object"))])
  ) { call in
    Answer(contentType: "application/json", body: OpenAPI.document(call.service.routes.routes).bytes)
  }
}
