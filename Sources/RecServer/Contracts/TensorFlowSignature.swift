import RecData
import RecModels

/// What a model can be asked for under the interface of TensorFlow Serving, with the tensors that go in and come out.
struct TensorFlowSignature: Sendable {
  struct Tensor: Sendable {
    let name: String
    /// `DT_STRING`, `DT_FLOAT`, `DT_INT32` or `DT_BOOL`.
    let type: String
    /// -1 for as many as there are; the first is the batch.
    let shape: [Int]
  }

  let name: String
  let inputs: [Tensor]
  let outputs: [Tensor]

  /// Lists for users, or for the items and ratings of somebody new.
  static let recommend = TensorFlowSignature(
    name: "serving_default",
    inputs: [
      Tensor(name: "user", type: "DT_STRING", shape: [-1]), Tensor(name: "items", type: "DT_STRING", shape: [-1, -1]),
      Tensor(name: "ratings", type: "DT_FLOAT", shape: [-1, -1]), Tensor(name: "n", type: "DT_INT32", shape: [-1]),
    ],
    outputs: [
      Tensor(name: "items", type: "DT_STRING", shape: [-1, -1]),
      Tensor(name: "titles", type: "DT_STRING", shape: [-1, -1]),
      Tensor(name: "scores", type: "DT_FLOAT", shape: [-1, -1]), Tensor(name: "fallback", type: "DT_BOOL", shape: [-1]),
    ])

  /// Ratings of items.
  static let predict = TensorFlowSignature(
    name: "predict",
    inputs: [
      Tensor(name: "user", type: "DT_STRING", shape: [-1]), Tensor(name: "item", type: "DT_STRING", shape: [-1]),
    ],
    outputs: [Tensor(name: "rating", type: "DT_FLOAT", shape: [-1])])

  static let all = [recommend, predict]

  func fits(_ served: ServedModel) -> Bool {
    name == Self.recommend.name || served.model.recommender.predictsRatings
  }

  func write(to json: inout JSONText) {
    json.object { json in
      json.member("inputs") { Self.write(inputs, to: &$0) }
      json.member("outputs") { Self.write(outputs, to: &$0) }
      json.member("method_name", "tensorflow/serving/predict")
    }
  }

  private static func write(_ tensors: [Tensor], to json: inout JSONText) {
    json.object { json in
      for tensor in tensors {
        json.member(tensor.name) { json in
          json.object { json in
            json.member("dtype", tensor.type)
            json.member("tensor_shape") { json in
              json.object { json in
                json.member("dim") { json in
                  json.array { json in
                    for size in tensor.shape {
                      json.object { json in
                        json.member("size", String(size))
                        json.member("name", "")
                      }
                    }
                  }
                }
                json.member("unknown_rank", false)
              }
            }
            json.member("name", tensor.name + ":0")
          }
        }
      }
    }
  }
}
