import RecData

extension Route {
  /// The rating that a user would give an item.
  static let predict = Route(
    "GET", "/predict/{user}/{item}", .reading, "The rating that a user would give an item, not clipped to the scale.",
    parameters: [
      .user, .item, .model(orElse: "the first that predicts ratings"), .version,
    ],
    answer: Schema.named("Prediction"), failures: [409, 422]
  ) { call in
    let query = try PredictionQuery(call)
    let answer = try await call.service.queue.run { try call.service.prediction(query) }
    return .json { answer.write(to: &$0) }
  }

  /// Ratings for somebody with a history, or many at once.
  static let predictMany = Route(
    "POST", "/predict", .reading, "The rating that a history or a user would give an item, or a list of such.",
    body: Body(
      Schema.any([
        Schema.named("PredictionQuery"), Schema.array(Schema.named("PredictionQuery"), limit: 10_000),
      ]), limit: 4 << 20),
    answer: Schema.any([Schema.named("Prediction"), Schema.array(Schema.named("Prediction"))]), failures: [409, 422]
  ) { call in
    let body = try call.json()
    let service = call.service
    guard case .array = body.value else {
      let query = try PredictionQuery(body)
      let answer = try await service.queue.run { try service.prediction(query) }
      return .json { answer.write(to: &$0) }
    }
    let queries = try body.list(limit: 10_000).map { try PredictionQuery($0) }
    let answers = try await service.queue.run { try queries.map { try service.prediction($0) } }
    return .json { json in json.array { json in for answer in answers { answer.write(to: &json) } } }
  }
}
