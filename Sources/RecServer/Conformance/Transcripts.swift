import RecData

/// What the documentation of each contract promises, as requests to the guide's data: users and items 1 to 4.
enum Transcripts {
  static let all = plain + tensorFlow + sageMaker + vertex

  static let vertexRoute = "/v1/endpoints/1/deployedModels/2"

  private static let plain = [
    Exchange("plain", "the server lives", "GET", "/healthz", 200, problem: has(["status": "ok"])),
    Exchange("plain", "every model answers", "GET", "/readyz", 200, problem: has(["status": "ready"])),
    Exchange(
      "plain", "a list", "GET", "/recommend/1?n=2&seen=show", 200,
      problem: has([
        "user": "1", "model": "guide", "fallback": .exactly(.flag(false)), "items": .list(count: 2),
        "items.0.item": .text, "items.0.score": .number,
      ])),
    Exchange(
      "plain", "an unknown user gets the fallback", "GET", "/recommend/nobody", 200,
      problem: has(["fallback": .exactly(.flag(true)), "items": .list])),
    Exchange(
      "plain", "a history is folded in", "POST", "/recommend", body: #"{"history":[{"item":"1","rating":5}],"n":1}"#,
      200,
      problem: has(["items": .list(count: 1), "fallback": .exactly(.flag(false))])),
    Exchange(
      "plain", "many users at once", "POST", "/recommend", body: #"[{"user":"1"},{"user":2}]"#, 200,
      problem: has(["0.user": "1", "1.user": "2"])),
    Exchange("plain", "a rating", "GET", "/predict/1/1", 200, problem: has(["rating": .number])),
    Exchange(
      "plain", "the parts of a score", "GET", "/why/1/1", 200,
      problem: has(["score": .number, "parts.0.adds": .number])),
    Exchange(
      "plain", "items that are like one", "GET", "/similar/1", 200, problem: has(["items.0.similarity": .number])),
    Exchange("plain", "what is known of an item", "GET", "/items/1", 200, problem: has(["item": "1"])),
    Exchange("plain", "the models", "GET", "/models", 200, problem: has(["0.name": "guide", "0.version": .number])),
    Exchange(
      "plain", "an unknown item", "GET", "/similar/99", 404, problem: has(["code": "unknown-item", "message": .text])),
    Exchange(
      "plain", "a malformed body", "POST", "/recommend", body: #"{"user":"#, 400,
      problem: has(["code": "malformed-body", "offset": .exactly(.number("8"))])),
    Exchange("plain", "a method that is not there", "PUT", "/recommend", body: "{}", 405),
    Exchange("plain", "numbers for Prometheus", "GET", "/metrics", 200) { response in
      response.text.contains("recline_requests_total{") ? nil : "no count of requests"
    },
    Exchange("plain", "the description for programs", "GET", "/openapi.json", 200, problem: has(["openapi": "3.1.0"])),
  ]

  private static let tensorFlow = [
    Exchange(
      "TensorFlow Serving", "the status of a model", "GET", "/v1/models/guide", 200,
      problem: has([
        "model_version_status.0.version": "1", "model_version_status.0.state": "AVAILABLE",
        "model_version_status.0.status.error_code": "OK", "model_version_status.0.status.error_message": "",
      ])),
    Exchange("TensorFlow Serving", "of a version", "GET", "/v1/models/guide/versions/1", 200),
    Exchange(
      "TensorFlow Serving", "of a model that is not there", "GET", "/v1/models/other", 404,
      problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "metadata", "GET", "/v1/models/guide/metadata", 200,
      problem: has([
        "model_spec.name": "guide", "model_spec.version": "1",
        "metadata.signature_def.signature_def.serving_default.inputs.user.dtype": "DT_STRING",
        "metadata.signature_def.signature_def.serving_default.method_name": "tensorflow/serving/predict",
      ])),
    Exchange(
      "TensorFlow Serving", "row form", "POST", "/v1/models/guide:predict",
      body: #"{"instances":["1",{"user":"2","n":1}]}"#,
      200,
      problem: has([
        "predictions": .list(count: 2), "predictions.0.items": .list, "predictions.1.scores": .list(count: 1),
      ])),
    Exchange(
      "TensorFlow Serving", "column form", "POST", "/v1/models/guide/versions/1:predict",
      body: #"{"inputs":{"user":["4","2"]}}"#, 200,
      problem: has(["outputs.items": .list(count: 2), "outputs.scores.0.0": .number])),
    Exchange(
      "TensorFlow Serving", "another signature, of one output", "POST", "/v1/models/guide:predict",
      body: #"{"signature_name":"predict","instances":[{"user":"1","item":"1"}]}"#, 200,
      problem: has(["predictions.0": .number])),
    Exchange(
      "TensorFlow Serving", "paths without regard to case", "POST", "/V1/Models/guide:Predict",
      body: #"{"instances":["1"]}"#, 200),
    Exchange(
      "TensorFlow Serving", "NaN is a number", "POST", "/v1/models/guide:predict",
      body: #"{"instances":["1"],"note":NaN,"other":-Infinity}"#, 200),
    Exchange(
      "TensorFlow Serving", "both forms at once", "POST", "/v1/models/guide:predict",
      body: #"{"instances":["1"],"inputs":["1"]}"#, 400, problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "neither form", "POST", "/v1/models/guide:predict", body: "{}", 400,
      problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "a malformed body", "POST", "/v1/models/guide:predict", body: #"{"instances": [1.0, 2.0"#,
      400,
      problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "a version that is not there", "POST", "/v1/models/guide/versions/9:predict",
      body: #"{"instances":["1"]}"#, 404, problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "classify", "POST", "/v1/models/guide:classify", body: #"{"examples":[]}"#, 501,
      problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "regress", "POST", "/v1/models/guide:regress", body: #"{"examples":[]}"#, 501,
      problem: has(["error": .text])),
    Exchange(
      "TensorFlow Serving", "version labels", "POST", "/v1/models/guide/labels/stable:predict",
      body: #"{"instances":["1"]}"#, 501, problem: has(["error": .text])),
    Exchange("TensorFlow Serving", "another path", "GET", "/v1/models", 400, problem: has(["error": .text])),
  ]

  private static let sageMaker = [
    Exchange("SageMaker", "the container is ready", "GET", "/ping", 200),
    Exchange(
      "SageMaker", "JSON", "POST", "/invocations", fields: [("Content-Type", "application/json")],
      body: #"{"instances":[{"user":"1"}]}"#, 200, problem: has(["predictions.0.items": .list])),
    Exchange(
      "SageMaker", "JSON Lines", "POST", "/invocations",
      fields: [("Content-Type", "application/jsonlines"), ("Accept", "application/jsonlines")],
      body: "{\"user\":\"1\"}\n{\"user\":\"2\"}\n", 200
    ) { $0.text.split(separator: "\n").count == 2 ? nil : "not a line for each record" },
    Exchange(
      "SageMaker", "CSV", "POST", "/invocations", fields: [("Content-Type", "text/csv"), ("Accept", "text/csv")],
      body: "1\n2\n3\n", 200
    ) { response in
      response.text.split(separator: "\n", omittingEmptySubsequences: false).count == 4
        ? nil : "not a line for each record"
    },
    Exchange(
      "SageMaker", "CSV of users and items", "POST", "/invocations", fields: [("Content-Type", "text/csv")],
      body: "1,1\n1,2\n", 200
    ) { $0.text.split(separator: "\n").allSatisfy { Double($0) != nil } ? nil : "not a rating for each record" },
    Exchange(
      "SageMaker", "a type that is not taken", "POST", "/invocations", fields: [("Content-Type", "application/x-npy")],
      body: "x", 415),
    Exchange(
      "SageMaker", "a malformed body", "POST", "/invocations", fields: [("Content-Type", "application/json")],
      body: "[", 400),
  ]

  private static let vertex = [
    Exchange("Vertex AI", "health", "GET", vertexRoute, 200),
    Exchange(
      "Vertex AI", "predictions, at the same path", "POST", vertexRoute,
      body: #"{"instances":[{"user":"1"},"2"],"parameters":{"n":1}}"#, 200,
      problem: has(["predictions": .list(count: 2), "predictions.1.items": .list(count: 1)])),
    Exchange("Vertex AI", "no instances", "POST", vertexRoute, body: "{}", 400, problem: has(["code": .text])),
  ]
}
