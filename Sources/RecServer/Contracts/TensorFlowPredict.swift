import FoundationEssentials
import RecData
import RecLanguage
import RecModels

extension Route {
  /// `:predict` of TensorFlow Serving, in its row form and its column form.
  static func tensorFlowPredict(_ path: String) -> Route {
    Route(
      "POST", path, .reading, "Lists or ratings, as TensorFlow Serving is asked for predictions.",
      parameters: tensorFlowParameters(path),
      body: Body(
        Schema.object(
          [
            "signature_name": Schema.optional(Schema.text), "instances": Schema.type("array"),
            "inputs": Schema.anything,
          ],
          oneOf: ["instances", "inputs"], isOpen: true),
        limit: 25 << 20),
      answer: Schema.object(["predictions": Schema.type("array"), "outputs": Schema.anything]), failures: [422, 501],
      errorForm: .errorText
    ) { call in
      let served = try call.tensorFlowModel()
      let body = try call.json(acceptsNonFinite: true)
      let members = try body.members(["signature_name", "instances", "inputs"], isStrict: false)
      let name = try members["signature_name"]?.text() ?? ""
      let isDefault = name.isEmpty || name == TensorFlowSignature.recommend.name
      guard isDefault || name == TensorFlowSignature.predict.name && TensorFlowSignature.predict.fits(served) else {
        throw RequestFailure.badValue("Serving signature name: \(Diagnostic.quoted(name)) not found in signature def")
      }
      let instances: [BodyValue]
      let isByRow: Bool
      switch (members["instances"], members["inputs"]) {
      case (let rows?, nil):
        instances = try rows.list(limit: RecommendationService.recordLimit)
        isByRow = true
      case (nil, let columns?):
        instances = try columns.tensorFlowRows()
        isByRow = false
      default:
        throw RequestFailure.badValue("the body has to hold either 'instances' or 'inputs', and not both")
      }
      guard !instances.isEmpty else { throw RequestFailure.badValue("there are no instances") }
      let records = try instances.map { try $0.tensorFlowRecord(served, asksForRating: !isDefault) }
      return Self.tensorFlowAnswer(try await call.service.answers(records), isByRow: isByRow)
    }
  }

  private static func tensorFlowAnswer(_ answers: [RecordAnswer], isByRow: Bool) -> Answer {
    .json { json in
      json.object { json in
        json.member(isByRow ? "predictions" : "outputs") { json in
          if isByRow || answers.contains(where: { if case .prediction = $0 { true } else { false } }) {
            json.array { json in for answer in answers { answer.writeRow(to: &json) } }
          } else {
            json.object { json in
              for tensor in TensorFlowSignature.recommend.outputs {
                json.member(tensor.name) { json in
                  json.array { json in for answer in answers { answer.write(tensor.name, to: &json) } }
                }
              }
            }
          }
        }
      }
    }
  }
}

extension BodyValue {
  /// The rows of the column form: an object of equally long lists, or the list of the only input.
  fileprivate func tensorFlowRows() throws(RequestFailure) -> [BodyValue] {
    guard case .object(let columns) = value else {
      if case .array = value { return try list(limit: RecommendationService.recordLimit) }
      return [self]
    }
    var count: Int?
    for column in columns {
      // A scalar is a batch of one.
      let own = column.value.elements?.count ?? 1
      guard own == count ?? own else {
        throw .badValue("the inputs have different sizes", pointer: "\(pointer)/\(column.key)")
      }
      count = own
    }
    guard let count, count <= RecommendationService.recordLimit else { throw expected("inputs of a smaller size") }
    var rows: [BodyValue] = []
    for row in 0..<count {
      let members = columns.map { column in
        JSONValue.Member(column.key, column.value.elements.map { $0[row] } ?? column.value)
      }
      rows.append(BodyValue(.object(members), at: pointer))
    }
    return rows
  }

  /// An instance: a user alone, or an object of named inputs.
  fileprivate func tensorFlowRecord(_ served: ServedModel, asksForRating: Bool) throws(RequestFailure) -> Record {
    if case .object = value {
    } else if !asksForRating {
      var query = ListQuery(user: try tensorFlowText())
      query.model = served.name
      query.version = served.version
      return .list(query)
    }
    let members = try members(["user", "items", "ratings", "n", "item"], isStrict: false)
    if asksForRating {
      guard let user = members["user"], let item = members["item"] else { throw expected("the inputs user and item") }
      return .prediction(
        PredictionQuery(
          user: try user.tensorFlowText(), item: try item.tensorFlowText(), model: served.name, version: served.version)
      )
    }
    var query = ListQuery(user: nil)
    query.user = try members["user"]?.tensorFlowText()
    if let items = members["items"] {
      let ratings = try members["ratings"]?.list(limit: ListQuery.largestHistory)
      let items = try items.list(limit: ListQuery.largestHistory)
      if let ratings, ratings.count != items.count { throw expected("as many ratings as items") }
      for (place, item) in items.enumerated() {
        let value = try ratings?[place].number()
        query.ratings.append(
          ListQuery.Rated(item: try item.tensorFlowText(), value: value, pointer: item.pointer))
      }
    }
    guard query.user != nil || members["items"] != nil else { throw expected("the input user, or items") }
    if let count = members["n"] { query.length = try count.count(in: ListQuery.lengths) }
    query.model = served.name
    query.version = served.version
    return .list(query)
  }

  /// A text, which may be a list of one, or bytes in base 64 as `{"b64": …}`.
  private func tensorFlowText() throws(RequestFailure) -> String {
    if case .array(let elements) = value, elements.count == 1 {
      return try BodyValue(elements[0], at: pointer + "/0").tensorFlowText()
    }
    if let text = value["b64"]?.string {
      guard let bytes = Data(base64Encoded: text), let decoded = String(validating: bytes, as: UTF8.self) else {
        throw expected("UTF-8 text in base 64")
      }
      return decoded
    }
    return try identifier()
  }
}

extension RecordAnswer {
  fileprivate func writeRow(to json: inout JSONText) {
    switch self {
    case .prediction(let answer): json.number(Double(answer.rating))
    case .list:
      json.object { json in
        for tensor in TensorFlowSignature.recommend.outputs { json.member(tensor.name) { write(tensor.name, to: &$0) } }
      }
    }
  }

  /// The value of one output of `serving_default`.
  fileprivate func write(_ output: String, to json: inout JSONText) {
    guard case .list(let answer) = self else { return json.null() }
    let entities = answer.served.entities
    if output == "fallback" { return json.boolean(answer.isFallback) }
    json.array { json in
      for entry in answer.items {
        switch output {
        case "items": json.string(entities.items[ItemIndex(entry.item)].text)
        case "titles": json.string(entities.title(of: ItemIndex(entry.item)))
        default: json.number(Double(entry.score))
        }
      }
    }
  }
}
