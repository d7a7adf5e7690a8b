import RecData
import RecLanguage
import RecModels

extension Route {
  /// The parts of a score.
  static let why = Route(
    "GET", "/why/{user}/{item}", .reading, "The score of an item, split into parts that sum to it.",
    parameters: [
      .user, .item, .model(orElse: "the first"), .version,
    ],
    answer: Schema.named("Reasons"), failures: [409, 422]
  ) { call in
    let query = try PredictionQuery(call)
    return try await call.service.why(query)
  }

  /// The parts of a score for somebody with a history.
  static let whyFolded = Route(
    "POST", "/why", .reading, "The score of an item for a history that is folded in, split into parts.",
    body: Body(Schema.named("PredictionQuery")), answer: Schema.named("Reasons"), failures: [409, 422]
  ) { call in
    let query = try PredictionQuery(try call.json())
    return try await call.service.why(query)
  }
}

extension RecommendationService {
  fileprivate func why(_ query: PredictionQuery) async throws -> Answer {
    try await queue.run { [self] in
      let served = try registry.model(named: query.model, version: query.version)
      let item = try served.item(query.item, at: query.itemPointer)
      let history = try ListQuery(user: query.user, ratings: query.ratings).history(served)
      guard let explanation = served.model.recommender.explain(history, item: item) else {
        throw RequestFailure.unsuitableModel("'\(served.name)' cannot score '\(served.entities.title(of: item))'")
      }
      return .json { json in
        json.object { json in
          if let user = query.user { json.member("user", user) }
          json.member("item", served.entities.items[item].text)
          json.member("title", served.entities.title(of: item))
          json.member("model", served.name)
          json.member("version", served.version)
          json.member("fallback", history.isEmpty)
          json.member("score", explanation.score)
          json.member("parts") { Self.write(explanation.parts, served.entities, to: &$0) }
        }
      }
    }
  }

  private static func write(_ parts: [Explanation.Part], _ entities: Entities, to json: inout JSONText) {
    json.array { json in
      for part in parts {
        json.object { json in
          json.member("part", part.reason.words(entities))
          if let rating = part.reason.rating { json.member("rating", rating) }
          json.member("adds", part.value)
          if !part.parts.isEmpty { json.member("parts") { write(part.parts, entities, to: &$0) } }
        }
      }
    }
  }
}
