import RecData
import RecLanguage
import RecModels

extension Route {
  /// The parts of a score.
  static let why = Route(
    "GET", "/why/{user}/{item}", .reading, "The score of an item, split into parts that sum to it.",
    parameters: [
      Parameter("user", Schema.word, "The id of a user; an unknown one is answered by the fallback."),
      Parameter("item", Schema.word, "An id, or a title."),
      Parameter("model", Schema.text, "The model; without it the first."),
      Parameter("version", Schema.count, "The version of the model; without it the newest."),
    ],
    answer: Schema.object(
      [
        "user": Schema.text, "item": Schema.text, "title": Schema.text, "model": Schema.text,
        "version": Schema.count, "fallback": Schema.flag, "score": Schema.number,
        "parts": Schema.array(
          Schema.object(
            ["part": Schema.text, "rating": Schema.number, "adds": Schema.number, "parts": Schema.type("array")],
            required: ["part", "adds"])),
      ], required: ["user", "item", "title", "model", "version", "fallback", "score", "parts"]), failures: [409, 422]
  ) { call in
    try call.checkQuery()
    let version = try call.count("version", in: 0...Int.max)
    let service = call.service
    return try await service.queue.run {
      let served = try service.registry.model(named: call.value("model"), version: version)
      let item = try served.item(call.part("item"))
      let history = served.model.history(of: UserID(call.part("user")))
      guard let explanation = served.model.recommender.explain(history, item: item) else {
        throw RequestFailure.unsuitableModel("'\(served.name)' cannot score '\(served.entities.title(of: item))'")
      }
      return .json { json in
        json.object { json in
          json.member("user", call.part("user"))
          json.member("item", served.entities.items[item].text)
          json.member("title", served.entities.title(of: item))
          json.member("model", served.name)
          json.member("version", served.version)
          json.member("fallback", history.isEmpty)
          json.member("score", explanation.score)
          json.member("parts") { write(explanation.parts, served.entities, to: &$0) }
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
