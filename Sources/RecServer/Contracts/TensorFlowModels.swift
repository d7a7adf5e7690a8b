import RecData
import RecLanguage

/// The REST interface of TensorFlow Serving: a client of it needs another host name and nothing else.
///
/// Source: TensorFlow Serving, *RESTful API*, https://www.tensorflow.org/tfx/serving/api_rest.
extension Routes {
  static let tensorFlow: [Route] = ["", "/versions/{version}", "/labels/{label}"].flatMap { place -> [Route] in
    let path = "/v1/models/{name}\(place)"
    return [
      .tensorFlowPredict(path + ":predict"), .tensorFlowOther(path + ":classify"), .tensorFlowOther(path + ":regress"),
      .tensorFlowStatus(path), .tensorFlowMetadata(path + "/metadata"),
    ]
  }
}

extension RouteCall {
  /// The version in a path of TensorFlow Serving; nil where none stands there.
  ///
  /// - Throws: 501 for a label, 400 for what is no number.
  func tensorFlowVersion() throws(RequestFailure) -> Int? {
    if path["label"] != nil {
      throw RequestFailure(501, "unsupported", "version labels are not supported; name the version")
    }
    guard let word = path["version"] else { return nil }
    guard let version = Int(word), version >= 0 else {
      throw .badValue("expected a version, found \(Diagnostic.quoted(word))")
    }
    return version
  }

  /// The model that a path of TensorFlow Serving names.
  func tensorFlowModel() throws(RequestFailure) -> ServedModel {
    let version = try tensorFlowVersion()
    do { return try service.registry.model(named: part("name"), version: version) } catch {
      guard error.status == 404 else { throw error }
      let wanted = version.map { "Specific(\(part("name")), \($0))" } ?? "Latest(\(part("name")))"
      throw RequestFailure(
        404, "unknown-name", "Servable not found for request: \(Diagnostic.shortened(wanted))",
        hint: error.diagnostic.hint)
    }
  }
}

extension Route {
  /// The names that a path of TensorFlow Serving holds.
  static func tensorFlowParameters(_ path: String) -> [Parameter] {
    [Parameter("name", Schema.word, "The name of a model.")]
      + (path.contains("{version}") ? [Parameter("version", Schema.count, "A version of it.")] : [])
      + (path.contains("{label}") ? [Parameter("label", Schema.word, "A version label: not supported.")] : [])
  }

  /// The methods that are not there for recommenders.
  static func tensorFlowOther(_ path: String) -> Route {
    Route(
      "POST", path, .reading, "Not supported: recommenders are asked by :predict.",
      parameters: tensorFlowParameters(path), body: Body(Schema.anything, limit: 25 << 20), answer: Schema.anything,
      failures: [501], errorForm: .errorText
    ) { call in
      throw RequestFailure(
        501, "unsupported", "classify and regress take examples of TensorFlow; a recommender is asked by :predict")
    }
  }

  /// What is known of a model's versions.
  static func tensorFlowStatus(_ path: String) -> Route {
    let status = Schema.object(
      ["error_code": Schema.text, "error_message": Schema.text], required: ["error_code", "error_message"])
    return Route(
      "GET", path, .reading, "The versions of a model, as TensorFlow Serving tells them.",
      parameters: tensorFlowParameters(path),
      answer: Schema.object(
        [
          "model_version_status": Schema.array(
            Schema.object(
              ["version": Schema.text, "state": Schema.text, "status": status],
              required: ["version", "state", "status"]))
        ], required: ["model_version_status"]), failures: [501], errorForm: .errorText
    ) { call in
      let version = try call.tensorFlowVersion()
      let all = call.service.registry.versions(of: call.part("name")) ?? []
      let wanted = version.map { version in all.filter { $0.number == version } } ?? all
      if wanted.isEmpty {
        _ = try call.tensorFlowModel()
        throw RequestFailure(404, "unknown-name", "no versions of \(Diagnostic.quoted(call.part("name")))")
      }
      return .json { json in
        json.object { json in
          json.member("model_version_status") { json in
            json.array { json in
              for version in wanted { write(version.number, version.state, to: &json) }
            }
          }
        }
      }
    }
  }

  private static func write(_ number: Int, _ state: ModelRegistry.VersionState, to json: inout JSONText) {
    let (name, code, message) =
      switch state {
      case .available: ("AVAILABLE", "OK", "")
      case .loading: ("LOADING", "OK", "")
      case .ended: ("END", "OK", "")
      case .failed(let reason): ("END", "INVALID_ARGUMENT", reason)
      }
    json.object { json in
      json.member("version", String(number))
      json.member("state", name)
      json.member("status") { json in
        json.object { json in
          json.member("error_code", code)
          json.member("error_message", message)
        }
      }
    }
  }

  /// The inputs and outputs of a model.
  static func tensorFlowMetadata(_ path: String) -> Route {
    Route(
      "GET", path, .reading, "The inputs and outputs of a model, as TensorFlow Serving tells them.",
      parameters: tensorFlowParameters(path), answer: .object([.init("type", .string("object"))]), failures: [501],
      errorForm: .errorText
    ) { call in
      let served = try call.tensorFlowModel()
      return .json { json in
        json.object { json in
          json.member("model_spec") { json in
            json.object { json in
              json.member("name", served.name)
              json.member("signature_name", "")
              json.member("version", String(served.version))
            }
          }
          json.member("metadata") { json in
            json.object { json in
              json.member("signature_def") { json in
                json.object { json in
                  json.member("signature_def") { json in
                    json.object { json in
                      for signature in TensorFlowSignature.all where signature.fits(served) {
                        json.member(signature.name) { signature.write(to: &$0) }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
